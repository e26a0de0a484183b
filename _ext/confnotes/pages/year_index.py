"""The page of a year and the index of years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.model import Event
from confnotes.pages import references
from confnotes.pages.event import facts
from confnotes.pages.i18n import _, counted
from confnotes.pages.model import (
    CrossReference,
    Inline,
    List,
    ListItem,
    Page,
    Para,
    Section,
    Span,
    Text,
)
from confnotes.pages.talk_list import talk_list

_MOST_EVENTS, _MOST_TALKS = 100, 200
"""The index names the events of each year, and a year the talks of each event, while there are
no more than these in all."""


def year_docname(year: int) -> str:
    return f"years/{year:04}/index"


def year_page(catalogue: Catalogue, docname: str) -> Page:
    year = int(docname.split("/")[1])
    events = catalogue.years.get(year, ())
    return Page(
        docname,
        f"{year:04}",
        (_programme(catalogue, events),) if events else (),
        has_prose=docname in catalogue.handwritten,
        children=tuple(event.docname for event in events),
        description=_("Conferences of {year}: {events}").format(
            year=year, events=", ".join(event.name for event in events[:8])
        ),
    )


def index(catalogue: Catalogue, docname: str) -> Page:
    years = sorted(catalogue.years, reverse=True)
    brief = len(catalogue.events) > _MOST_EVENTS
    if brief:
        pairs = [(_ref(year), _notes(catalogue, catalogue.years[year])) for year in years]
        blocks: Iterable[List | Section] = (references.counted_list(pairs),)
    else:
        blocks = (
            Section(
                f"in-{year:04}",
                (_ref(year),),
                (event_list(catalogue, catalogue.years[year]),),
                classes=("conf-year",),
            )
            for year in years
        )
    return Page(
        docname,
        _("Years"),
        tuple(blocks),
        has_prose=docname in catalogue.handwritten,
        children=tuple(year_docname(year) for year in sorted(catalogue.years)),
        description=_("Every event with notes, by year."),
    )


def _programme(catalogue: Catalogue, events: Sequence[Event]) -> List:
    """Return the events of a year, with their talks if there are not too many."""
    listed = event_list(catalogue, events)
    talks = [_talks(catalogue, event) for event in events]
    if sum(map(len, talks)) > _MOST_TALKS:
        return listed
    items = (
        replace(item, blocks=(*item.blocks, talk_list(catalogue, told, place=False)))
        if told
        else item
        for item, told in zip(listed.items, talks, strict=True)
    )
    return replace(listed, items=tuple(items))


def _talks(catalogue: Catalogue, event: Event) -> list[TalkEntry]:
    notes = catalogue.notes_by_event.get(event.docname, ())
    return [talk for entry in notes for talk in entry.talks]


def event_list(catalogue: Catalogue, events: Sequence[Event]) -> List:
    """Return a list of ``events`` with dates, places and how much there is of each."""
    items = []
    for event in events:
        number = _notes(catalogue, (event,))
        size = Span(("conf-count",), (Text(counted(number, "{} note", "{} notes")),))
        line: tuple[Inline, ...] = (references.event(event), *facts(event), size)
        items.append(ListItem((Para(references.join(line)),)))
    return List(tuple(items), classes=("conf-events",))


def _ref(year: int) -> CrossReference:
    return CrossReference("doc", year_docname(year), f"{year:04}")


def _notes(catalogue: Catalogue, events: Iterable[Event]) -> int:
    return sum(len(catalogue.notes_by_event.get(event.docname, ())) for event in events)
