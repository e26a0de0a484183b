"""What matters of a written page to the links of a site: its anchors, and where it points."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from html import unescape
from sys import intern
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


class PageLinks(NamedTuple):
    """``anchors`` are the values of ``id`` and ``name``; ``duplicate_ids`` those given twice.

    ``links`` are those within the site, as typed.
    """

    anchors: list[str]
    duplicate_ids: list[str]
    links: list[str]


def parse_page(text: str) -> PageLinks:
    """Return the facts of a page in one pass over ``text``."""
    ids: Counter[str] = Counter()
    names: set[str] = set()
    led: dict[str, None] = {}
    for tag in _TAG.finditer(text):
        for name, *values in _ATTRIBUTE.findall(tag["tag"] or tag["head"] or ""):
            kind = name.lower()
            if kind not in _WANTED:
                continue
            value = intern(unescape("".join(values)))  # most are on many pages
            if kind == "id":
                ids[value] += 1
            elif kind == "name":
                names.add(value)
            else:
                led[value] = None
    links = [value for value in led if not _ELSEWHERE.match(value)]
    twice = [name for name, times in ids.items() if times > 1]
    return PageLinks(sorted(ids.keys() | names), twice, links)


def resolve_href(folder: str, typed: str) -> tuple[str, str]:
    """Return (path, fragment) of the link ``typed`` on a page in ``folder`` of the output.

    The path is relative to the output, begins with a slash, or is empty for the page itself.
    """
    address, _, fragment = typed.partition("#")
    path = unquote(address.partition("?")[0])
    if path:
        is_folder = path.endswith(("/", "/.", "/..")) or path in {".", ".."}
        path = posixpath.normpath(posixpath.join(folder, path))
        if is_folder and not path.startswith("/"):
            path = posixpath.normpath(posixpath.join(path, "index.html"))
    return path, unquote(fragment)
