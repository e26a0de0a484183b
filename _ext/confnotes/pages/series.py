"""The page of a series: its editions over the years, and who spoke at several of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from confnotes.catalogue import Catalogue
from confnotes.model import Event
from confnotes.pages import charts, references, year_index
from confnotes.pages.i18n import _, counted
from confnotes.pages.model import (
    Inline,
    Page,
    PageBlock,
    PageTable,
    Para,
    Section,
    Span,
    Text,
)

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
    yield Para(references.join((Text(number), Text(size))), classes=("conf-facts",))
    told = charts.talks_by_year(catalogue, talks)
    held = {event.year: event for event in editions}
    if bars := charts.year_bars(told, lambda year: references.event(held[year], str(year))):
        yield bars
    yield Section(
        "editions", (Text(_("Editions")),), (year_index.event_list(catalogue, editions[::-1]),)
    )
    if table := _people(catalogue, editions):
        yield Section("people", (Text(_("Spoke at several")),), (table,))
    topics = Counter(match.topic for talk in talks for match in talk.topics)
    if topics:
        most = sorted(topics.items(), key=lambda pair: (-pair[1], pair[0]))[:_MAX_TOPICS]
        pairs = [(references.topic(catalogue, slug), number) for slug, number in most]
        yield Section("topics", (Text(_("Topics")),), (references.counted_list(pairs),))


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
    most = sorted(at.items(), key=lambda pair: (-pair[1], pair[0]))[:_MAX_PEOPLE]
    rows: list[tuple[tuple[Inline, ...], ...]] = []
    for slug, number in most:
        if number > 1:
            cells = (given.get((slug, event.docname)) for event in columns)
            linked: Iterator[tuple[Inline, ...]] = (
                (Span(("conf-shade", "conf-shade-2"), (references.talk(talk),)),) if talk else ()
                for talk in cells
            )
            rows.append(((references.person(catalogue, slug),), *linked))
    if not rows:
        return None
    heading: tuple[tuple[Inline, ...], ...] = (
        (Text(_("Speaker")),),
        *((references.event(event),) for event in columns),
    )
    return PageTable((heading, *rows))
