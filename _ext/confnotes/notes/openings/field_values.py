"""Values of a field that stand below its label: on the next lines, or as a list."""

from __future__ import annotations

from collections.abc import Sequence

from confnotes.model import Block, ListBlock
from confnotes.notes.entities.people import parse_people
from confnotes.notes.headings.context import ParseContext
from confnotes.notes.syntax.fields import Field, FieldName, parse_field
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.lists import first_line
from confnotes.notes.syntax.texts import text_without_urls, urls_in

_MAX_VALUES = 12
_MIN_SCORE = 0.0
"""Log-odds of a name on a line below ``Speakers:``."""
_MATERIALS = frozenset({FieldName.VIDEO, FieldName.SLIDES, FieldName.MATERIAL})


def values_below(
    said: Field, label: Line, lines: Sequence[Line], context: ParseContext
) -> list[Line]:
    """Return the lines right below an empty field that are its values."""
    found: list[Line] = []
    for line in lines[:_MAX_VALUES]:
        if parse_field(line):
            break
        indented = line.indent > label.indent and not found
        if not (indented or _is_value(said, line, context)):
            break
        found.append(line)
    return found


def items_below(said: Field, block: Block | None, context: ParseContext) -> list[Line]:
    """Return the first items of the list below an empty field that are its values."""
    found: list[Line] = []
    for item in block.items[:_MAX_VALUES] if isinstance(block, ListBlock) else ():
        line = first_line(item)
        if not _is_value(said, line, context):
            break
        found.append(line)
    return found


def _is_value(said: Field, line: Line, context: ParseContext) -> bool:
    if said.name is FieldName.SPEAKERS:
        plain = context.strip_markup(line.text)
        who = parse_people(plain, line.number) if ":" not in plain else None
        return who is not None and who.score > _MIN_SCORE
    is_url = any(urls_in(line.text)) and not text_without_urls(line.text)
    return said.name in _MATERIALS and is_url
