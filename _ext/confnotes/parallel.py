"""Work that is divided among processes."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

MIN_ITEMS = 40
"""To begin a process takes what it takes to read as many notes."""
_SHARES = 8
"""Shares of each process: none waits long for another that has the longest notes."""

_function: Callable[[Any], Any]


def map_parallel(function: Callable[[_T], _R], items: Sequence[_T], jobs: int) -> list[_R]:
    """Return ``[function(item) for item in items]``, worked out by ``jobs`` processes.

    They are forked: ``function`` may use all that is in memory, but what it changes is lost.
    """
    is_worth_it = jobs > 1 and len(items) >= MIN_ITEMS
    if not is_worth_it or "fork" not in multiprocessing.get_all_start_methods():
        return [function(item) for item in items]
    from concurrent import futures

    fork = multiprocessing.get_context("fork")
    share = -(-len(items) // (jobs * _SHARES))
    try:
        pool = futures.ProcessPoolExecutor(jobs, fork, _begin, (function,))
    except (NotImplementedError, OSError):  # a system without semaphores
        return [function(item) for item in items]
    with pool:
        return list(pool.map(_call, items, chunksize=share))


def _begin(function: Callable[[Any], Any]) -> None:
    global _function  # noqa: PLW0603  functions made in functions cannot be sent
    _function = function
    gc.freeze()  # what a search for garbage touches is copied


def _call(item: Any) -> Any:
    return _function(item)
