"""Which URLs may become links, whoever wrote them: a note, front matter, a field or the ledger."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from confnotes.plain_text import strip_invisible

_SCHEMES = frozenset({"http", "https", "mailto"})
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f-\x9f\ud800-\udfff\"<>\\^`{|}]")


def is_safe_url(text: str) -> bool:
    """Return True if ``text`` is one absolute http, https or mailto URL without blanks or controls.

    Everything else (``javascript:``, ``data:``, ``file:``, a relative path) is no link.
    """
    if _UNSAFE.search(text) or strip_invisible(text) != text:
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        return False
    if parts.scheme not in _SCHEMES:
        return False
    return bool(host) if parts.scheme != "mailto" else "@" in parts.path
