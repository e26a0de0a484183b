"""Speakers named by the first bullets under a heading."""

from __future__ import annotations

import re

from confnotes.model import ListBlock, ListEntry, Markup
from confnotes.notes.entities.people import ParsedPeople, parse_people
from confnotes.notes.headings.parse import ParseContext
from confnotes.notes.syntax.fields import FieldName, parse_field
from confnotes.notes.syntax.inline import strip_inline_markup
from confnotes.notes.syntax.lines import Line

_LED = re.compile(r"^(?:by|with|presented by|speakers?|presenters?|given by)\b", re.IGNORECASE)
_PASSED = re.compile(
    r"^\W*(?:https?://\S+|\[[^\[\]]*\]\([^()]*\)|[\d:.,–-]++\W*+(?:[ap]m)?.{0,30})$"
)
_LEAST, _STANDS_OUT = 1.8, 2.0
_MAX_ITEMS = 6
_LONGEST = 160


def leading_speaker_items(
    block: ListBlock, markup: Markup, context: ParseContext
) -> list[tuple[ListEntry, ParsedPeople]]:
    """Return the first bullets that only name people; addresses and times before them are passed.

    A bullet that is all capitals above bullets that are sentences stands out as a name.
    """
    found: list[tuple[ListEntry, ParsedPeople]] = []
    below = block.items[1:_MAX_ITEMS]
    sentences = sum(_is_sentence(item.text) for item in below)
    bonus = context.speaker_below_prior + _STANDS_OUT * (sentences * 2 > len(below))
    for place, item in enumerate(block.items[:_MAX_ITEMS]):
        who = _people(item, markup, context)
        if who is not None and who.score + bonus * _is_proper(item.text) >= _LEAST:
            found.append((item, who))
        elif found or place > 1:
            break
        elif not _PASSED.match(item.text[:_LONGEST]):
            bonus = 0.0
    return found if len(found) < len(block.items) or len(found) < 3 else []


def _people(item: ListEntry, markup: Markup, context: ParseContext) -> ParsedPeople | None:
    first = item.text.split("\n", 1)[0]
    value = parse_field(Line(item.line, first, first, 0))
    if value is not None:
        if value.name is not FieldName.SPEAKERS or not value.value.text:
            return None
        who = parse_people(
            strip_inline_markup(value.value.text, markup), item.line, context.known_names
        )
        return ParsedPeople(who.speakers, 4.0) if who else None
    text = strip_inline_markup(first, markup) if len(first) <= _LONGEST else ""
    who = parse_people(text, item.line, context.known_names)
    if who is None or not all(" " in s.name or s.handle for s in who.speakers):
        return None
    return ParsedPeople(who.speakers, who.score + 2.0 * bool(_LED.match(text)))


def _is_sentence(text: str) -> bool:
    words = text.split()
    return len(words) > 4 or any(word[0].islower() for word in words)


def _is_proper(text: str) -> bool:
    """Return True if every word of a short bullet has a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return bool(words) and len(text.split()) <= 8 and all(word[0].isupper() for word in words)
