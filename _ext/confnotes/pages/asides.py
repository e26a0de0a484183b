"""What the note-taker says for themselves, among what the speaker said."""

from __future__ import annotations

import re

_ASIDE = re.compile(r"NOTE:\s|\(I(?:['’](?:m|ve|d|ll))?\s[^()]*\)[.!?]?\s*\Z")
"""A remark announced as one, or a first person who fills brackets of their own."""


def is_aside(text: str) -> bool:
    """Return True if a bullet or paragraph is certainly the note-taker's own remark."""
    return _ASIDE.match(text) is not None
