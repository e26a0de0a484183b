"""Descriptions of pages, for search engines and link previews."""

from __future__ import annotations

_LONGEST = 200


def shortened(text: str) -> str:
    """Return ``text``, cut at a word if it is longer than a preview shows."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0].rstrip(",;:–- ") + " …"
