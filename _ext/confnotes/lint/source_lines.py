"""Source lines, for problems and corrections."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from confnotes.notes.syntax.fields import Field, parse_field
from confnotes.notes.syntax.lines import Line, decode, split_lines
from confnotes.source_files import SourceFileError, read_file


@lru_cache(maxsize=64)
def lines_of(root: Path, path: str) -> tuple[Line, ...]:
    """Return the lines of a file below ``root``; none if it is not read.

    They are cached; a check begins with an empty cache.
    """
    try:
        data = read_file(root / path, root)
    except SourceFileError:
        return ()
    return tuple(split_lines(decode(data, path)[0]))


def text_at(root: Path, path: str, line: int) -> str:
    """Return a line without its blanks, empty when the file has no such line."""
    lines = lines_of(root, path)
    return lines[line - 1].text if 0 < line <= len(lines) else ""


def field_at(root: Path, path: str, line: int) -> Field | None:
    """Return the field that is typed at a line, if it is a field line."""
    lines = lines_of(root, path)
    return parse_field(lines[line - 1]) if 0 < line <= len(lines) else None


def column_of(typed: Field, word: str) -> int:
    """Return where ``word`` stands in the value of a field."""
    return typed.value.column + max(typed.value.text.find(word), 0)
