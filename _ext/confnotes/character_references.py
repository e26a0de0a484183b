"""Character references of HTML, in whatever a page has."""

from __future__ import annotations

import html


def unescape(text: str) -> str:
    """Return ``text`` without character references; unchanged if Python refuses to read a number.

    It refuses numbers of more than 4,300 digits.
    """
    try:
        return html.unescape(text)
    except ValueError:
        return text
