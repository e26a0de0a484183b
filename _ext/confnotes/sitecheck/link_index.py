"""The links of the pages of an output, with those of the previous build as a cache."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from sys import intern
from typing import NamedTuple
from urllib.parse import unquote

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


class StoredPageLinks(NamedTuple):
    """The digest of a page, and its :class:`PageLinks` as JSON, which few builds parse."""

    digest: str = ""
    links: str = ""


@dataclass(frozen=True, kw_only=True)
class StoredLinks:
    """The links of a build's pages, by path, for the next build.

    ``are_right`` if no link was broken; ``base`` is the path of absolute links, ``others`` are the
    files that are not pages.
    """

    are_right: bool = False
    base: str = ""
    others: Sequence[str] = ()
    pages: Mapping[str, StoredPageLinks] = field(default_factory=dict)


class LinkIndex(Mapping[str, PageLinks]):
    """The links of the pages among the ``files`` of an output, parsed when they are needed.

    A page is an HTML file with a digest in ``digests``. If it has not changed, the links that the
    ``previous`` build stored are used.
    """

    def __init__(
        self,
        output: Path,
        files: Iterable[str],
        digests: Mapping[str, str],
        base: str,
        previous: StoredLinks,
    ) -> None:
        self._output, self._base, self._previous = Path(output), base, previous
        self._others: list[str] = []
        self._digests: dict[str, str] = {}
        self._found: dict[str, PageLinks] = {}
        for name in sorted(files):
            is_page = name.endswith(_SUFFIXES) and name.partition("/")[0] not in _NO_PAGES
            if is_page and name in digests:
                self._digests[name] = digests[name]
            else:
                self._others.append(name)

    def __getitem__(self, name: str) -> PageLinks:
        if name not in self._found:
            self._found[name] = self._known(name) or self._read(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def read(self, jobs: int) -> None:
        """Read all changed pages, in ``jobs`` processes."""
        changed = [name for name in self if not self._is_same(name)]
        self._found.update(zip(changed, map_parallel(self._read, changed, jobs), strict=True))

    def pages_to_check(self) -> Collection[str]:
        """Return the pages to check: the changed ones, or all if a file or an anchor has gone.

        While all targets still exist, an unchanged page has no broken link.
        """
        changed = [name for name in self if not self._is_same(name)]
        before = self._previous
        was_there = {*before.pages, *before.others}
        is_all_there = was_there <= {*self._digests, *self._others} and before.base == self._base
        if before.are_right and is_all_there and not any(map(self._has_lost, changed)):
            return changed
        return self

    def to_stored(self, *, are_right: bool) -> StoredLinks:
        pages = {
            name: self._previous.pages[name]
            if self._is_same(name)
            else StoredPageLinks(made, json.dumps(self[name]))
            for name, made in self._digests.items()
        }
        return StoredLinks(are_right=are_right, base=self._base, others=self._others, pages=pages)

    def _is_same(self, name: str) -> bool:
        return self._before(name).digest == self._digests[name]

    def _before(self, name: str) -> StoredPageLinks:
        return self._previous.pages.get(name, StoredPageLinks())

    def _has_lost(self, name: str) -> bool:
        before = self._before(name).links
        return bool(before) and not {*_links(before).anchors} <= {*self[name].anchors}

    def _known(self, name: str) -> PageLinks | None:
        return _links(self._before(name).links) if self._is_same(name) else None

    def _read(self, name: str) -> PageLinks:
        return parse_page((self._output / name).read_text("utf-8", "replace"))


def _links(kept: str) -> PageLinks:
    return PageLinks(*(list(map(intern, each)) for each in json.loads(kept)))
