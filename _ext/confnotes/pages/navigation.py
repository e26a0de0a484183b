"""Navigation of a page: breadcrumbs, siblings and children, bounded in number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.catalogue.tracking import cached_query
from confnotes.model import Event
from confnotes.pages import split_notes, yearly_talks
from confnotes.pages.cross_references import session_title
from confnotes.pages.i18n import _
from confnotes.pages.speaker_pages import letter_pages, letters_by_person
from confnotes.pages.year_pages import year_docname

Entry: TypeAlias = tuple[str, str]
"""A docname and its title."""
_MAX_SIBLINGS = 12
_HOME, _YEARS, _TOPICS, _SPEAKERS = "index", "years/index", "topics/index", "speakers/index"


@dataclass(frozen=True, slots=True)
class Navigation:
    """The navigation of a page.

    ``breadcrumbs`` are the pages from the front page to the parent. ``siblings`` include the page
    itself. Of siblings and ``children`` there are a few at most; ``more_siblings`` and
    ``more_children`` count the others.
    """

    breadcrumbs: tuple[Entry, ...] = ()
    previous: Entry | None = None
    next: Entry | None = None
    siblings: tuple[Entry, ...] = ()
    children: tuple[Entry, ...] = ()
    more_siblings: int = 0
    more_children: int = 0


@cached_query
def index_pages(catalogue: Catalogue) -> tuple[Entry, ...]:
    """Return the indexes of years, topics and people."""
    titles = {_YEARS: _("Years"), _TOPICS: _("Topics"), _SPEAKERS: _("Speakers")}
    return tuple((docname, _title(catalogue, docname, title)) for docname, title in titles.items())


def navigation_for(catalogue: Catalogue, docname: str) -> Navigation:
    previous, following, around, more_siblings = _siblings(catalogue).get(docname, _ALONE)
    children = _rows(catalogue).get(docname, ())
    return Navigation(
        tuple(_breadcrumbs(catalogue, docname)),
        previous,
        following,
        around,
        tuple(children[:_MAX_SIBLINGS]),
        more_siblings,
        max(0, len(children) - _MAX_SIBLINGS),
    )


def _breadcrumbs(catalogue: Catalogue, docname: str) -> Iterator[Entry]:
    if docname == _HOME:
        return
    yield _HOME, _title(catalogue, _HOME, _("Home"))
    folder, _slash, rest = docname.partition("/")
    if rest == "index":
        return
    yield from (entry for entry in index_pages(catalogue) if entry[0] == f"{folder}/index")
    if folder == "years":
        parts = split_notes.note_parts(catalogue)
        note = parts[docname].note if docname in parts else docname
        event = catalogue.notes[note].event if note in catalogue.notes else docname
        if event in catalogue.events:
            yield _year(catalogue.events[event].year)
        if event != docname:
            yield event, catalogue.events[event].name
        if note != docname:
            yield note, _session(catalogue.events[event], catalogue.notes[note])
    elif folder == "topics" and rest in catalogue.topics:
        broader = list(catalogue.ancestors(rest))
        yield from ((topic.docname, topic.title) for topic in reversed(broader))
    elif rest in catalogue.people:
        yield from _letters(catalogue, letters_by_person(catalogue).get(rest))
    elif docname in letter_pages(catalogue):
        yield from _letters(catalogue, letter_pages(catalogue)[docname][1])
    elif part := yearly_talks.parts_by_page(catalogue).get(docname):
        yield part.subject.docname, part.subject.name


def _letters(catalogue: Catalogue, docname: str | None) -> Iterator[Entry]:
    """Yield the index page ``docname`` of a letter after the index pages above it."""
    if docname is not None and docname in letter_pages(catalogue):
        prefix, above = letter_pages(catalogue)[docname]
        yield from _letters(catalogue, above)
        yield docname, prefix


_Siblings: TypeAlias = tuple[Entry | None, Entry | None, tuple[Entry, ...], int]
_ALONE: _Siblings = (None, None, (), 0)


@cached_query
def _siblings(catalogue: Catalogue) -> Mapping[str, _Siblings]:
    """Return the previous and next page of each, some siblings, and the number of others."""
    found: dict[str, _Siblings] = {}
    for row in _all_rows(catalogue):
        for at, (docname, _title) in enumerate(row):
            start = max(0, min(at - _MAX_SIBLINGS // 2, len(row) - _MAX_SIBLINGS))
            found[docname] = (
                row[at - 1] if at > 0 else None,
                row[at + 1] if at + 1 < len(row) else None,
                tuple(row[start : start + _MAX_SIBLINGS]),
                max(0, len(row) - _MAX_SIBLINGS),
            )
    return found


def _all_rows(catalogue: Catalogue) -> Iterator[Sequence[Entry]]:
    yield index_pages(catalogue)
    yield from _rows(catalogue).values()
    yield from yearly_talks.year_pages(catalogue).values()
    yield [(person.docname, person.label) for person in catalogue.people_sorted]
    yield [(topic.docname, topic.title) for topic in catalogue.children_of_topic.get("", ())]


@cached_query
def _rows(catalogue: Catalogue) -> Mapping[str, Sequence[Entry]]:
    """Return the children of each page that has any, in reading order."""
    found: dict[str, Sequence[Entry]] = {}
    found[_YEARS] = [_year(year) for year in sorted(catalogue.years, reverse=True)]
    for year, events in catalogue.years.items():
        found[year_docname(year)] = [(event.docname, event.name) for event in events]
    for event, notes in catalogue.notes_by_event.items():
        edition = catalogue.events[event]
        found[event] = [(entry.docname, _session(edition, entry)) for entry in notes]
        for entry in notes:
            found[entry.docname] = split_notes.pages_of_note(catalogue, entry.docname)
    for topic in catalogue.topics.values():
        narrower = catalogue.children_of_topic.get(topic.slug, ())
        found[topic.docname] = [(child.docname, child.title) for child in narrower]
    found[_SPEAKERS] = []
    for docname, (prefix, above) in letter_pages(catalogue).items():
        found[above] = [*found.get(above, ()), (docname, prefix)]
    return found


def _session(edition: Event, entry: NoteEntry) -> str:
    """Return the title of a note below its event."""
    is_named = entry.note.day or entry.note.session
    return entry.label if is_named else session_title(edition, entry)


def _year(year: int) -> Entry:
    return year_docname(year), f"{year:04}"


def _title(catalogue: Catalogue, docname: str, title: str) -> str:
    written = catalogue.handwritten.get(docname)
    return written.title if written and written.title else title
