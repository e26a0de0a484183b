"""What is worked out once for a catalogue and serves many of its pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from confnotes.catalogue import Catalogue

_T = TypeVar("_T")


def per_catalogue(work_out: Callable[[Catalogue], _T]) -> Callable[[Catalogue], _T]:
    """Return ``work_out`` with one result kept for each living catalogue."""
    kept: WeakKeyDictionary[Catalogue, _T] = WeakKeyDictionary()

    @wraps(work_out)
    def result(catalogue: Catalogue) -> _T:
        if catalogue not in kept:
            kept[catalogue] = work_out(catalogue)
        return kept[catalogue]

    return result
