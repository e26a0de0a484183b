"""The pages of an output, and what the last build knew of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from sys import intern
from typing import NamedTuple

from confnotes.files import atomic_write
from confnotes.sitecheck.page_links import PageLinks, parse_page

_NO_PAGES = frozenset({"_static", "_sources", "_images", "_downloads"})
"""Folders whose files are led to, but lead nowhere themselves."""


class _Kept(NamedTuple):
    """The digest of a page, and its facts as JSON."""

    digest: str = ""
    facts: str = ""


class LinkIndex(Mapping[str, PageLinks]):
    """The pages among the ``files`` of an output: their facts, found when somebody asks for them.

    A page is a file that has a digest in ``digests``.

    ``kept`` is a file with what the last build knew: whether all was right, the ``base`` of
    absolute links, the files that are no pages; then a line for each page. What it says of
    a page counts as long as that has the same bytes.
    """

    def __init__(
        self,
        output: Path,
        files: Iterable[str],
        digests: Mapping[str, str],
        base: str,
        kept: Path,
    ) -> None:
        self._output, self._path = Path(output), Path(kept)
        self._base = base
        self._others: list[str] = []
        self._digests: dict[str, str] = {}
        self._found: dict[str, PageLinks] = {}
        for name in sorted(files):
            is_page = name.endswith(".html") and name.partition("/")[0] not in _NO_PAGES
            if is_page and name in digests:
                self._digests[name] = digests[name]
            else:
                self._others.append(name)
        self._then: dict[str, _Kept] = {}
        self._was_right, self._old_base = False, ""
        self._old_others: list[str] = []
        try:
            head, *lines = self._path.read_text(encoding="utf-8").splitlines()
            then = dict(map(_parts, lines))
            self._was_right, self._old_base, self._old_others = json.loads(head)
            self._then = then
        except (OSError, ValueError, TypeError):
            self._was_right = False

    def __getitem__(self, name: str) -> PageLinks:
        if name not in self._found:
            self._found[name] = self._known(name) or self._read(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def pages_to_check(self) -> Collection[str]:
        """Return the pages that may not be right: others than they were, or all.

        While nothing has gone that a link could lead to, a page that was right still is.
        """
        changed = [name for name in self if not self._is_same(name)]
        then = {*self._then, *self._old_others}
        is_all_there = then <= {*self._digests, *self._others} and self._old_base == self._base
        if self._was_right and is_all_there and not any(map(self._has_lost, changed)):
            return changed
        return self

    def save(self, *, are_right: bool) -> None:
        """Keep what is known now, whole or not at all."""
        with atomic_write(self._path) as new, new.open("w", encoding="utf-8") as file:
            print(json.dumps([are_right, self._base, self._others]), file=file)
            for name, made in self._digests.items():
                facts = self._then[name].facts if self._is_same(name) else json.dumps(self[name])
                print(json.dumps(name), made, facts, sep="\t", file=file)

    def _is_same(self, name: str) -> bool:
        return self._then.get(name, _Kept()).digest == self._digests[name]

    def _has_lost(self, name: str) -> bool:
        """Return True if an anchor of a page has gone."""
        if name not in self._then:
            return False
        then = _facts(self._then[name].facts)
        return then is None or not {*then.anchors} <= {*self[name].anchors}

    def _known(self, name: str) -> PageLinks | None:
        return _facts(self._then[name].facts) if self._is_same(name) else None

    def _read(self, name: str) -> PageLinks:
        return parse_page((self._output / name).read_text("utf-8", "replace"))


def _parts(line: str) -> tuple[str, _Kept]:
    name, made, facts = line.split("\t")
    return json.loads(name), _Kept(made, facts)


def _facts(kept: str) -> PageLinks | None:
    try:
        return PageLinks(*(list(map(intern, each)) for each in json.loads(kept)))
    except (ValueError, TypeError):
        return None
