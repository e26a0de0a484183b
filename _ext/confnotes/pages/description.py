"""Descriptions of pages, for search engines and link previews."""

from __future__ import annotations

_MAX_LENGTH = 200


def truncate(text: str) -> str:
    """Return ``text``, cut at a word if it is longer than a preview shows."""
    if len(text) <= _MAX_LENGTH:
        return text
    return text[:_MAX_LENGTH].rpartition(" ")[0].rstrip(",;:–- ") + " …"
