"""Fragments: whether a page has what stands behind the ``#`` of an address."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from confnotes.linkcheck.http_client import Response

_NOT_AN_ID = re.compile(r"$|top$|[!/:]|.*[=&]|L\d", re.IGNORECASE)
"""Fragments that a script or a reader of other media makes sense of, or that are always there."""


def missing_fragments(reply: Response, fragments: Iterable[str]) -> frozenset[str]:
    """Return which of ``fragments`` the page surely lacks: it is HTML and came whole."""
    wanted = {unquote(fragment): fragment for fragment in fragments if is_anchor(fragment)}
    if not wanted or not reply.complete or "html" not in reply.headers.get_content_type():
        return frozenset()
    found = _Anchors()
    charset = reply.headers.get_content_charset("utf-8")
    try:
        text = reply.body.decode(charset, "replace")
    except (LookupError, ValueError):  # unknown, or a codec that is not of text
        text = reply.body.decode("utf-8", "replace")
    try:
        found.feed(text)
        found.close()
    except Exception:  # noqa: BLE001  # the parser fails on some pages: python/cpython#77057
        return frozenset()
    return frozenset(typed for name, typed in wanted.items() if name not in found.names)


def is_anchor(fragment: str) -> bool:
    """Say whether ``fragment`` names an element."""
    return not _NOT_AN_ID.match(fragment)


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name == "id" or (name == "name" and tag == "a")):
                self.names |= {value, value.removeprefix("user-content-")}
