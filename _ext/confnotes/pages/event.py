"""The page of an event: its sessions day by day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.model import Event
from confnotes.names import normalize
from confnotes.pages import dates, references
from confnotes.pages.description import truncate
from confnotes.pages.i18n import _, counted
from confnotes.pages.inline_markup import link
from confnotes.pages.model import (
    CrossReference,
    Inline,
    List,
    ListItem,
    Page,
    PageBlock,
    PageObject,
    Para,
    Section,
    Span,
    Text,
)
from confnotes.pages.talk_list import talk_list
from confnotes.slugs import slugify

_MAX_EDITIONS = 12


def page(catalogue: Catalogue, docname: str) -> Page:
    event = catalogue.events[docname]
    notes = catalogue.notes_by_event.get(docname, ())
    name = references.event_name(docname)
    return Page(
        docname,
        event.name,
        tuple(_blocks(catalogue, event, notes)),
        has_prose=docname in catalogue.handwritten,
        objects=(PageObject("event", name, event.name, aliases=event.aliases),),
        children=tuple(entry.docname for entry in notes),
        description=truncate(
            ". ".join(
                filter(None, (event.name, event.location, dates.format_range(event), _talks(notes)))
            )
        ),
    )


def facts(event: Event) -> Iterator[Inline]:
    """Yield when and where an event was."""
    if when := dates.format_range(event):
        yield Span(("conf-date",), (Text(when),))
    if event.location:
        yield Span(("conf-place",), (Text(event.location),))


def _blocks(
    catalogue: Catalogue, event: Event, notes: tuple[NoteEntry, ...]
) -> Iterator[PageBlock]:
    known = list(facts(event))
    if event.url:
        known.append(Span(("conf-link",), (link(event.url),)))
    if known:
        yield Para(references.join(known), classes=("conf-facts",))
    for (node_id, title), sessions in groupby(notes, _day):
        items = tuple(_session(catalogue, entry) for entry in sessions)
        yield Section(node_id, (Text(title),), (List(items, classes=("conf-sessions",)),))
    yield from _editions(catalogue, event)


def _day(entry: NoteEntry) -> tuple[str, str]:
    """Return the anchor and the heading of the day of a session."""
    note = entry.note
    if note.date:
        title = dates.format_weekday(note.date)
        if note.day and normalize(note.day) not in normalize(title):
            title = f"{note.day} – {title}"
        return f"day-{note.date.isoformat()}", title
    if note.day:
        return f"on-{slugify(note.day)}", note.day
    return "undated", _("Date not known")


def _session(catalogue: Catalogue, entry: NoteEntry) -> ListItem:
    title = entry.note.session or entry.label or entry.docname.rpartition("/")[2]
    link = Para((CrossReference("doc", entry.docname, title),), classes=("conf-session",))
    if not entry.talks:
        return ListItem((link,))
    return ListItem((link, talk_list(catalogue, entry.talks, place=False)))


def _editions(catalogue: Catalogue, event: Event) -> Iterator[PageBlock]:
    """Yield the editions of the series that are nearest to this one."""
    editions = catalogue.editions(event)
    here = editions.index(event)
    start = max(0, min(here - _MAX_EDITIONS // 2, len(editions) - _MAX_EDITIONS - 1))
    near = [one for one in editions[start : start + _MAX_EDITIONS + 1] if one is not event]
    if near:
        items = tuple(
            ListItem((Para(references.join((references.event(one), *facts(one)))),)) for one in near
        )
        title = _("Other editions of {series}").format(series=event.series)
        yield Section("editions", (Text(title),), (List(items, classes=("conf-events",)),))


def _talks(notes: tuple[NoteEntry, ...]) -> str:
    return counted(sum(len(entry.talks) for entry in notes), "{} talk", "{} talks")
