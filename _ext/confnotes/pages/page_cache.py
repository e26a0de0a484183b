"""Cache of page digests: a page is made again only if one of its queries has a new result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple

from confnotes.catalogue import Catalogue
from confnotes.catalogue.tracking import Query, query_digest
from confnotes.digests import digest
from confnotes.pages import build_page, docnames
from confnotes.pages.navigation import navigation_for
from confnotes.pages.page_model import Page
from confnotes.parallel import map_parallel


class CachedPage(NamedTuple):
    """Digests of a page that was made, of its navigation, and of the results of its ``queries``."""

    page_digest: str
    navigation_digest: str
    queries: tuple[Query, ...]
    result_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class CachedPages:
    """The pages of a build, by docname, for the next build.

    They are valid only for the same code and translations (``toolchain_digest``). If the notes
    are the same, too (``input_digest``), no page has changed.
    """

    toolchain_digest: str = ""
    input_digest: str = ""
    pages: Mapping[str, CachedPage] = field(default_factory=dict)


class PageCache:
    """The pages of ``catalogue``, and the digests of those that were made in ``previous`` builds.

    Of these, ``jobs`` processes make the ones that may have changed. A new page has digests as soon
    as somebody reads it.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        previous: CachedPages,
        *,
        toolchain_digest: str,
        input_digest: str,
        jobs: int,
    ) -> None:
        self._catalogue = catalogue
        self._toolchain_digest, self._input_digest = toolchain_digest, input_digest
        self._digest_of = cache(partial(query_digest, catalogue))
        self._interned: dict[Query, Query] = {}  # many pages ask the same
        known = previous.pages if previous.toolchain_digest == toolchain_digest else {}
        is_same = bool(known) and previous.input_digest == input_digest
        self.docnames = frozenset(known if is_same else docnames(catalogue))
        self._pages = {name: page for name, page in known.items() if name in self.docnames}
        if not is_same:
            changed = [
                name
                for name, page in self._pages.items()
                if self._result_digest(page) != page.result_digest
            ]
            made = map_parallel(partial(_digests, catalogue), changed, jobs)
            self._pages |= {
                name: self._with_results(page) for name, page in zip(changed, made, strict=True)
            }

    def find(self, docname: str) -> CachedPage | None:
        """Return the digests of a page, None if it is new and has not been made."""
        return self._pages.get(docname)

    def page(self, docname: str) -> Page:
        """Return a page; take the digests of a new one."""
        if docname in self._pages:
            return build_page(self._catalogue, docname)
        page, made = _build(self._catalogue, docname)
        self._pages[docname] = self._with_results(made)
        return page

    def to_stored(self) -> CachedPages:
        """Return the digests of these pages for the next build."""
        is_complete = self.docnames <= self._pages.keys()
        return CachedPages(
            toolchain_digest=self._toolchain_digest,
            input_digest=self._input_digest if is_complete else "",
            pages=self._pages,
        )

    def _with_results(self, page: CachedPage) -> CachedPage:
        queries = tuple(self._interned.setdefault(query, query) for query in page.queries)
        return page._replace(queries=queries, result_digest=self._result_digest(page))

    def _result_digest(self, page: CachedPage) -> str:
        return digest("".join(map(self._digest_of, page.queries)))


def _build(catalogue: Catalogue, docname: str) -> tuple[Page, CachedPage]:
    with catalogue.tracker.record() as queries:
        page, here = build_page(catalogue, docname), navigation_for(catalogue, docname)
    asked = tuple(sorted(queries, key=repr))
    return page, CachedPage(digest(repr(page)), digest(repr(here)), asked)


def _digests(catalogue: Catalogue, docname: str) -> CachedPage:
    """Return the digests of a page and its queries, without the page, for another process."""
    return _build(catalogue, docname)[1]
