"""Cache of page digests: a page is made again only if one of its queries has a new result."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from confnotes.catalogue import Catalogue
from confnotes.catalogue.tracking import Query, query_digest
from confnotes.digests import digest
from confnotes.files import atomic_write
from confnotes.pages import page
from confnotes.pages.model import Page
from confnotes.pages.navigation import navigation_for
from confnotes.stamps import Stamp


class PageDigests(NamedTuple):
    """What changes with a page, and with its place."""

    page: str
    navigation: str


class _CachedPage(NamedTuple):
    """What making a page has shown; ``result_digest`` is a digest of those to ``queries``."""

    digests: PageDigests
    queries: tuple[Query, ...]
    result_digest: str


_Pages: TypeAlias = dict[str, _CachedPage]
"""By docname."""


class PageCache:
    """The pages of one catalogue, and those that the last build knew, which ``path`` keeps.

    What is kept counts only if it was ``made_with`` the same code and words. If it is
    ``made_of`` the same, too, nothing can be another, and nothing is asked.
    """

    def __init__(
        self, path: Path, catalogue: Catalogue, *, toolchain_digest: str, input_digest: str
    ) -> None:
        self._path = Path(path)
        self._catalogue = catalogue
        self._key = toolchain_digest, input_digest
        self._interned: dict[Query, Query] = {}  # many pages ask the same
        self._query_digests: dict[Query, str] = {}
        self._current: _Pages = {}
        self._previous: _Pages = {}
        self._inputs_unchanged = False
        self._files: dict[str, Stamp] = {}
        try:
            (code, notes), previous, files = pickle.loads(self._path.read_bytes())  # noqa: S301  our own file
        except Exception:  # noqa: BLE001  a damaged pickle may raise anything
            return
        if code == toolchain_digest:
            self._previous, self._inputs_unchanged, self._files = (
                previous,
                notes == input_digest,
                files,
            )

    def get(self, docname: str) -> PageDigests | None:
        """Return the digests of a page that is what it was, None if it must be made."""
        previous = self._previous.get(docname)
        if previous and (
            self._inputs_unchanged
            or self._result_digest(previous.queries) == previous.result_digest
        ):
            self._current[docname] = previous
            return previous.digests
        return None

    def build(self, docname: str) -> tuple[Page, PageDigests]:
        """Make a page; nothing is kept of the last build until :meth:`save`."""
        self._path.unlink(missing_ok=True)
        self._inputs_unchanged = False
        catalogue = self._catalogue
        with catalogue.tracker.record() as heard:
            made, here = page(catalogue, docname), navigation_for(catalogue, docname)
        queries = tuple(self._interned.setdefault(one, one) for one in sorted(heard, key=repr))
        digests = PageDigests(digest(repr(made)), digest(repr(here)))
        self._current[docname] = _CachedPage(digests, queries, self._result_digest(queries))
        return made, digests

    def has_file(self, docname: str, path: Path) -> bool:
        """Return True if the file ``path`` is that of the page, as :meth:`keep_file` had it."""
        return docname in self._files and self._files[docname].fits(path)

    def keep_file(self, docname: str, path: Path) -> None:
        """Note that the file ``path`` is that of the page."""
        if stamp := Stamp.of(path):
            self._files[docname] = stamp

    def save(self) -> None:
        """Keep what is known now."""
        if self._inputs_unchanged and self._current.keys() == self._previous.keys():
            return
        with atomic_write(self._path) as new:
            new.write_bytes(
                pickle.dumps((self._key, self._current, self._files), pickle.HIGHEST_PROTOCOL)
            )

    def _result_digest(self, queries: Iterable[Query]) -> str:
        for query in queries:
            if query not in self._query_digests:
                self._query_digests[query] = query_digest(self._catalogue, query)
        return digest(*map(self._query_digests.__getitem__, queries))
