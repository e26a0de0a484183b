"""Output of commands: errors, counts, progress."""

from __future__ import annotations

import sys
import time
from threading import Timer
from typing import Self

import click

from confnotes.documented_enum import Severity
from confnotes.invisible_characters import escape_invisible
from confnotes.shell_command import with_shell_commands

SEVERITY_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
PROGRESS_DELAY = 1.0
"""Seconds before progress is shown."""


class CommandError(click.ClickException):
    """A command cannot continue; the message says why."""

    exit_code = 2

    def format_message(self) -> str:
        return with_shell_commands(self.message)


def error_text(error: OSError) -> str:
    """Return which file a system error is about, where it says so, and what it is."""
    name = "" if error.filename is None else f"{escape_invisible(str(error.filename))}: "
    return f"{name}{error.strerror or error}"


def pluralize(number: int, noun: str) -> str:
    """Return ``1 note`` or ``2 notes``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class Progress:
    """A context that shows progress on one line of a terminal after a delay."""

    def __init__(self, step: str) -> None:
        self._step = step
        self._is_terminal = sys.stderr.isatty()
        self._start = time.monotonic()
        self._is_shown = False
        self._timer = Timer(PROGRESS_DELAY, self._show)
        self._timer.daemon = True

    def update(self, step: str) -> None:
        self._step = step
        if self._is_terminal and time.monotonic() - self._start >= PROGRESS_DELAY:
            self._show()

    def _show(self) -> None:
        self._is_shown = True
        print(f"\r\x1b[K{self._step} …", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        if self._is_terminal:
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._is_shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
