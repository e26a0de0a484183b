"""Invisible characters: controls, zero-width and bidirectional ones are removed or escaped."""

from __future__ import annotations

import re

# C0 and C1 controls, zero-width and bidi characters, variation of blanks, noncharacters,
# surrogates and tags. Line ends, tabs and NEL stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
CONTROL_SPACE = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]")
"""Tabs, ends of lines and separators."""


def strip_controls(text: str) -> str:
    """Return ``text`` without control characters other than blanks and line breaks."""
    return _CONTROLS.sub("", text)


def strip_invisible(text: str) -> str:
    """Return ``text`` without control, bidirectional, zero-width and unassigned characters."""
    return _INVISIBLE.sub("", text)


def clean_line(text: str) -> str:
    """Return ``text`` as one line, without invisible characters."""
    return " ".join(strip_invisible(text).split())


def escape_invisible(text: str) -> str:
    """Return ``text`` as one line for a message, with invisible characters escaped."""
    line = CONTROL_SPACE.sub(lambda match: _escaped(match[0]), text)
    return _INVISIBLE.sub(lambda match: _escaped(match[0]), line)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()
