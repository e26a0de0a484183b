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
    """Digests of a page and of its navigation."""

    page: str
    navigation: str


class CachedPage(NamedTuple):
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
    pages: Mapping[str, CachedPage] = field(default_factory=dict)

    def updated(
        self, catalogue: Catalogue, *, toolchain_digest: str, input_digest: str, jobs: int
    ) -> CachedPages:
        """Return the pages of ``catalogue``; ``jobs`` processes make those that may be others."""
        known = self.pages if self.toolchain_digest == toolchain_digest else {}
        if known and self.input_digest == input_digest:
            return self
        interned: dict[Query, Query] = {}  # many pages ask the same
        digest_of = cache(partial(query_digest, catalogue))

        def result_digest(queries: Iterable[Query]) -> str:
            return digest("".join(map(digest_of, queries)))

        pages = {
            name: known[name]
            for name in docnames(catalogue)
            if name in known and result_digest(known[name].queries) == known[name].result_digest
        }
        missing = [name for name in docnames(catalogue) if name not in pages]
        first = {_kind(name): name for name in reversed(missing)}.values()
        made = {name: _build(catalogue, name) for name in first}  # these queries serve the others
        rest = [name for name in missing if name not in made]
        found = map_parallel(partial(_build, catalogue), rest, jobs)
        for name, (digests, asked) in (*made.items(), *zip(rest, found, strict=True)):
            queries = tuple(interned.setdefault(query, query) for query in asked)
            pages[name] = CachedPage(digests, queries, result_digest(queries))
        return CachedPages(
            toolchain_digest=toolchain_digest, input_digest=input_digest, pages=pages
        )


def _build(catalogue: Catalogue, docname: str) -> tuple[PageDigests, tuple[Query, ...]]:
    """Make a page, in any process; return its digests and its queries to the catalogue."""
    with catalogue.tracker.record() as queries:
        made, here = build_page(catalogue, docname), navigation_for(catalogue, docname)
    digests = PageDigests(digest(repr(made)), digest(repr(here)))
    return digests, tuple(sorted(queries, key=repr))


def _kind(docname: str) -> tuple[str, int]:
    """Return a value that all pages of a kind share."""
    folder, *below = docname.split("/")
    return folder, len(below)
