"""Values of a field that stand below its label: on the next lines, or as a list."""

from __future__ import annotations

from collections.abc import Sequence

from confnotes.notes.entities.parse_people import parse_people
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.syntax.fields import MATERIALS, Field, FieldName, parse_field
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.links_in_text import text_without_urls, urls_in

_MAX_VALUES = 12
_MAX_WORDS = 3
"""Words of a name among others that does not look like one."""
_MIN_SCORE = 0.0
"""Log-odds of a name on a line below ``Speakers:``."""


def values_below(
    said: Field,
    lines: Sequence[Line],
    context: ParseContext,
    *,
    indent: int = 0,
    nested: bool = False,
) -> list[Line]:
    """Return the first of the ``lines`` below an empty field that are its values.

    A short line above one that is surely a name is a name, too, and so is one that is indented
    more than ``indent``. Lines ``nested`` in the field, one of them such a name, are all names if
    they may be.
    """
    values = 0
    for place, line in enumerate(lines[:_MAX_VALUES]):
        may_be_name = said.name is FieldName.SPEAKERS and len(line.text.split()) <= _MAX_WORDS
        indented = line.indent > indent and (not place or may_be_name)
        if parse_field(line):
            break
        if indented or _is_value(said, line, context):
            values = place + 1
        elif not may_be_name:
            break
    else:
        values = len(lines) if nested and values else values
    return [*lines[:values]]


def _is_value(said: Field, line: Line, context: ParseContext) -> bool:
    if said.name is FieldName.SPEAKERS:
        plain = context.strip_markup(line.text)
        who = parse_people(plain, line.number) if ":" not in plain else None
        return who is not None and who.score > _MIN_SCORE
    is_url = any(urls_in(line.text)) and not text_without_urls(line.text)
    return said.name in MATERIALS and is_url
