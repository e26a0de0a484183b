"""Cache of page digests: a page is made again only if one of its queries has a new result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple

from confnotes.catalogue import Catalogue
from confnotes.catalogue.tracking import Query, query_digest
from confnotes.digests import digest
from confnotes.pages import build_page, docnames
from confnotes.pages.navigation import navigation_for
from confnotes.parallel import map_parallel


class PageDigests(NamedTuple):
    page: str
    navigation: str


class _CachedPage(NamedTuple):
    """A page that was made; ``result_digest`` is a digest of the results of its ``queries``."""

    digests: PageDigests
    queries: tuple[Query, ...]
    result_digest: str


@dataclass(frozen=True, kw_only=True)
class CachedPages:
    """The pages of a build, by docname, for the next build.

    They are valid only for the same code and translations (``toolchain_digest``). If the notes
    are the same, too (``input_digest``), no page has changed.
    """

    toolchain_digest: str = ""
    input_digest: str = ""
    pages: Mapping[str, _CachedPage] = field(default_factory=dict)


class PageCache:
    """The pages of a catalogue, and the pages of the ``previous`` build."""

    def __init__(
        self,
        previous: CachedPages,
        catalogue: Catalogue,
        *,
        toolchain_digest: str,
        input_digest: str,
    ) -> None:
        is_of_same_code = previous.toolchain_digest == toolchain_digest
        previous = previous if is_of_same_code else CachedPages()
        self._previous, self._catalogue = previous, catalogue
        self._toolchain_digest, self._input_digest = toolchain_digest, input_digest
        self._inputs_unchanged = previous.input_digest == input_digest
        self._interned: dict[Query, Query] = {}  # many pages ask the same
        self._query_digest = cache(partial(query_digest, catalogue))
        self._current: dict[str, _CachedPage] = {}

    def digests(self, jobs: int) -> dict[str, PageDigests]:
        """Return the digests of every page; ``jobs`` processes make pages that may have changed."""
        known = self._previous.pages
        names = tuple(known) if self._inputs_unchanged else docnames(self._catalogue)
        missing = [name for name in names if self.get(name) is None]
        first = {_kind(name): name for name in reversed(missing)}.values()
        made = {name: self.build(name) for name in first}  # its cached queries serve the others
        rest = [name for name in missing if name not in made]
        made.update(zip(rest, map_parallel(self.build, rest, jobs), strict=True))
        for name in missing:
            self.keep(name, *made[name])
        return {name: self._current[name].digests for name in names}

    def get(self, docname: str) -> PageDigests | None:
        """Return the digests of an unchanged page, None if it must be made."""
        previous = self._previous.pages.get(docname)
        if previous and (
            self._inputs_unchanged
            or self._result_digest(previous.queries) == previous.result_digest
        ):
            self._current[docname] = previous
            return previous.digests
        return None

    def build(self, docname: str) -> tuple[PageDigests, tuple[Query, ...]]:
        """Make a page, in any process; return its digests and its queries to the catalogue.

        :meth:`keep` is for the process that saves the cache.
        """
        catalogue = self._catalogue
        with catalogue.tracker.record() as queries:
            made, here = build_page(catalogue, docname), navigation_for(catalogue, docname)
        digests = PageDigests(digest(repr(made)), digest(repr(here)))
        return digests, tuple(sorted(queries, key=repr))

    def keep(self, docname: str, digests: PageDigests, queries: Iterable[Query]) -> None:
        """Store the digests and queries of a page."""
        known = tuple(self._interned.setdefault(query, query) for query in queries)
        self._current[docname] = _CachedPage(digests, known, self._result_digest(known))

    def current(self) -> CachedPages:
        return CachedPages(
            toolchain_digest=self._toolchain_digest,
            input_digest=self._input_digest,
            pages=self._current,
        )

    def _result_digest(self, queries: Iterable[Query]) -> str:
        return digest("".join(map(self._query_digest, queries)))


def _kind(docname: str) -> tuple[str, int]:
    """Return a value that all pages of a kind share."""
    folder, *below = docname.split("/")
    return folder, len(below)
