"""Times of day, and spans of them: ``9am``, ``14:00–14:45``."""

from __future__ import annotations

import re

_CLOCK = r"\d{1,2}(?:[:.h：]\d{2}(?!\d))?+\s*(?:[ap]\.?m\.?|uhr|h\b)?"
TIME = (
    r"(?:(?!19|20)(?:[01]\d|2[0-3])[0-5]\d(?=,\s|\s[-–—]\s)"
    r"|~? ?[(\[*_]*(?=\d{1,2}(?:[:.h：]\d\d(?!\d)|h\s*[-–—:|,]|\s*(?:[-–—]\s*\d{1,2}\s*)?[ap]\.?m))"
    rf"{_CLOCK}(?:\s*(?:[-–—〜～]>?|→|to|until|bis)\s*{_CLOCK})?[)\]*_]*:?)"
)
"""For a pattern: a time, or a span of time."""
_TIME = re.compile(TIME, re.IGNORECASE)


def match_time(text: str) -> re.Match[str] | None:
    """Match the time, or the span of time, that ``text`` begins with."""
    return _TIME.match(text)


def starts_with_time(text: str) -> bool:
    """Return True if a line begins with a time and goes on."""
    match = _TIME.match(text)
    return match is not None and bool(text[match.end() :].strip())
