"""The front page's derived part: how much is here, what is new, what most talks are on."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.pages import coverage, dates, pictures, refs, years
from confnotes.pages.blocks import Inline, List, ListItem, Page, PageBlock, Para, Ref, Section, Text
from confnotes.pages.words import _, counted

_EVENTS, _NOTES, _TOPICS = 6, 6, 12
"""The most of each that is shown."""
_INDEXES = ("years/index", "topics/index", "speakers/index")


def page(catalogue: Catalogue, docname: str) -> Page:
    written = catalogue.handwritten.get(docname)
    return Page(
        docname,
        written.title if written else _("Conference notes"),
        tuple(_blocks(catalogue)),
        written=written is not None,
        contents=(*_INDEXES, coverage.DOCNAME),
        description=summary(catalogue),
    )


def _blocks(catalogue: Catalogue) -> Iterator[PageBlock]:
    missing = Ref("doc", coverage.DOCNAME, coverage.title())
    yield Para(refs.joined((Text(summary(catalogue)), missing)), classes=("conf-facts",))
    if events := list(catalogue.events.values())[: -_EVENTS - 1 : -1]:
        shown = years.event_list(catalogue, events)
        yield Section("events", (Text(_("Newest events")),), (shown,))
    if notes := list(catalogue.notes.values())[: -_NOTES - 1 : -1]:
        items = tuple(_note(catalogue, entry) for entry in notes)
        shown = List(items, classes=("conf-notes",))
        yield Section("newest", (Text(_("Newest notes")),), (shown,))
    numbers = {slug: len(talks) for slug, talks in catalogue.talks_by_topic.items()}
    most = sorted(numbers, key=lambda slug: (-numbers[slug], slug))[:_TOPICS]
    if most:
        table = pictures.topics_over_years(catalogue, most)
        pairs = [(refs.topic(catalogue, slug), numbers[slug]) for slug in most]
        yield Section("topics", (Text(_("Most talks are on")),), (table or refs.counts(pairs),))


def _note(catalogue: Catalogue, entry: NoteEntry) -> ListItem:
    title = f"{catalogue.events[entry.event].name} – {entry.label}"
    line: list[Inline] = [Ref("doc", entry.docname, title)]
    if entry.note.date:
        line.append(Text(dates.day(entry.note.date)))
    talks = Para(refs.joined(map(refs.talk, entry.talks)), classes=("conf-when",))
    return ListItem((Para(refs.joined(line)), *([talks] if entry.talks else ())))


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
