"""The pages of years and of series, and the index of years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from confnotes.catalogue import Catalogue, NoteEntry, TalkEntry
from confnotes.model import Event
from confnotes.pages import cross_references, css_charts, dates
from confnotes.pages.event_page import (
    Day,
    day_reference,
    notes_by_day,
    talk_count,
    talks_of_event,
    when_and_where,
)
from confnotes.pages.i18n import _, counted, format_number
from confnotes.pages.page_model import (
    CrossReference,
    Inline,
    List,
    ListItem,
    Page,
    PageBlock,
    PageTable,
    Section,
    Span,
)
from confnotes.pages.shorthands import bullets, inlines, item, join, most_common, para, section
from confnotes.pages.talk_list import talk_list

_MAX_EVENTS, _MAX_TALKS = 100, 200
"""Events up to which the index lists them; talks up to which a year lists them by day."""
_MAX_PEOPLE, _MAX_COLUMNS, _MAX_TOPICS = 16, 8, 12


def year_docname(year: int) -> str:
    return f"years/{year:04}/index"


def reference(year: int) -> CrossReference:
    return CrossReference("doc", year_docname(year), f"{year:04}")


def year_page(catalogue: Catalogue, docname: str) -> Page:
    year = int(docname.split("/")[1])
    events = catalogue.years.get(year, ())
    talks = sum(len(talks_of_event(catalogue, event)) for event in events)
    return Page(
        docname,
        f"{year:04}",
        tuple(_months(catalogue, events) if talks > _MAX_TALKS else _events(catalogue, events)),
        children=tuple(event.docname for event in events),
        description=_("Conferences of {year}: {events}").format(
            year=year, events=", ".join(event.name for event in events[:8])
        ),
    )


def year_index(catalogue: Catalogue, docname: str) -> Page:
    return Page(
        docname,
        _("Years"),
        tuple(_index(catalogue)),
        children=(
            *(year_docname(year) for year in sorted(catalogue.years, reverse=True)),
            *cross_references.series_pages(catalogue),
        ),
        description=_("Every event with notes, by year."),
    )


def _index(catalogue: Catalogue) -> Iterator[PageBlock]:
    counts = css_charts.count_by_year(catalogue, catalogue.talks)
    if picture := css_charts.year_bars(counts, reference):
        yield picture
    years = sorted(catalogue.years, reverse=True)
    if len(catalogue.events) > _MAX_EVENTS:
        items = []
        for year in years:
            events = counted(len(catalogue.years[year]), "{} event", "{} events")
            talks = counted(counts.get(year, 0), "{} talk", "{} talks")
            items.append(item(*join((reference(year), events, talks))))
        yield bullets("conf-events", items)
        return
    for year in years:
        listed = event_list(catalogue, catalogue.years[year])
        yield section(f"in-{year:04}", reference(year), listed, css_class="conf-year")


def _events(catalogue: Catalogue, events: Sequence[Event]) -> Iterator[Section]:
    """Yield a section for each event: when and where it was, its days and their talks."""
    for event in events:
        blocks: list[PageBlock] = [para("conf-facts", *_line(catalogue, event))]
        for day, notes in _by_day(catalogue, event).items():
            talks = [talk for entry in notes for talk in entry.talks]
            heading = para("conf-day", day_reference(event, day, day.title))
            blocks += heading, talk_list(catalogue, talks, place=False)
        slug = event.docname.split("/")[2]
        yield section(f"event-{slug}", cross_references.event(event), *blocks)


def _months(catalogue: Catalogue, events: Sequence[Event]) -> Iterator[Section]:
    """Yield a section for each month: its events, and the days of those that have several."""
    months: dict[str, list[Event]] = {}
    for event in events:
        notes = catalogue.notes_by_event.get(event.docname, ())
        start = event.start or next((entry.note.date for entry in notes if entry.note.date), None)
        title = dates.format_month(start) if start else _("Date not known")
        months.setdefault(title, []).append(event)
    for number, (title, held) in enumerate(months.items(), 1):
        yield section(f"month-{number}", title, event_list(catalogue, held, with_days=True))


def _by_day(catalogue: Catalogue, event: Event) -> Mapping[Day, list[NoteEntry]]:
    return notes_by_day(catalogue.notes_by_event.get(event.docname, ()))


def _days(event: Event, by_day: Mapping[Day, Sequence[NoteEntry]]) -> Iterator[CrossReference]:
    """Yield the days of an event, each with its number of talks, unless that is 1."""
    for day, notes in by_day.items():
        size = sum(len(entry.talks) for entry in notes)
        count = f" ({format_number(size)})" if size != 1 else ""
        yield day_reference(event, day, day.short + count)


def event_list(catalogue: Catalogue, events: Sequence[Event], *, with_days: bool = False) -> List:
    """Return a list of ``events`` with dates, places and numbers of talks."""
    items = []
    for event in events:
        name = para("conf-session", cross_references.event(event))
        lines = [name, para("conf-when", *_line(catalogue, event))]
        if with_days and len(by_day := _by_day(catalogue, event)) > 1:
            lines.append(para("conf-when", *join(_days(event, by_day))))
        items.append(ListItem(tuple(lines)))
    return bullets("conf-events", items)


def _line(catalogue: Catalogue, event: Event) -> tuple[Inline, ...]:
    return join((*when_and_where(event), talk_count(catalogue, event)))


def series_page(catalogue: Catalogue, docname: str) -> Page:
    editions = cross_references.series_pages(catalogue)[docname]
    name = editions[-1].series
    return Page(
        docname,
        name,
        tuple(_series_blocks(catalogue, editions)),
        description=f"{name}: {counted(len(editions), '{} event', '{} events')}",
    )


def _series_blocks(catalogue: Catalogue, editions: tuple[Event, ...]) -> Iterator[PageBlock]:
    by_event = catalogue.talks_by_event
    talks = [talk for event in editions for talk in by_event.get(event.docname, ())]
    size = counted(len(talks), "{} talk", "{} talks")
    number = counted(len(editions), "{} event", "{} events")
    yield para("conf-facts", *join((number, size)))
    counts = css_charts.count_by_year(catalogue, talks)
    by_year = {event.year: event for event in editions}
    if bars := css_charts.year_bars(
        counts, lambda year: cross_references.event(by_year[year], str(year))
    ):
        yield bars
    yield section("editions", _("Editions"), event_list(catalogue, editions[::-1]))
    if table := _speakers_at_several(catalogue, editions):
        yield section("people", _("Spoke at several"), table)
    yield from cross_references.topics_section(catalogue, talks, _MAX_TOPICS)


def _speakers_at_several(catalogue: Catalogue, editions: tuple[Event, ...]) -> PageTable | None:
    """Return a table of speakers and the latest editions; each cell links to the talk there."""
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
            rows.append(((cross_references.person(catalogue, slug),), *map(_cell, cells)))
    if not rows:
        return None
    years = (cross_references.event(event, str(event.year)) for event in columns)
    heading = inlines((_("Speaker"), *years))
    return PageTable((tuple((shown,) for shown in heading), *rows))


def _cell(talk: TalkEntry | None) -> tuple[Inline, ...]:
    return (Span(("conf-shade-2",), (cross_references.talk(talk),)),) if talk else ()
