"""Where a line is that of a text, and no title."""

from __future__ import annotations

import re

from confnotes.notes import weights

STOPS = (".", "。", "．")
ENDS = (*STOPS, "!", "?", "…", "！", "？")
SENTENCES = re.compile(r"[^\W\d_]{3}[.!?] [^\W\da-z_]")
"""Where one sentence ends and another begins."""


def is_prose(text: str) -> bool:
    """Return True if a line is long, or a sentence."""
    return len(text) >= weights.MIN_PROSE or text.endswith(ENDS) or bool(SENTENCES.search(text))
