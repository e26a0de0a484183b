"""Colours for a terminal, and none anywhere else."""

from __future__ import annotations

import os
from typing import TextIO

_CODES = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "blue": 34, "cyan": 36}


class Colours:
    """Paints text for ``stream`` if it is a terminal; NO_COLOR in the environment says no."""

    def __init__(self, stream: TextIO) -> None:
        self._on = (
            stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        )

    def __call__(self, text: str, colour: str) -> str:
        return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if self._on and text else text
