"""What is asked of a catalogue, and whether an answer is another than it was.

A page is a pure function of the catalogue, but asks for little of it. So every table of
a catalogue tells whoever listens which of its entries somebody looks at. A later build
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

Question: TypeAlias = tuple[str, Hashable]
"""The name of a table, and the key of an entry, or :data:`WHOLE` for all there is."""
WHOLE = None


class Asked:
    """What there is to ask of one catalogue, by name, and who listens."""

    def __init__(self) -> None:
        self._kept: dict[str, object] = {}
        self._heard: set[Question] | None = None

    @contextmanager
    def listen(self) -> Iterator[set[Question]]:
        """Collect what is asked from now on; who listened before hears nothing of it."""
        before, self._heard = self._heard, set()
        try:
            yield self._heard
        finally:
            self._heard = before

    def hear(self, name: str, key: Hashable) -> None:
        if self._heard is not None:
            self._heard.add((name, key))

    def keep(self, name: str, made: object) -> object:
        """Keep ``made``, a mapping as a table that tells of its entries, and return it."""
        kept = Table(name, made, self) if isinstance(made, Mapping) else made
        self._kept[name] = kept
        return kept

    def get(self, name: str, work_out: Callable[[], object]) -> object:
        """Return what is kept under ``name``, worked out now if nothing is."""
        if name not in self._kept:
            with self.listen():
                self.keep(name, work_out())
        kept = self._kept[name]
        if not isinstance(kept, Table):
            self.hear(name, WHOLE)
        return kept

    def look(self, name: str, key: Hashable) -> object:
        """Return what is kept, or an entry of it, unheard."""
        kept = self._kept.get(name)
        return kept.look(key) if isinstance(kept, Table) else kept


class Table(Mapping[_K, _V]):
    """A mapping that tells which of its entries are asked for."""

    def __init__(self, name: str, entries: Mapping[_K, _V], asked: Asked) -> None:
        self._name = name
        self._entries = entries
        self._asked = asked

    def __getitem__(self, key: _K) -> _V:
        self._asked.hear(self._name, key)
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        self._asked.hear(self._name, key)
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

    def look(self, key: Hashable) -> object:
        """Return an entry, None where there is none, or all of them, unheard."""
        return [*self._entries.items()] if key is WHOLE else self._entries.get(cast("_K", key))

    def _whole(self) -> Mapping[_K, _V]:
        self._asked.hear(self._name, WHOLE)
        return self._entries


class _HasAsked(Protocol):
    @property
    def asked(self) -> Asked: ...


_Catalogue = TypeVar("_Catalogue", bound=_HasAsked)
_WORKED_OUT: dict[str, Callable[..., object]] = {}


def per_catalogue(work_out: Callable[[_Catalogue], _T]) -> Callable[[_Catalogue], _T]:
    """Return ``work_out`` with one result for each catalogue, of which questions are heard.

    What it asks itself to work that out is no question of whoever wants the result.
    """
    name = f"{work_out.__module__}.{work_out.__qualname__}"

    @wraps(work_out)
    def result(catalogue: _Catalogue) -> _T:
        return cast("_T", catalogue.asked.get(name, lambda: work_out(catalogue)))

    _WORKED_OUT[name] = result
    return result


def answer(catalogue: _HasAsked, question: Question) -> str:
    """Return a digest of what ``catalogue`` answers today."""
    name, key = question
    if work_out := _WORKED_OUT.get(name):
        work_out(catalogue)
    return digest(_mark(catalogue.asked.look(name, key)))


def _mark(value: object) -> str:
    """Return what changes with ``value``; an entry of the catalogue has a mark of its own."""
    if isinstance(value, tuple | list):
        return f"({', '.join(map(_mark, value))})"
    return getattr(value, "mark", None) or repr(value)
