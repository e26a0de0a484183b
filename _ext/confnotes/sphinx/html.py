"""What matters of a written page to the links of a site: its anchors, and where it points."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

_TAG = re.compile(
    r"<(?:(?P<raw>script|style|textarea|title)\b(?P<head>[^>]*)>.*?(?:</(?P=raw)\s*>|\Z)"
    r"|[a-z][^\s>]*\s(?P<tag>[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)>"
    r"|!--.*?(?:-->|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_WANTED = frozenset({"id", "name", "href", "src"})
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Link(NamedTuple):
    """``path`` is relative to the output, or begins with a slash; ``typed`` is as on the page."""

    path: str
    fragment: str
    typed: str


class Facts(NamedTuple):
    """``anchors`` are the values of ``id`` and ``name``; ``twice`` the ids given more than once."""

    anchors: list[str]
    twice: list[str]
    links: list[Link]


def read(page: str, text: str) -> Facts:
    """Return the facts of ``page`` (its path below the output) in one pass over ``text``."""
    ids: Counter[str] = Counter()
    names: set[str] = set()
    led: dict[str, None] = {}
    for tag in _TAG.finditer(text):
        for name, *values in _ATTRIBUTE.findall(tag["tag"] or tag["head"] or ""):
            kind = name.lower()
            if kind not in _WANTED:
                continue
            value = unescape("".join(values))
            if kind == "id":
                ids[value] += 1
            elif kind == "name":
                names.add(value)
            else:
                led[value] = None
    links = [_link(page, value) for value in led if not _ELSEWHERE.match(value)]
    twice = [name for name, times in ids.items() if times > 1]
    return Facts(sorted(ids.keys() | names), twice, links)


def _link(page: str, typed: str) -> Link:
    address, _, fragment = typed.partition("#")
    path = unquote(address.partition("?")[0])
    if not path:
        path = page
    elif not path.startswith("/"):
        folder = path.endswith(("/", "/.", "/..")) or path in {".", ".."}
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        path = posixpath.join(path, "index.html") if folder else path
    return Link(posixpath.normpath(path), unquote(fragment), typed)
