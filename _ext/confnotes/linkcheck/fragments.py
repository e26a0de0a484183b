"""Fragments: whether a page has the element that the ``#`` part of a URL names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from confnotes.character_references import unescape
from confnotes.declared_encodings import decode_declared
from confnotes.linkcheck.http_client import Response

_NOT_AN_ID = re.compile(r"$|top$|[!/:]|.*[=&]|L\d", re.IGNORECASE)
"""Fragments that a script or a media player interprets, or that every page has."""
_NAME = re.compile(
    r"""(?<![\w-])(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)


def missing_fragments(response: Response, fragments: Iterable[str]) -> frozenset[str]:
    """Return the ``fragments`` that the page does not have.

    None, if it is not HTML or did not arrive completely. No parser is needed, which hostile
    pages could slow down or break: what looks like an id in a script counts as one.
    """
    wanted = {unquote(fragment): fragment for fragment in fragments if is_anchor(fragment)}
    if not wanted or not response.complete or "html" not in response.content_type:
        return frozenset()
    found = {unescape("".join(match)) for match in _NAME.findall(_text(response))}
    found |= {name.removeprefix("user-content-") for name in found}
    return frozenset(fragment for name, fragment in wanted.items() if name not in found)


def is_anchor(fragment: str) -> bool:
    """Return True if ``fragment`` names an element."""
    return not _NOT_AN_ID.match(fragment)


def _text(response: Response) -> str:
    text = decode_declared(response.body, response.charset or "utf-8")
    return response.body.decode("utf-8", "replace") if text is None else text
