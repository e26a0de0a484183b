"""Dependency tracking: the entries of the catalogue that a page reads, and whether they changed.

A page is a pure function of the catalogue, and reads few of its entries. While queries are
recorded, each mapping of the catalogue adds the keys that are read. A later build compares the
results of these queries: a page whose queries all have the same results is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from contextlib import contextmanager
from functools import wraps
from typing import Protocol, TypeAlias, TypeVar, cast

from confnotes.digests import digest

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")
_T = TypeVar("_T")

Query: TypeAlias = tuple[str, Hashable]
"""The name of a table, and the key of an entry, or :data:`ALL` for the whole table."""
ALL = None
_NOTHING = digest("")


class QueryTracker:
    """The tables and cached queries of one catalogue, by name, and what is read of them."""

    def __init__(self) -> None:
        self._values: dict[str, object] = {}
        self._queries: set[Query] | None = None

    @contextmanager
    def record(self) -> Iterator[set[Query]]:
        """Record all queries in this context; an outer context does not record them."""
        before, self._queries = self._queries, set()
        try:
            yield self._queries
        finally:
            self._queries = before

    def add_query(self, name: str, key: Hashable) -> None:
        if self._queries is not None:
            self._queries.add((name, key))

    def store(self, name: str, value: object) -> object:
        """Store a value and return it; a mapping becomes a table whose queries are recorded."""
        stored = TrackedMapping(name, value, self) if isinstance(value, Mapping) else value
        self._values[name] = stored
        return stored

    def get_or_compute(self, name: str, compute: Callable[[], object]) -> object:
        """Return the value called ``name``; compute and store it first if there is none."""
        if name not in self._values:
            with self.record():
                self.store(name, compute())
        kept = self._values[name]
        if not isinstance(kept, TrackedMapping):
            self.add_query(name, ALL)
        return kept

    def peek(self, name: str, key: Hashable) -> object:
        """Return a value, or an entry of it, without recording a query."""
        kept = self._values.get(name)
        return kept.peek(key) if isinstance(kept, TrackedMapping) else kept


class TrackedMapping(Mapping[_K, _V]):
    """A mapping that records queries to its entries."""

    def __init__(self, name: str, entries: Mapping[_K, _V], tracker: QueryTracker) -> None:
        self._name = name
        self._entries = entries
        self._tracker = tracker

    def __getitem__(self, key: _K) -> _V:
        self._tracker.add_query(self._name, key)
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        self._tracker.add_query(self._name, key)
        return key in self._entries

    def __iter__(self) -> Iterator[_K]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def keys(self) -> KeysView[_K]:
        return self._whole().keys()

    def values(self) -> ValuesView[_V]:
        return self._whole().values()

    def items(self) -> ItemsView[_K, _V]:
        return self._whole().items()

    def peek(self, key: Hashable) -> object:
        """Return an entry, None if there is none, or all of them, without recording a query."""
        return [*self._entries.items()] if key is ALL else self._entries.get(cast("_K", key))

    def _whole(self) -> Mapping[_K, _V]:
        self._tracker.add_query(self._name, ALL)
        return self._entries


class _HasTracker(Protocol):
    @property
    def tracker(self) -> QueryTracker: ...


_Catalogue = TypeVar("_Catalogue", bound=_HasTracker)
_CACHED_QUERIES: dict[str, Callable[..., object]] = {}


def cached_query(compute: Callable[[_Catalogue], _T]) -> Callable[[_Catalogue], _T]:
    """Cache the result of ``compute`` in the catalogue, and record each query of it.

    Queries that ``compute`` itself makes are not recorded.
    """
    name = f"{compute.__module__}.{compute.__qualname__}"

    @wraps(compute)
    def result(catalogue: _Catalogue) -> _T:
        return cast("_T", catalogue.tracker.get_or_compute(name, lambda: compute(catalogue)))

    _CACHED_QUERIES[name] = result
    return result


def query_digest(catalogue: _HasTracker, query: Query) -> str:
    """Return a digest, of one length, of the result that ``query`` has in ``catalogue``."""
    name, key = query
    if compute := _CACHED_QUERIES.get(name):
        compute(catalogue)
    result = catalogue.tracker.peek(name, key)
    return _NOTHING if result is None else digest(repr(result))
