"""The raw line of a file that a problem is about."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from confnotes.notes.fields import Field, field
from confnotes.notes.lines import Line, decode, split


@lru_cache(maxsize=64)
def lines_of(path: Path) -> tuple[Line, ...]:
    """Return the lines of a file; none if it cannot be read. A check begins with none kept."""
    try:
        data = path.read_bytes()
    except OSError:
        return ()
    return tuple(split(decode(data, path.name)[0]))


def text_at(path: Path, line: int) -> str:
    """Return a line without its blanks, empty when the file has no such line."""
    lines = lines_of(path)
    return lines[line - 1].text if 0 < line <= len(lines) else ""


def field_at(path: Path, line: int) -> Field | None:
    """Return the field that is typed at a line, if it is a field line."""
    lines = lines_of(path)
    return field(lines[line - 1]) if 0 < line <= len(lines) else None


def column_of(typed: Field, word: str) -> int:
    """Return where ``word`` stands in the value of a field."""
    return typed.said.column + max(typed.said.text.find(word), 0)
