"""Source lines, for problems and corrections."""

from __future__ import annotations

from functools import lru_cache

from confnotes.catalogue import Catalogue
from confnotes.files import SourceFileError, read_file
from confnotes.notes.syntax.fields import Field, parse_field
from confnotes.notes.syntax.lines import Line, decode, split_lines


@lru_cache(maxsize=64)
def lines_of(catalogue: Catalogue, path: str) -> tuple[Line, ...]:
    """Return the lines of a file of the project; none if it is not read.

    They are cached; a check begins with an empty cache.
    """
    data = catalogue.unsaved.get(path)
    try:
        data = read_file(catalogue.root / path, catalogue.root) if data is None else data
    except SourceFileError:
        return ()
    return tuple(split_lines(decode(data, path)[0]))


def field_at(catalogue: Catalogue, path: str, line: int) -> Field | None:
    """Return the field on a line, None if it is no field line."""
    lines = lines_of(catalogue, path)
    return parse_field(lines[line - 1]) if 0 < line <= len(lines) else None
