"""The page of a series: its editions over the years, and who spoke at several of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.model import Event
from confnotes.pages import charts, references, year_index
from confnotes.pages.elements import inlines, join, most_common, para, section
from confnotes.pages.i18n import _, counted
from confnotes.pages.model import Inline, Page, PageBlock, PageTable, Span

_MAX_PEOPLE, _MAX_COLUMNS, _MAX_TOPICS = 16, 8, 12


def page(catalogue: Catalogue, docname: str) -> Page:
    editions = references.series_pages(catalogue)[docname]
    name = editions[-1].series
    return Page(
        docname,
        name,
        tuple(_blocks(catalogue, editions)),
        description=f"{name}: {counted(len(editions), '{} event', '{} events')}",
    )


def _blocks(catalogue: Catalogue, editions: tuple[Event, ...]) -> Iterator[PageBlock]:
    by_event = catalogue.talks_by_event
    talks = [talk for event in editions for talk in by_event.get(event.docname, ())]
    size = counted(len(talks), "{} talk", "{} talks")
    number = counted(len(editions), "{} event", "{} events")
    yield para("conf-facts", *join((number, size)))
    told = charts.talks_by_year(catalogue, talks)
    held = {event.year: event for event in editions}
    if bars := charts.year_bars(told, lambda year: references.event(held[year], str(year))):
        yield bars
    yield section("editions", _("Editions"), year_index.event_list(catalogue, editions[::-1]))
    if table := _people(catalogue, editions):
        yield section("people", _("Spoke at several"), table)
    if topics := Counter(match.topic for talk in talks for match in talk.topics):
        listed = references.topics(catalogue, most_common(topics, _MAX_TOPICS))
        yield section("topics", _("Topics"), listed)


def _people(catalogue: Catalogue, editions: tuple[Event, ...]) -> PageTable | None:
    """Return a table of speakers and the latest editions; a cell leads to the talk given there."""
    columns = editions[: -_MAX_COLUMNS - 1 : -1]
    given = {
        (slug, event.docname): talk
        for event in columns
        for talk in reversed(catalogue.talks_by_event.get(event.docname, ()))
        for slug in talk.people
    }
    at = Counter(slug for slug, _event in given)
    rows: list[tuple[tuple[Inline, ...], ...]] = []
    for slug, number in most_common(at, _MAX_PEOPLE):
        if number > 1:
            cells = (given.get((slug, event.docname)) for event in columns)
            rows.append(((references.person(catalogue, slug),), *map(_cell, cells)))
    if not rows:
        return None
    heading = inlines((_("Speaker"), *map(references.event, columns)))
    return PageTable((tuple((shown,) for shown in heading), *rows))


def _cell(talk: TalkEntry | None) -> tuple[Inline, ...]:
    return (Span(("conf-shade", "conf-shade-2"), (references.talk(talk),)),) if talk else ()
