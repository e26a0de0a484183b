"""The page of an event: its sessions day by day, and the other editions of its series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from confnotes.catalogue import Catalogue, NoteEntry, TalkEntry
from confnotes.model import Event
from confnotes.names import normalize
from confnotes.pages import cross_references, dates, mentions
from confnotes.pages.i18n import _, counted
from confnotes.pages.inline_markup import safe_link
from confnotes.pages.page_model import CrossReference, ListItem, Page, PageBlock, PageObject
from confnotes.pages.programme_blocks import programme_section
from confnotes.pages.shorthands import (
    Shown,
    bullets,
    item,
    join,
    para,
    section,
    shorten_description,
)
from confnotes.pages.talk_list import talk_list
from confnotes.slugs import slugify

_MAX_EDITIONS, _MAX_TALKS, _MAX_TOPICS = 12, 200, 12
"""Editions that are listed; talks up to which an event lists them, not only its sessions; topics
that are listed.
"""


class Day(NamedTuple):
    """A day of an event: its anchor on the event's page, and its title."""

    node_id: str
    title: str
    short: str
    """The title beside others of a year."""


def event_page(catalogue: Catalogue, docname: str) -> Page:
    event = catalogue.events[docname]
    notes = catalogue.notes_by_event.get(docname, ())
    name = cross_references.event_name(docname)
    summary = (event.name, event.location, dates.format_range(event), talk_count(catalogue, event))
    return Page(
        docname,
        event.name,
        tuple(_blocks(catalogue, event, notes)),
        objects=(
            PageObject("event", name, event.name, aliases=event.aliases),
            *(
                PageObject(
                    "event", f"{name}/{day.node_id}", f"{event.name}, {day.title}", day.node_id
                )
                for day in notes_by_day(notes)
            ),
        ),
        children=tuple(entry.docname for entry in notes),
        description=shorten_description(". ".join(filter(None, summary))),
    )


def talks_of_event(catalogue: Catalogue, event: Event) -> tuple[TalkEntry, ...]:
    return catalogue.talks_by_event.get(event.docname, ())


def talk_count(catalogue: Catalogue, event: Event) -> str:
    """Return the number of talks of an event, which stays in one line."""
    number = counted(len(talks_of_event(catalogue, event)), "{} talk", "{} talks")
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def when_and_where(event: Event) -> list[Shown]:
    return [text for text in (dates.format_range(event), event.location) if text]


def _blocks(
    catalogue: Catalogue, event: Event, notes: tuple[NoteEntry, ...]
) -> Iterator[PageBlock]:
    talks = talks_of_event(catalogue, event)
    known = when_and_where(event)
    if talks:
        known.append(talk_count(catalogue, event))
    if series := cross_references.series(catalogue, event):
        known.append(series)
    if event.url:
        known.append(safe_link(event.url))
    if known:
        yield para("conf-facts", *join(known))
    for day, sessions in notes_by_day(notes).items():
        items = (_session(catalogue, event, entry, len(talks)) for entry in sessions)
        yield section(day.node_id, day.title, bullets("conf-sessions", items))
    yield from programme_section(catalogue, event.docname)
    yield from cross_references.topics_section(catalogue, talks, _MAX_TOPICS)
    yield from _editions(catalogue, event)
    yield from mentions.mentions_section(catalogue, event.docname)


def notes_by_day(notes: Iterable[NoteEntry]) -> Mapping[Day, list[NoteEntry]]:
    """Return the notes of an event by day, in their order."""
    found: dict[Day, list[NoteEntry]] = {}
    known: dict[str, Day] = {}
    for entry in notes:
        day = _day(entry)
        found.setdefault(known.setdefault(day.node_id, day), []).append(entry)
    return found


def day_reference(event: Event, day: Day, title: str) -> CrossReference:
    name = cross_references.event_name(event.docname)
    return CrossReference("event", f"{name}/{day.node_id}", title)


def _day(entry: NoteEntry) -> Day:
    note = entry.note
    if note.date:
        title = dates.format_weekday(note.date)
        if note.day and normalize(note.day) not in normalize(title):
            title = f"{note.day} – {title}"
        return Day(f"day-{note.date.isoformat()}", title, dates.format_day(note.date))
    title = note.day or _("Date not known")
    return Day(f"on-{slugify(note.day)}" if note.day else "undated", title, title)


def _session(catalogue: Catalogue, event: Event, entry: NoteEntry, number: int) -> ListItem:
    """Return a session, and its talks or how many they are, of an event with ``number`` talks."""
    title = entry.note.session or cross_references.session_title(event, entry)
    link = CrossReference("doc", entry.docname, title)
    if number > _MAX_TALKS:
        return item(link, " ", cross_references.count_span(len(entry.talks)))
    heading = para("conf-session", link)
    if not entry.talks:
        return ListItem((heading,))
    talks = talk_list(catalogue, entry.talks, place=False)
    day = entry.note.date and dates.format_date(entry.note.date)
    is_repeated = title in {day, entry.talks[0].title}
    return ListItem((talks,) if is_repeated else (heading, talks))


def _editions(catalogue: Catalogue, event: Event) -> Iterator[PageBlock]:
    """Yield the editions of the series that are nearest to this one."""
    editions = catalogue.editions(event)
    here = editions.index(event)
    start = max(0, min(here - _MAX_EDITIONS // 2, len(editions) - _MAX_EDITIONS - 1))
    near = [one for one in editions[start : start + _MAX_EDITIONS + 1] if one is not event]
    if near:
        items = (
            item(*join((cross_references.event(one), *when_and_where(one)))) for one in near[::-1]
        )
        title = _("Other editions of {series}").format(series=event.series)
        yield section("editions", title, bullets("conf-events", items))
