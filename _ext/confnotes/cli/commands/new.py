"""``confnotes new``: start a note, or the page of a topic, and print its path.

What you leave out is taken from the newest note: its event and day, and the next session. During
an event whose page says when it was held, the day is today's. On a terminal you are
asked, and Return takes what stands in brackets. A new event gets a page, for you to complete.

examples:
  confnotes new
  confnotes new --title "Queues that never fill" --speaker "Ana Ruiz" --speaker "Bo Li"
  confnotes new --event "Pipeline Days" --year 2032 --day Monday --session "Opening keynote"
  $EDITOR $(confnotes new --no-input)
  confnotes new --topic packaging

exit status:
  0  the file is there
  1  a note of that session or the topic was there before; it is as it was
  2  no file could be made
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from confnotes.catalogue import Catalogue
from confnotes.cli.output import CommandError
from confnotes.cli.project import create_in_project, load_project, required_root, root_option
from confnotes.imports.new_pages import render_event_page, render_topic_page
from confnotes.imports.placement import Events
from confnotes.model import Event, Note
from confnotes.names import normalize
from confnotes.notes.entities.event_names import series_name
from confnotes.notes.entities.session_heading import SessionHeading, parse_session_heading
from confnotes.notes.languages.dates import MAX_YEAR, MIN_YEAR, name_day
from confnotes.slugs import slugify

_FIRST = "Session 1"


@click.command
@click.option("--event", metavar="NAME", help="With or without its year, or an alias.")
@click.option("--year", type=int, help="Of the event.")
@click.option("--day", help="‘Day 2’, a weekday, or a date.")
@click.option("--session", metavar="NAME", help="‘Session 3’, ‘Keynotes’.")
@click.option("--title", metavar="TITLE", help="Of the first talk.")
@click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="Or several.")
@click.option("--topic", metavar="NAME", help="Start the page of a topic in place of a note.")
@click.option(
    "--date",
    "now",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="In place of today.",
)
@click.option("--no-input", is_flag=True, help="Never ask.")
@root_option
def command(
    event: str | None,
    year: int | None,
    day: str | None,
    session: str | None,
    title: str | None,
    speakers: Sequence[str],
    topic: str | None,
    now: datetime | None,
    root: Path | None,
    *,
    no_input: bool,
) -> int:
    catalogue = load_project(required_root(root))
    if topic is not None:
        path = _create_topic(catalogue, topic)
    else:
        today = (now or datetime.now().astimezone()).date()
        ask = _ask if sys.stdin.isatty() and not no_input else lambda _question, default: default
        default = _default_event(catalogue, today)
        name = event or ask("Event", default.name if default else "")
        if not name:
            raise CommandError("there is no note yet to take the event from; add --event NAME")
        chosen = _event(catalogue, name, year, today)
        notes = [entry.note for entry in catalogue.notes_by_event.get(chosen.docname, ())]
        day = day if day is not None else ask("Day", _day(chosen, notes, today))
        next_session = _next_session(catalogue, chosen, notes, day)
        session = session if session is not None else ask("Session", next_session)
        title = title or ask("Title of the talk", "")
        if title and not speakers:
            speakers = [part.strip() for part in ask("Speakers", "").split(",")]
        headings = (chosen.name, day, session), (title, " and ".join(speakers))
        path = _create_note(catalogue, chosen, _path(chosen, day, session), headings)
    here = Path.cwd()
    print(path.relative_to(here) if not root and path.is_relative_to(here) else path)
    return 0


def _create_note(
    catalogue: Catalogue, event: Event, path: str, headings: Sequence[Sequence[str]]
) -> Path:
    """Write a note with headings of these parts, and the page of its event if it has none."""
    page = f"{event.docname}.md"
    lines = (" – ".join(filter(None, parts)) for parts in headings)
    text = "".join(f"{line}\n\n" for line in lines if line)
    try:
        if event.docname not in catalogue.handwritten:
            create_in_project(catalogue.root, page, render_event_page(event))
            print(f"{page} is new: fill in dates and place", file=sys.stderr)
        return create_in_project(catalogue.root, path, text.encode("utf-8", "replace"))
    except FileExistsError:
        raise click.ClickException(f"there is {path} already; choose another --session") from None


def _create_topic(catalogue: Catalogue, name: str) -> Path:
    name = " ".join(name.split())
    if (known := catalogue.topic(name)) is not None:
        raise click.ClickException(f"there is {known.docname} already")
    if not any(sign.isalnum() for sign in name):
        raise CommandError(f"‘{name}’ is no name of a topic; write a word")
    path = f"topics/{slugify(name)}.md"
    return create_in_project(catalogue.root, path, render_topic_page(name))


def _path(event: Event, day: str, session: str) -> str:
    """Return the path of a note below the root."""
    folder = event.docname.removesuffix("index")
    return f"{folder}{slugify(' '.join(filter(None, (day, session))))}.txt"


def _default_event(catalogue: Catalogue, today: date) -> Event | None:
    """Return the event of today, else the event of the newest note, else the last event."""
    events = list(catalogue.events.values())
    noted = [event for event in events if event.docname in catalogue.notes_by_event]
    now = [event for event in events if _is_on(event, today)]
    return next(iter([*now, *reversed(noted or events)]), None)


def _is_on(event: Event, today: date) -> bool:
    return event.start is not None and event.start <= today <= (event.end or event.start)


def _event(catalogue: Catalogue, name: str, year: int | None, today: date) -> Event:
    """Return the event called ``name``, or a new one."""
    found = catalogue.event(name)
    if found is not None and year in (None, found.year):
        return found
    if year is None:
        year = parse_session_heading(name).year or today.year
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise CommandError(f"{year} is no year of an event; one is from {MIN_YEAR} to {MAX_YEAR}")
    series = series_name(name) or name
    full = name if str(year) in name else series
    events = Events(catalogue.events.values())
    when = SessionHeading(event=full, series=series, year=year)
    docname = events.find_or_add(when, in_text=True)
    return events.by_docname()[docname]


def _day(event: Event, notes: Sequence[Note], today: date) -> str:
    """Return today in the style of the event's notes, else the day of the newest note if any."""
    newest = notes[-1].day if notes else ""
    if event.start and _is_on(event, today):
        return name_day(newest, (today - event.start).days + 1, today.weekday())
    return newest


def _next_session(catalogue: Catalogue, event: Event, notes: Sequence[Note], day: str) -> str:
    """Return the session after the last of ``day`` that has no file yet."""
    same = [note.session for note in notes if normalize(note.day) == normalize(day)]
    session = _next_session_name(next(filter(None, reversed(same)), ""))
    while (catalogue.root / _path(event, day, session)).exists():
        session = _next_session_name(session)
    return session


def _next_session_name(session: str) -> str:
    """Return ``Session 4`` for ``Session 3``, and the first session after one without a number."""
    number = re.search(r"\d+(?=\D*$)", session)
    if number is None:
        return _FIRST
    return f"{session[: number.start()]}{int(number.group()) + 1}{session[number.end() :]}"


def _ask(question: str, default: str) -> str:
    print(f"{question}{f' [{default}]' if default else ''}: ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer:
        raise CommandError("aborted")
    return answer.strip() or default
