"""What is asked of a catalogue, and whether an answer is another than it was.

A page is a pure function of the catalogue, but asks for little of it. Each mapping
records the keys that are read while a tracker is active. A later build
compares these answers, and need not make a page to find out that it is what it was.
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
"""The name of a table, and the key of an entry, or :data:`WHOLE` for all there is."""
ALL = None


class QueryTracker:
    """What there is to ask of one catalogue, by name, and who listens."""

    def __init__(self) -> None:
        self._values: dict[str, object] = {}
        self._queries: set[Query] | None = None

    @contextmanager
    def record(self) -> Iterator[set[Query]]:
        """Collect what is asked from now on; who listened before hears nothing of it."""
        before, self._queries = self._queries, set()
        try:
            yield self._queries
        finally:
            self._queries = before

    def note_query(self, name: str, key: Hashable) -> None:
        if self._queries is not None:
            self._queries.add((name, key))

    def store(self, name: str, made: object) -> object:
        """Keep ``made``, a mapping as a table that tells of its entries, and return it."""
        kept = TrackedMapping(name, made, self) if isinstance(made, Mapping) else made
        self._values[name] = kept
        return kept

    def get_or_compute(self, name: str, compute: Callable[[], object]) -> object:
        """Return what is kept under ``name``, worked out now if nothing is."""
        if name not in self._values:
            with self.record():
                self.store(name, compute())
        kept = self._values[name]
        if not isinstance(kept, TrackedMapping):
            self.note_query(name, ALL)
        return kept

    def peek(self, name: str, key: Hashable) -> object:
        """Return what is kept, or an entry of it, unheard."""
        kept = self._values.get(name)
        return kept.peek(key) if isinstance(kept, TrackedMapping) else kept


class TrackedMapping(Mapping[_K, _V]):
    """A mapping that tells which of its entries are asked for."""

    def __init__(self, name: str, entries: Mapping[_K, _V], asked: QueryTracker) -> None:
        self._name = name
        self._entries = entries
        self._asked = asked

    def __getitem__(self, key: _K) -> _V:
        self._asked.note_query(self._name, key)
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        self._asked.note_query(self._name, key)
        return key in self._entries

    def __iter__(self) -> Iterator[_K]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def __reduce__(self) -> tuple[type, tuple[Mapping[_K, _V]]]:
        return dict, (self._entries,)

    def keys(self) -> KeysView[_K]:
        return self._whole().keys()

    def values(self) -> ValuesView[_V]:
        return self._whole().values()

    def items(self) -> ItemsView[_K, _V]:
        return self._whole().items()

    def peek(self, key: Hashable) -> object:
        """Return an entry, None where there is none, or all of them, unheard."""
        return [*self._entries.items()] if key is ALL else self._entries.get(cast("_K", key))

    def _whole(self) -> Mapping[_K, _V]:
        self._asked.note_query(self._name, ALL)
        return self._entries


class _HasTracker(Protocol):
    @property
    def tracker(self) -> QueryTracker: ...


_Catalogue = TypeVar("_Catalogue", bound=_HasTracker)
_DERIVED: dict[str, Callable[..., object]] = {}


def derived(work_out: Callable[[_Catalogue], _T]) -> Callable[[_Catalogue], _T]:
    """Return ``work_out`` with one result for each catalogue, of which questions are heard.

    What it asks itself to work that out is no question of whoever wants the result.
    """
    name = f"{work_out.__module__}.{work_out.__qualname__}"

    @wraps(work_out)
    def result(catalogue: _Catalogue) -> _T:
        return cast("_T", catalogue.tracker.get_or_compute(name, lambda: work_out(catalogue)))

    _DERIVED[name] = result
    return result


def query_digest(catalogue: _HasTracker, query: Query) -> str:
    """Return a digest of what ``catalogue`` answers today."""
    name, key = query
    if work_out := _DERIVED.get(name):
        work_out(catalogue)
    return digest(_stable_repr(catalogue.tracker.peek(name, key)))


def _stable_repr(value: object) -> str:
    """Return what changes with ``value``; an entry of the catalogue has a mark of its own."""
    if isinstance(value, tuple | list):
        return f"({', '.join(map(_stable_repr, value))})"
    return getattr(value, "digest", None) or repr(value)
