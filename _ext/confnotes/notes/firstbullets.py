"""Speakers named by the first bullets under a head."""

from __future__ import annotations

import re

from confnotes.model import Bullets, Item, Markup
from confnotes.notes.fields import Name, field
from confnotes.notes.heads import Context
from confnotes.notes.inline import bare
from confnotes.notes.lines import Line
from confnotes.notes.people import People, people

_LED = re.compile(r"^(?:by|with|presented by|speakers?|presenters?|given by)\b", re.IGNORECASE)
_PASSED = re.compile(
    r"^\W*(?:https?://\S+|\[[^\[\]]*\]\([^()]*\)|[\d:.,–-]++\W*+(?:[ap]m)?.{0,30})$"
)
_LEAST, _STANDS_OUT = 1.8, 2.0
_MOST = 6
_LONGEST = 160


def speaker_bullets(block: Bullets, markup: Markup, context: Context) -> list[tuple[Item, People]]:
    """Return the first bullets that only name people; addresses and times before them are passed.

    A bullet that is all capitals above bullets that are sentences stands out as a name.
    """
    found: list[tuple[Item, People]] = []
    below = block.items[1:_MOST]
    sentences = sum(_is_sentence(item.text) for item in below)
    bonus = context.below + _STANDS_OUT * (sentences * 2 > len(below))
    for place, item in enumerate(block.items[:_MOST]):
        who = _people(item, markup, context)
        if who is not None and who.score + bonus * _is_proper(item.text) >= _LEAST:
            found.append((item, who))
        elif found or place > 1:
            break
        elif not _PASSED.match(item.text[:_LONGEST]):
            bonus = 0.0
    return found if len(found) < len(block.items) or len(found) < 3 else []


def _people(item: Item, markup: Markup, context: Context) -> People | None:
    first = item.text.split("\n", 1)[0]
    said = field(Line(item.line, first, first, 0))
    if said is not None:
        if said.name is not Name.SPEAKERS or not said.said.text:
            return None
        who = people(bare(said.said.text, markup), item.line, context.known)
        return People(who.speakers, 4.0) if who else None
    text = bare(first, markup) if len(first) <= _LONGEST else ""
    who = people(text, item.line, context.known)
    if who is None or not all(" " in s.name or s.handle for s in who.speakers):
        return None
    return People(who.speakers, who.score + 2.0 * bool(_LED.match(text)))


def _is_sentence(text: str) -> bool:
    words = text.split()
    return len(words) > 4 or any(word[0].islower() for word in words)


def _is_proper(text: str) -> bool:
    """Say whether every word of a short bullet has a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return bool(words) and len(text.split()) <= 8 and all(word[0].isupper() for word in words)
