"""Events, from hand-written pages or inferred from notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from confnotes.catalogue.name_claims import NameClaim, index_names
from confnotes.catalogue.page_front_matter import FrontMatter
from confnotes.catalogue.summaries import NoteSummary
from confnotes.model import Event
from confnotes.notes.entities.event_names import is_year, series_name


def event_of(docname: str) -> str:
    """Return the docname of the event whose folder holds the note ``docname``."""
    return f"{'/'.join(docname.split('/')[:3])}/index"


def is_event(docname: str) -> bool:
    match docname.split("/"):
        case ["years", year, _, "index"]:
            return is_year(year)
    return False


def event_from_page(docname: str, front: FrontMatter) -> Event:
    """Return the event that a hand-written page describes."""
    name = front.text("name") or front.heading or _of_folder(docname)
    start, end = front.date("start"), front.date("end")
    if start and end and end < start:
        message = f"the end date is before the start date {start}"
        front.add_error(front.scalar("end"), message, "swap the dates")
        end = None
    return Event(
        name=name,
        series=front.text("series") or series_name(name),
        year=_year(docname),
        docname=docname,
        start=start,
        end=end,
        location=front.text("place"),
        url=front.url("url"),
        aliases=tuple(value.text for value in front.strings("aliases")),
    )


def inferred_event(docname: str, notes: Iterable[NoteSummary]) -> Event:
    """Return the event of a folder without a page, with the name that most of its notes use."""
    named = [note for note in notes if note.event]
    typed = [note for note in named if note.is_event_typed]
    names = Counter((note.event, note.series) for note in typed or named)
    name, series = min(
        names, key=lambda pair: (-names[pair], pair), default=(_of_folder(docname), "")
    )
    return Event(
        name=name, series=series or series_name(name), year=_year(docname), docname=docname
    )


def index_event_names(
    events: Mapping[str, Event], pages: Mapping[str, FrontMatter]
) -> dict[str, str]:
    """Return docnames by every name of an event; report a name that two events share."""
    typed = {docname: pages.get(docname) for docname in sorted(events)}
    names = (
        NameClaim(events[docname].name, docname, page, page.scalar("name") if page else None)
        for docname, page in typed.items()
    )
    aliases = (
        NameClaim(value.text, docname, page, value)
        for docname, page in typed.items()
        if page
        for value in page.strings("aliases")
    )
    return index_names((*names, *aliases))


def sort_events(
    events: Mapping[str, Event], notes: Mapping[str, Iterable[NoteSummary]]
) -> dict[str, Event]:
    """Return ``events`` in chronological order; ``notes`` are by event."""

    def chronological(docname: str) -> tuple[int, date, str, str]:
        event = events[docname]
        dates = [note.date for note in notes.get(docname, ()) if note.date is not None]
        start = event.start or min(dates, default=date(event.year, 12, 31))
        return event.year, start, event.name.casefold(), docname

    return {docname: events[docname] for docname in sorted(events, key=chronological)}


def _year(docname: str) -> int:
    return int(docname.split("/")[1])


def _of_folder(docname: str) -> str:
    _, year, slug, _ = docname.split("/")
    return f"{slug.replace('-', ' ')} {year}"
