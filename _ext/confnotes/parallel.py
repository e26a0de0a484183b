"""Map a function over items in several processes."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_T = TypeVar("_T")
_R = TypeVar("_R")

PROCESSORS = os.cpu_count() or 1
MIN_ITEMS = 40
"""Starting a process takes as long as reading so many notes."""


def map_parallel(function: Callable[[_T], _R], items: Sequence[_T], jobs: int) -> list[_R]:
    """Return ``[function(item) for item in items]``, computed by ``jobs`` processes.

    They are forked: ``function`` may read all memory, but its changes are lost. A process whose
    parent has ended exits. Raises what ``function`` raises.
    """
    if jobs < 2 or len(items) < MIN_ITEMS:
        return [function(item) for item in items]
    import multiprocessing  # slow to import, and most commands need one process

    if "fork" not in multiprocessing.get_all_start_methods():
        return [function(item) for item in items]
    context = multiprocessing.get_context("fork")
    workers = []
    try:
        for start in range(jobs):
            receiver, sender = context.Pipe(duplex=False)
            share = function, items[start::jobs], sender, os.getpid()
            worker = context.Process(target=_work, args=share, daemon=True)
            worker.start()
            sender.close()
            workers.append((worker, receiver))
        made = [_receive(receiver) for _worker, receiver in workers]
    finally:
        for worker, receiver in workers:
            receiver.close()
            worker.terminate()
            worker.join()
    results: list[Any] = [None] * len(items)
    for start, part in enumerate(made):
        results[start::jobs] = part
    return results


def _work(
    function: Callable[[Any], Any], items: Sequence[Any], sender: Connection, parent: int
) -> None:
    gc.freeze()  # a collection would copy the pages of memory that it touches
    made = []
    try:
        for item in items:
            if os.getppid() != parent:
                return
            made.append(function(item))
    except Exception as error:  # noqa: BLE001  the parent raises it
        sender.send(error)
    else:
        sender.send(made)


def _receive(receiver: Connection) -> list[Any]:
    try:
        made = receiver.recv()
    except EOFError:
        raise ChildProcessError("a process that shares the work has been killed") from None
    if isinstance(made, Exception):
        raise made
    return list(made)
