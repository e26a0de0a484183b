"""Says what takes so long, on a terminal, once it has taken a second."""

from __future__ import annotations

import sys
from threading import Timer
from types import TracebackType
from typing import Self

_AFTER = 1.0
"""Seconds."""


class Patience:
    """A context in which ``tell(what)`` names the step at work, on one line of standard error."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = False
        self._timer = Timer(_AFTER, self._show)
        self._timer.daemon = True

    def tell(self, what: str) -> None:
        self._what = what
        if self._shown:
            self._show()

    def _show(self) -> None:
        self._shown = True
        print(f"\r\x1b[K{self._what} …", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
