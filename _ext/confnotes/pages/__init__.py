"""Generated pages: each is a pure function of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from confnotes.catalogue import Catalogue
from confnotes.pages import (
    cross_references,
    event_page,
    home_page,
    missing_data_page,
    note_page,
    speaker_pages,
    split_notes,
    topic_pages,
    year_pages,
    yearly_talks,
)
from confnotes.pages.page_model import Page


def has_pages(catalogue: Catalogue) -> bool:
    """Return True if a project has conference notes."""
    return bool(catalogue.notes or catalogue.events or catalogue.people or catalogue.topics)


def docnames(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(_docnames(catalogue)) if has_pages(catalogue) else ()


def build_page(catalogue: Catalogue, docname: str) -> Page:
    """Return the page ``docname``, or the generated part of a hand-written one."""
    return replace(_build(catalogue, docname), has_prose=docname in catalogue.handwritten)


def _build(catalogue: Catalogue, docname: str) -> Page:
    match docname.split("/"):
        case ["index"]:
            return home_page.home_page(catalogue, docname)
        case [missing_data_page.DOCNAME]:
            return missing_data_page.missing_data_page(catalogue, docname)
        case ["years", "index"]:
            return year_pages.year_index(catalogue, docname)
        case ["years", "series", _]:
            return year_pages.series_page(catalogue, docname)
        case ["years", _, "index"]:
            return year_pages.year_page(catalogue, docname)
        case ["years", _, _, "index"]:
            return event_page.event_page(catalogue, docname)
        case ["years", _, _, _, *_]:
            is_part = docname in split_notes.note_parts(catalogue)
            return (note_page.part_page if is_part else note_page.note_page)(catalogue, docname)
        case ["speakers", "index"]:
            return speaker_pages.speaker_index(catalogue, docname)
        case ["speakers", "letters", _]:
            return speaker_pages.letter_page(catalogue, docname)
        case ["speakers", _]:
            return speaker_pages.speaker_page(catalogue, docname)
        case ["topics", "index"]:
            return topic_pages.topic_index(catalogue, docname)
        case ["topics", _]:
            return topic_pages.topic_page(catalogue, docname)
        case ["speakers" | "topics", _, _]:
            return yearly_talks.part_page(catalogue, docname)
    raise LookupError(docname)


def _docnames(catalogue: Catalogue) -> Iterator[str]:
    yield from ("index", "years/index", "topics/index", "speakers/index", missing_data_page.DOCNAME)
    yield from (year_pages.year_docname(year) for year in catalogue.years)
    yield from cross_references.series_pages(catalogue)
    yield from catalogue.events
    yield from catalogue.notes
    yield from split_notes.note_parts(catalogue)
    yield from (person.docname for person in catalogue.people.values())
    yield from speaker_pages.letter_pages(catalogue)
    yield from (subject.docname for subject in catalogue.topics.values())
    for pages in yearly_talks.year_pages(catalogue).values():
        yield from (docname for docname, _label in pages)
