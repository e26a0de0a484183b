"""Cache of page digests: a page is made again only if one of its queries has a new result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from confnotes.catalogue import Catalogue
from confnotes.catalogue.tracking import Query, query_digest
from confnotes.digests import digest
from confnotes.pages import page
from confnotes.pages.model import Page
from confnotes.pages.navigation import navigation_for
from confnotes.stamps import Stamp


class PageDigests(NamedTuple):
    """What changes with a page, and with its place."""

    page: str
    navigation: str


class BuiltPage(NamedTuple):
    """A page, and what it asked of the catalogue."""

    page: Page
    digests: PageDigests
    queries: tuple[Query, ...]


class _CachedPage(NamedTuple):
    """What making a page has shown; ``result_digest`` is a digest of those to ``queries``."""

    digests: PageDigests
    queries: tuple[Query, ...]
    result_digest: str


@dataclass(frozen=True, kw_only=True)
class CachedPages:
    """What a build keeps of its pages for the next, by docname.

    They count only for the same code and words (``toolchain_digest``). If they were made of
    the same notes, too (``input_digest``), none can differ. ``files`` are the stamps of
    those that are files.
    """

    toolchain_digest: str = ""
    input_digest: str = ""
    pages: Mapping[str, _CachedPage] = field(default_factory=dict)
    files: Mapping[str, Stamp] = field(default_factory=dict)


class PageCache:
    """The pages of one catalogue, and those that the ``previous`` build made."""

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
        self._input_digest = input_digest
        self._interned: dict[Query, Query] = {}  # many pages ask the same
        self._query_digests: dict[Query, str] = {}
        self._current: dict[str, _CachedPage] = {}
        self._files: dict[str, Stamp] = {}

    def get(self, docname: str) -> PageDigests | None:
        """Return the digests of a page that is what it was, None if it must be made."""
        previous = self._previous.pages.get(docname)
        if previous and (
            self._inputs_unchanged
            or self._result_digest(previous.queries) == previous.result_digest
        ):
            self._current[docname] = previous
            return previous.digests
        return None

    def build(self, docname: str) -> BuiltPage:
        """Make a page, in any process; :meth:`keep` is for the one that saves the cache."""
        catalogue = self._catalogue
        with catalogue.tracker.record() as heard:
            made, here = page(catalogue, docname), navigation_for(catalogue, docname)
        digests = PageDigests(digest(repr(made)), digest(repr(here)))
        return BuiltPage(made, digests, tuple(sorted(heard, key=repr)))

    def keep(self, docname: str, digests: PageDigests, queries: Iterable[Query]) -> None:
        """Keep what making a page has shown."""
        known = tuple(self._interned.setdefault(query, query) for query in queries)
        self._current[docname] = _CachedPage(digests, known, self._result_digest(known))

    def has_file(self, docname: str, path: Path) -> bool:
        """Return True if the file ``path`` is that of the page in the previous build."""
        stamp = self._previous.files.get(docname)
        if stamp is None or not stamp.fits(path):
            return False
        self._files[docname] = stamp
        return True

    def keep_file(self, docname: str, path: Path) -> None:
        """Note that the file ``path`` is that of the page."""
        if stamp := Stamp.of(path):
            self._files[docname] = stamp

    def current(self) -> CachedPages:
        """Return what the next build needs to know."""
        return CachedPages(
            toolchain_digest=self._toolchain_digest,
            input_digest=self._input_digest,
            pages=self._current,
            files=self._files,
        )

    def _result_digest(self, queries: Iterable[Query]) -> str:
        for query in queries:
            if query not in self._query_digests:
                self._query_digests[query] = query_digest(self._catalogue, query)
        return digest(*map(self._query_digests.__getitem__, queries))
