"""What a blog leaves around a post: lines that nobody typed as notes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from confnotes.notes.codes import DropReason
from confnotes.notes.languages.phrase_tables import phrases

_KEYS = {
    "pages.sharing": DropReason.SHARING,
    "pages.navigation": DropReason.NAVIGATION,
    "pages.length": DropReason.READING_TIME,
}
_ARROWS = re.compile(r"(?:←|«|<<) ?[^»]{0,80}|[^«>]{0,80} (?:→|»|>>)")
_MAX_LENGTH = 120


@lru_cache(maxsize=4096)  # several stages ask about the same lines
def boilerplate_reason(text: str) -> DropReason | None:
    """Return the kind of boilerplate of a line by itself, None if it is a part of the notes."""
    if len(text) > _MAX_LENGTH:
        return None
    if _ARROWS.fullmatch(text):
        return DropReason.NAVIGATION
    return next((reason for key, reason in _KEYS.items() if is_line_of_page(text, key)), None)


def is_line_of_page(text: str, key: str) -> bool:
    """Return True if a line is one that pages of sites have, with or without a colon."""
    return len(text) <= _MAX_LENGTH and bool(_lines(key).fullmatch(text.casefold()))


@cache
def _lines(key: str) -> re.Pattern[str]:
    """Return a pattern for the phrases of ``key``; ``{n}`` is a number, ``*`` any short text."""
    escaped = (re.escape(phrase.casefold()) for phrase in phrases(key))
    lines = "|".join(escaped).replace(r"\{n\}", r"\d[\d.,]*").replace(r"\*", ".{1,80}")
    return re.compile(rf"(?:{lines})\s?:?".replace(r"\ ", r":?\s"))
