"""Which pages are others than in the build before, without making those that are not."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from confnotes.catalogue import Catalogue
from confnotes.catalogue.tracking import Query, query_digest
from confnotes.digests import digest
from confnotes.keeping import whole
from confnotes.pages import page
from confnotes.pages.blocks import Page
from confnotes.pages.place import place


class Digests(NamedTuple):
    """What changes with a page, and with its place."""

    page: str
    place: str


class _Made(NamedTuple):
    """What making a page has shown; ``answers`` is a digest of those to ``asked``."""

    digests: Digests
    asked: tuple[Query, ...]
    answers: str


_Pages: TypeAlias = dict[str, _Made]
"""By docname."""


class Known:
    """The pages of one catalogue, and those that the last build knew, which ``path`` keeps.

    What is kept counts only if it was ``made_with`` the same code and words. If it is
    ``made_of`` the same, too, nothing can be another, and nothing is asked.
    """

    def __init__(self, path: Path, catalogue: Catalogue, *, made_with: str, made_of: str) -> None:
        self._path = Path(path)
        self._catalogue = catalogue
        self._made = made_with, made_of
        self._questions: dict[Query, Query] = {}  # many pages ask the same
        self._answers: dict[Query, str] = {}
        self._now: _Pages = {}
        self._then: _Pages = {}
        self._are_same = False
        try:
            (code, notes), then = pickle.loads(self._path.read_bytes())  # noqa: S301  our own file
        except Exception:  # noqa: BLE001  a damaged pickle may raise anything
            return
        if code == made_with:
            self._then, self._are_same = then, notes == made_of

    def digests(self, docname: str) -> Digests | None:
        """Return the digests of a page that is what it was, None if it must be made."""
        then = self._then.get(docname)
        if then and (self._are_same or self._answered(then.asked) == then.answers):
            self._now[docname] = then
            return then.digests
        return None

    def make(self, docname: str) -> tuple[Page, Digests]:
        """Make a page; nothing is kept of the last build until :meth:`save`."""
        self._path.unlink(missing_ok=True)
        self._are_same = False
        catalogue = self._catalogue
        with catalogue.tracker.record() as heard:
            made, here = page(catalogue, docname), place(catalogue, docname)
        asked = tuple(self._questions.setdefault(one, one) for one in sorted(heard, key=repr))
        digests = Digests(digest(repr(made)), digest(repr(here)))
        self._now[docname] = _Made(digests, asked, self._answered(asked))
        return made, digests

    def save(self) -> None:
        """Keep what is known now."""
        if self._are_same and self._now.keys() == self._then.keys():
            return
        with whole(self._path) as new:
            new.write_bytes(pickle.dumps((self._made, self._now), pickle.HIGHEST_PROTOCOL))

    def _answered(self, asked: Iterable[Query]) -> str:
        for question in asked:
            if question not in self._answers:
                self._answers[question] = query_digest(self._catalogue, question)
        return digest(*map(self._answers.__getitem__, asked))
