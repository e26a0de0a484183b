"""The generated part of the front page: figures, newest notes, newest events, people, topics."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.pages import (
    cross_references,
    css_charts,
    dates,
    missing_data_page,
    speaker_pages,
    talk_list,
    year_pages,
)
from confnotes.pages.i18n import _, counted, format_number, label_of
from confnotes.pages.page_model import CrossReference, ListItem, Page, PageBlock, Text
from confnotes.pages.shorthands import Shown, bullets, item, join, para, section, span

_MAX_EVENTS, _MAX_NOTES, _MAX_TALKS, _MAX_LABELS, _MAX_TOPICS = 6, 6, 3, 4, 18
"""Events and notes that are shown, talks and topics of a note, and tiles of topics."""
_INDEXES = ("years/index", "topics/index", "speakers/index")


def home_page(catalogue: Catalogue, docname: str) -> Page:
    written = catalogue.handwritten.get(docname)
    return Page(
        docname,
        written.title if written else _("Conference notes"),
        tuple(_blocks(catalogue)),
        children=(*_INDEXES, missing_data_page.DOCNAME),
        description=counts_summary(catalogue),
    )


def _blocks(catalogue: Catalogue) -> Iterator[PageBlock]:
    yield bullets("conf-figures", _figures(catalogue))
    if notes := list(catalogue.notes.values())[: -_MAX_NOTES - 1 : -1]:
        cards = bullets("conf-cards", (_card(catalogue, entry) for entry in notes))
        yield section("newest", _("Newest notes"), cards)
    if events := list(catalogue.events.values())[: -_MAX_EVENTS - 1 : -1]:
        counts = css_charts.count_by_year(catalogue, catalogue.talks)
        picture = css_charts.year_bars(counts, year_pages.reference)
        shown = year_pages.event_list(catalogue, events)
        yield section("events", _("Newest events"), *((picture, shown) if picture else (shown,)))
    yield from speaker_pages.heard_most(catalogue)
    if tiles := css_charts.topic_tiles(catalogue, _MAX_TOPICS):
        yield section("topics", _("Most talks are on"), tiles)


def _figures(catalogue: Catalogue) -> Iterator[ListItem]:
    for size, one, several, docname in (
        (len(catalogue.talks), "{} talk", "{} talks", ""),
        (len(catalogue.people), "{} speaker", "{} speakers", "speakers/index"),
        (len(catalogue.topics), "{} topic", "{} topics", "topics/index"),
        (len(catalogue.years), "{} year", "{} years", "years/index"),
    ):
        if not size:
            continue
        label = label_of(size, one, several)
        shown = CrossReference("doc", docname, label) if docname else Text(label)
        yield item(span("conf-number", format_number(size)), " ", shown)


def _card(catalogue: Catalogue, entry: NoteEntry) -> ListItem:
    """Return the event and session of a note, its first talks, and the topics of these."""
    event = catalogue.events[entry.event]
    session = cross_references.session(event, entry)
    is_talk = session.text in [talk.title for talk in entry.talks[:1]]
    facts: list[Shown] = [] if is_talk else [session]
    if entry.note.date and (when := dates.format_date(entry.note.date)) != session.text:
        facts.append(when)
    blocks: list[PageBlock] = [
        para("conf-when", span("conf-event", cross_references.event(event)), " ", *join(facts))
    ]
    if talks := entry.talks[:_MAX_TALKS]:
        blocks.append(talk_list.talk_list(catalogue, talks, place=False))
    if more := len(entry.talks) - len(talks):
        rest = CrossReference("doc", entry.docname, counted(more, "and {} more", "and {} more"))
        blocks.append(para("conf-more", rest))
    slugs = dict.fromkeys(match.topic for talk in entry.talks for match in talk.topics)
    if slugs:
        topics = (cross_references.topic(catalogue, slug) for slug in [*slugs][:_MAX_LABELS])
        blocks.append(para("conf-labels", *join(topics)))
    return ListItem(tuple(blocks))


def counts_summary(catalogue: Catalogue) -> str:
    counts = (
        counted(len(catalogue.talks), "{} talk", "{} talks"),
        counted(len(catalogue.people), "{} speaker", "{} speakers"),
        counted(len(catalogue.topics), "{} topic", "{} topics"),
        counted(len(catalogue.events), "{} event", "{} events"),
    )
    return " · ".join(counts)
