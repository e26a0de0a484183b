"""Do work in other processes: one task in the background, or a function of many items."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_T = TypeVar("_T")
_R = TypeVar("_R")

PROCESSORS = os.cpu_count() or 1
MIN_ITEMS = 40
"""Starting a process takes as long as reading so many notes."""


class BackgroundTask(Generic[_R]):
    """A call of ``function`` in a process of its own.

    The process is forked: ``function`` may read all memory, but its changes are lost. The process
    ends with its parent. Where processes cannot be forked, the call is made when its result is
    wanted.
    """

    def __init__(self, function: Callable[[], _R]) -> None:
        import multiprocessing  # slow to import, and most commands need one process

        self._function, self._process = function, None
        if "fork" in multiprocessing.get_all_start_methods():
            context = multiprocessing.get_context("fork")
            self._receiver, sender = context.Pipe(duplex=False)
            self._process = context.Process(target=_run, args=(function, sender), daemon=True)
            self._process.start()
            sender.close()

    def result(self) -> _R:
        """Return what the function returns.

        Raises what it raises, and ChildProcessError if its process was killed.
        """
        if self._process is None:
            return self._function()
        try:
            made: _R | Exception = self._receiver.recv()
        except EOFError:
            raise ChildProcessError("a process that shares the work has been killed") from None
        self._process.join()
        if isinstance(made, Exception):
            raise made
        return made

    def cancel(self) -> None:
        """Kill the process, if it has not ended."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._receiver.close()


def map_parallel(function: Callable[[_T], _R], items: Sequence[_T], jobs: int) -> list[_R]:
    """Return ``[function(item) for item in items]``, computed by ``jobs`` processes.

    Raises what ``function`` raises.
    """
    if jobs < 2 or len(items) < MIN_ITEMS:
        return [function(item) for item in items]
    shares = [range(start, len(items), jobs) for start in range(jobs)]
    tasks = [BackgroundTask(partial(_map, function, items, share)) for share in shares]
    results = dict[int, _R]()
    try:
        for share, task in zip(shares, tasks, strict=True):
            results.update(zip(share, task.result(), strict=True))
    finally:
        for task in tasks:
            task.cancel()
    return [results[at] for at in range(len(items))]


def _map(function: Callable[[_T], _R], items: Sequence[_T], share: Sequence[int]) -> list[_R]:
    return [function(items[at]) for at in share]


def _run(function: Callable[[], object], sender: Connection) -> None:
    """Send what ``function`` returns, or the error that it raises."""
    Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # a collection would copy the pages of memory that it touches
    try:
        made = function()
    except Exception as error:  # noqa: BLE001  the parent raises it
        sender.send(error)
    else:
        sender.send(made)


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)
