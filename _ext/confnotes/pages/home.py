"""The front page's derived part: how much is here, what is new, what most talks are on."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.pages import charts, coverage, dates, references, year_index
from confnotes.pages.i18n import _, counted
from confnotes.pages.model import (
    CrossReference,
    Inline,
    List,
    ListItem,
    Page,
    PageBlock,
    Para,
    Section,
    Text,
)

_EVENTS, _NOTES, _TOPICS = 6, 6, 12
"""The most of each that is shown."""
_INDEXES = ("years/index", "topics/index", "speakers/index")


def page(catalogue: Catalogue, docname: str) -> Page:
    written = catalogue.handwritten.get(docname)
    return Page(
        docname,
        written.title if written else _("Conference notes"),
        tuple(_blocks(catalogue)),
        has_prose=written is not None,
        children=(*_INDEXES, coverage.DOCNAME),
        description=summary(catalogue),
    )


def _blocks(catalogue: Catalogue) -> Iterator[PageBlock]:
    missing = CrossReference("doc", coverage.DOCNAME, coverage.title())
    yield Para(references.join((Text(summary(catalogue)), missing)), classes=("conf-facts",))
    if events := list(catalogue.events.values())[: -_EVENTS - 1 : -1]:
        shown = year_index.event_list(catalogue, events)
        yield Section("events", (Text(_("Newest events")),), (shown,))
    if notes := list(catalogue.notes.values())[: -_NOTES - 1 : -1]:
        items = tuple(_note(catalogue, entry) for entry in notes)
        shown = List(items, classes=("conf-notes",))
        yield Section("newest", (Text(_("Newest notes")),), (shown,))
    numbers = {slug: len(talks) for slug, talks in catalogue.talks_by_topic.items()}
    most = sorted(numbers, key=lambda slug: (-numbers[slug], slug))[:_TOPICS]
    if most:
        table = charts.topics_over_years(catalogue, most)
        pairs = [(references.topic(catalogue, slug), numbers[slug]) for slug in most]
        yield Section(
            "topics", (Text(_("Most talks are on")),), (table or references.counted_list(pairs),)
        )


def _note(catalogue: Catalogue, entry: NoteEntry) -> ListItem:
    title = f"{catalogue.events[entry.event].name} – {entry.label}"
    line: list[Inline] = [CrossReference("doc", entry.docname, title)]
    if entry.note.date:
        line.append(Text(dates.format_date(entry.note.date)))
    talks = Para(references.join(map(references.talk, entry.talks)), classes=("conf-when",))
    return ListItem((Para(references.join(line)), *([talks] if entry.talks else ())))


def summary(catalogue: Catalogue) -> str:
    """Return how much there is of everything."""
    return " · ".join(
        (
            counted(len(catalogue.talks), "{} talk", "{} talks"),
            counted(len(catalogue.people), "{} speaker", "{} speakers"),
            counted(len(catalogue.topics), "{} topic", "{} topics"),
            counted(len(catalogue.events), "{} event", "{} events"),
        )
    )
