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
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from confnotes.catalogue import Catalogue
from confnotes.cli.output import CommandError
from confnotes.cli.project import load_project, required_root, root_option
from confnotes.files import create_file
from confnotes.imports.stub_pages import render_event_page, render_topic_page
from confnotes.model import Event, Note
from confnotes.names import identity_key, normalize
from confnotes.notes.entities.event_names import series_name
from confnotes.notes.entities.session_heading import parse_session_heading
from confnotes.notes.languages.dates import MAX_YEAR, MIN_YEAR, name_day
from confnotes.slugs import slugify

_FIRST = "Session 1"
_DASH = " – "


@dataclass(frozen=True, slots=True)
class NewNote:
    event: Event
    day: str
    session: str
    title: str = ""
    speakers: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The note's path below the root."""
        folder = self.event.docname.removesuffix("/index")
        return f"{folder}/{slugify(' '.join(filter(None, (self.day, self.session))))}.txt"

    @property
    def text(self) -> str:
        heading = _DASH.join(filter(None, (self.event.name, self.day, self.session)))
        talk = _DASH.join(filter(None, (self.title, " and ".join(self.speakers))))
        return f"{heading}\n\n{talk}\n\n" if talk else f"{heading}\n\n"


def _date(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise click.BadParameter(f"‘{text}’ is no date; write it like 2031-01-31") from None


@click.command
@click.option("--event", metavar="NAME", help="With or without its year, or an alias.")
@click.option("--year", type=int, help="Of the event.")
@click.option("--day", help="‘Day 2’, a weekday, or a date.")
@click.option("--session", metavar="NAME", help="‘Session 3’, ‘Keynotes’.")
@click.option("--title", metavar="TITLE", help="Of the first talk.")
@click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="Or several.")
@click.option("--topic", metavar="NAME", help="Start the page of a topic in place of a note.")
@click.option("--date", "today", callback=_date, metavar="YYYY-MM-DD", help="In place of today.")
@click.option("--no-input", is_flag=True, help="Never ask.")
@root_option
def command(
    event: str | None,
    year: int | None,
    day: str | None,
    session: str | None,
    title: str | None,
    speakers: tuple[str, ...],
    topic: str | None,
    today: date | None,
    root: Path | None,
    *,
    no_input: bool,
) -> int:
    project = required_root(root)
    catalogue = load_project(project)
    if topic is not None:
        return _create_topic(project, catalogue, topic, from_here=not root)
    today = today or datetime.now().astimezone().date()
    is_asked = sys.stdin.isatty() and not no_input
    ask = _ask if is_asked else lambda _question, default: default
    default = _default_event(catalogue, today)
    name = event if event is not None else ask("Event", default.name if default else "")
    if not name:
        raise CommandError("there is no note yet to take the event from; add --event NAME")
    chosen = _event(catalogue, name, year, today)
    notes = [entry.note for entry in catalogue.notes_by_event.get(chosen.docname, ())]
    day = day if day is not None else ask("Day", _day(chosen, notes, today))
    next_session = _next_session(catalogue, chosen, notes, day)
    session = session if session is not None else ask("Session", next_session)
    title = title or ask("Title of the talk", "")
    if title and not speakers and (names := ask("Speakers", "")):
        speakers = tuple(part.strip() for part in names.split(","))
    path = _create(project, catalogue, NewNote(chosen, day, session, title, speakers))
    if path is None:
        return 1
    print(path if root else _from_here(path))
    return 0


def _create(project: Path, catalogue: Catalogue, note: NewNote) -> Path | None:
    """Write the note, and the page of its event; return None if the note is there already."""
    page = f"{note.event.docname}.md"
    years = project / "years"
    try:
        if note.event.docname not in catalogue.handwritten:
            create_file(project / page, render_event_page(note.event), below=years)
            print(f"{page} is new: fill in dates and place", file=sys.stderr)
        create_file(project / note.path, note.text.encode("utf-8", "replace"), below=years)
    except FileExistsError:
        print(f"confnotes: there is {note.path} already; choose another --session", file=sys.stderr)
        return None
    return project / note.path


def _create_topic(project: Path, catalogue: Catalogue, name: str, *, from_here: bool) -> int:
    name = " ".join(name.split())
    if (known := catalogue.topic(name)) is not None:
        print(f"confnotes: there is {known.docname} already", file=sys.stderr)
        return 1
    if not any(sign.isalnum() for sign in name):
        raise CommandError(f"‘{name}’ is no name of a topic; write a word")
    path = project / f"topics/{slugify(name)}.md"
    create_file(path, render_topic_page(name), below=project / "topics")
    print(_from_here(path) if from_here else path)
    return 0


def _default_event(catalogue: Catalogue, today: date) -> Event | None:
    """Return the event of today, else the event of the newest note, else the last event."""
    events = list(catalogue.events.values())
    for event in events:
        if event.start and event.start <= today <= (event.end or event.start):
            return event
    noted = [event for event in events if event.docname in catalogue.notes_by_event]
    return next(reversed(noted or events), None)


def _event(catalogue: Catalogue, name: str, year: int | None, today: date) -> Event:
    """Return the event called ``name``, or a new one."""
    found = catalogue.event(name)
    if found is not None and year in (None, found.year):
        return found
    if year is None:
        year = parse_session_heading(name).year or _year_in(name) or today.year
    series = series_name(name) or name
    for event in catalogue.events.values():
        if event.year == year and identity_key(event.series) == identity_key(series):
            return event
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise CommandError(f"{year} is no year of an event; one is from {MIN_YEAR} to {MAX_YEAR}")
    full = name if str(year) in name else f"{series} {year}"
    return Event(full, series, year, f"years/{year:04}/{slugify(series)}/index")


def _year_in(name: str) -> int | None:
    match = re.search(r"\b(?:19|20)\d\d\b", name)
    return int(match.group()) if match else None


def _day(event: Event, notes: Sequence[Note], today: date) -> str:
    """Return today in the style of the event's notes, else the day of the newest note if any."""
    newest = notes[-1].day if notes else ""
    if event.start and event.start <= today <= (event.end or event.start):
        return name_day(newest, (today - event.start).days + 1, today.weekday())
    return newest


def _next_session(catalogue: Catalogue, event: Event, notes: Sequence[Note], day: str) -> str:
    """Return the session after the last of ``day`` that has no file yet."""
    same = [
        note.session for note in notes if normalize(note.day) == normalize(day) and note.session
    ]
    session = _next_session_name(same[-1]) if same else _FIRST
    while (catalogue.root / NewNote(event, day, session).path).exists():
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


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
