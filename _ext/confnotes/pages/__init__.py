"""Pages: each a pure function of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.catalogue import Catalogue
from confnotes.pages import (
    event,
    home,
    missing,
    note,
    references,
    speaker,
    talk_pages,
    talk_years,
    topic,
    years,
)
from confnotes.pages.model import Page


def has_pages(catalogue: Catalogue) -> bool:
    """Return True unless a project is without conference notes."""
    return bool(catalogue.notes or catalogue.events or catalogue.people or catalogue.topics)


def docnames(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the docname of every page."""
    return tuple(_docnames(catalogue)) if has_pages(catalogue) else ()


def page(catalogue: Catalogue, docname: str) -> Page:
    """Return the page ``docname``, or the derived part of one that a person began."""
    match docname.split("/"):
        case ["index"]:
            return home.page(catalogue, docname)
        case [missing.DOCNAME]:
            return missing.page(catalogue, docname)
        case ["years", "index"]:
            return years.index(catalogue, docname)
        case ["years", "series", _]:
            return years.series_page(catalogue, docname)
        case ["years", _, "index"]:
            return years.year_page(catalogue, docname)
        case ["years", _, _, "index"]:
            return event.page(catalogue, docname)
        case ["years", _, _, _, *_]:
            is_talk = docname in talk_pages.talk_parts(catalogue)
            return (note.talk_page if is_talk else note.page)(catalogue, docname)
        case ["speakers", "index"]:
            return speaker.index(catalogue, docname)
        case ["speakers", "letters", _]:
            return speaker.letter_page(catalogue, docname)
        case ["speakers", _]:
            return speaker.page(catalogue, docname)
        case ["speakers", _, _]:
            return speaker.year_page(catalogue, docname)
        case ["topics", "index"]:
            return topic.index(catalogue, docname)
        case ["topics", _]:
            return topic.page(catalogue, docname)
        case ["topics", _, _]:
            return topic.year_page(catalogue, docname)
    raise LookupError(docname)


def _docnames(catalogue: Catalogue) -> Iterator[str]:
    yield from ("index", "years/index", "topics/index", "speakers/index", missing.DOCNAME)
    yield from (years.year_docname(year) for year in catalogue.years)
    yield from references.series_pages(catalogue)
    yield from catalogue.events
    yield from catalogue.notes
    yield from talk_pages.talk_parts(catalogue)
    yield from (person.docname for person in catalogue.people.values())
    yield from speaker.letter_pages(catalogue)
    yield from (subject.docname for subject in catalogue.topics.values())
    for pages in talk_years.parts(catalogue).values():
        yield from (docname for docname, _label in pages)
