"""The links of the pages of an output; those of pages that did not change are kept."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import NamedTuple
from urllib.parse import unquote

from confnotes.character_references import unescape
from confnotes.parallel import map_parallel

_TAG = re.compile(
    r"<(?:(?P<raw>script|style|textarea|title)\b(?P<head>[^>]*)>.*?(?:</(?P=raw)\s*>|\Z)"
    r"|[a-z][^\s>]*\s(?P<tag>[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)>"
    r"|!--.*?(?:-->|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_WANTED = frozenset({"id", "name", "href", "src"})
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SUFFIXES = (".html", ".htm", ".xhtml")
_NO_PAGES = frozenset({"_static", "_sources", "_images", "_downloads"})
"""Folders whose files are targets of links, but have none."""


class PageLinks(NamedTuple):
    """``anchors`` are the values of ``id`` and ``name``, ``duplicate_ids`` those that occur twice.

    ``links`` are the internal ones, as typed.
    """

    anchors: list[str]
    duplicate_ids: list[str]
    links: list[str]


def parse_page(text: str) -> PageLinks:
    """Return the anchors and links of a page in one pass over ``text``."""
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


@dataclass(frozen=True, kw_only=True)
class SiteLinks:
    """The links of the pages of an output, and the digests of these pages, by path.

    ``base`` is the path of absolute links, ``others`` are the files that are not pages, and
    ``are_right`` tells that no link is broken.
    """

    pages: Mapping[str, PageLinks] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    others: Collection[str] = ()
    are_right: bool = False


def read_links(
    output: Path,
    files: Collection[str],
    digests: Mapping[str, str],
    base: str,
    previous: SiteLinks,
    jobs: int,
) -> SiteLinks:
    """Return the links of the pages among ``files``: HTML files that have a digest.

    Pages that have changed since the ``previous`` build are read, in ``jobs`` processes.
    """
    is_page = {
        name: name.endswith(_SUFFIXES) and name.partition("/")[0] not in _NO_PAGES
        for name in sorted(files)
    }
    made = {name: digests[name] for name in is_page if is_page[name] and name in digests}
    changed = [name for name in made if previous.digests.get(name) != made[name]]

    def read(name: str) -> PageLinks:
        return parse_page(Path(output, name).read_text("utf-8", "replace"))

    fresh = dict(zip(changed, map_parallel(read, changed, jobs), strict=True))
    pages = {name: fresh.get(name) or previous.pages[name] for name in made}
    others = [name for name in is_page if name not in made]
    return SiteLinks(pages=pages, digests=made, base=base, others=others)


def pages_to_check(now: SiteLinks, previous: SiteLinks) -> Collection[str]:
    """Return the pages to check: the changed ones, or all if a file or an anchor has gone.

    While all targets still exist, an unchanged page has no broken link.
    """
    changed = [name for name in now.pages if now.digests[name] != previous.digests.get(name)]
    gone = {*previous.pages, *previous.others} - {*now.pages, *now.others}
    has_lost = any(
        not {*previous.pages[name].anchors} <= {*now.pages[name].anchors}
        for name in changed
        if name in previous.pages
    )
    is_right = previous.are_right and previous.base == now.base
    return changed if is_right and not gone and not has_lost else now.pages
