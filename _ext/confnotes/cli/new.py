"""``confnotes new``: start a note, and print its path.

What you leave out is taken from the newest note: its event and day, and the next session. During
an event whose page says when it was held, the day is today's. On a terminal you are
asked, and Return takes what stands in brackets. A new event gets a page, for you to complete.

examples:
  confnotes new
  confnotes new --title "Queues that never fill" --speaker "Ana Ruiz" --speaker "Bo Li"
  confnotes new --event "Pipeline Days" --year 2032 --day Monday --session "Opening keynote"
  $EDITOR $(confnotes new --no-input)

exit status:
  0  the note is there
  1  a note of that session was there before; it is as it was
  2  no note could be made
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from confnotes.catalogue import Catalogue, load
from confnotes.cli import project
from confnotes.imports.event import scaffold
from confnotes.imports.write import create
from confnotes.model import Event, Note
from confnotes.names import fold, identity
from confnotes.notes.when import MAX_YEAR, MIN_YEAR, WEEKDAYS, parse, series_of
from confnotes.slugs import slug

_FIRST = "Session 1"
_DASH = " – "


class _UsageError(Exception):
    """What was typed cannot be done; the message says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new note begins with."""

    event: Event
    day: str
    session: str
    title: str = ""
    speakers: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The note's path below the root."""
        folder = self.event.docname.removesuffix("/index")
        return f"{folder}/{slug(' '.join(filter(None, (self.day, self.session))))}.txt"

    @property
    def text(self) -> str:
        head = _DASH.join(filter(None, (self.event.name, self.day, self.session)))
        talk = _DASH.join(filter(None, (self.title, " and ".join(self.speakers))))
        return f"{head}\n\n{talk}\n\n" if talk else f"{head}\n\n"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--event", metavar="NAME", help="with or without its year, or an alias")
    parser.add_argument("--year", type=int, help="of the event")
    parser.add_argument("--day", help="‘Day 2’, a weekday, or a date")
    parser.add_argument("--session", metavar="NAME", help="‘Session 3’, ‘Keynotes’")
    parser.add_argument("--title", default="", help="of the first talk")
    parser.add_argument("--speaker", action="append", default=[], metavar="NAME", help="or several")
    parser.add_argument("--date", type=_iso, metavar="YYYY-MM-DD", help="in place of today")
    parser.add_argument("--no-input", action="store_true", help="never ask")
    parser.add_argument("--root", type=Path, metavar="DIR", help="the project's folder")


def run(arguments: argparse.Namespace) -> int:
    ask = sys.stdin.isatty() and not arguments.no_input
    try:
        root = _root(arguments)
        catalogue = load(root, cache=project.cache(root), by_stat=True)
        draft = _draft(catalogue, arguments, ask=ask)
        page = f"{draft.event.docname}.md"
        if draft.event.docname not in catalogue.written:
            create(root / page, scaffold(draft.event), below=root / "years")
            print(f"{page} is new: say there when and where the event is held", file=sys.stderr)
        create(root / draft.path, draft.text.encode(), below=root / "years")
    except FileExistsError:
        print(f"confnotes: there is {draft.path} already; say another --session", file=sys.stderr)
        return 1
    except (_UsageError, EOFError) as error:
        print(f"confnotes: {str(error) or 'no answer, no note'}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"confnotes: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print(root / draft.path if arguments.root else _from_here(root / draft.path))
    return 0


def _iso(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        message = f"‘{typed}’ is no date; type it like 2031-01-31"
        raise argparse.ArgumentTypeError(message) from None


def _root(arguments: argparse.Namespace) -> Path:
    root: Path | None = arguments.root or project.find(Path())
    if root is None:
        raise _UsageError("no project here, which has conf.py and years/; go there, or add --root")
    return root


def _draft(catalogue: Catalogue, said: argparse.Namespace, *, ask: bool) -> Draft:
    today = said.date or datetime.now().astimezone().date()

    def value(given: str | None, question: str, default: str) -> str:
        return given if given is not None else _ask(question, default) if ask else default

    usual = _usual_event(catalogue, today)
    name = value(said.event, "Event", usual.name if usual else "")
    if not name:
        raise _UsageError("there is no note yet to take the event from; add --event NAME")
    event = _event(catalogue, name, said.year, today)
    notes = [entry.note for entry in catalogue.notes_by_event.get(event.docname, ())]
    day = value(said.day, "Day", _day(event, notes, today))
    session = value(said.session, "Session", _next_session(catalogue, event, notes, day))
    title = value(said.title or None, "Title of the talk", "")
    speakers = said.speaker
    if title and not speakers and (names := value(None, "Speakers", "")):
        speakers = [part.strip() for part in names.split(",")]
    return Draft(event, day, session, title, tuple(speakers))


def _usual_event(catalogue: Catalogue, today: date) -> Event | None:
    """Return the event that is on today, else that of the newest note, else the last one."""
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
        year = parse(name).year or _year_in(name) or today.year
    series = series_of(name) or name
    for event in catalogue.events.values():
        if event.year == year and identity(event.series) == identity(series):
            return event
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise _UsageError(f"{year} is no year of an event; one is from {MIN_YEAR} to {MAX_YEAR}")
    full = name if str(year) in name else f"{series} {year}"
    return Event(full, series, year, f"years/{year:04}/{slug(series)}/index")


def _year_in(name: str) -> int | None:
    match = re.search(r"\b(?:19|20)\d\d\b", name)
    return int(match.group()) if match else None


def _day(event: Event, notes: Sequence[Note], today: date) -> str:
    """Return today as the event's notes name days, else the day of the newest."""
    newest = notes[-1].day if notes else ""
    if event.start and event.start <= today <= (event.end or event.start):
        if fold(newest) in WEEKDAYS:
            return WEEKDAYS[today.weekday()].capitalize()
        return f"Day {(today - event.start).days + 1}"
    return newest or "Day 1"


def _next_session(catalogue: Catalogue, event: Event, notes: Sequence[Note], day: str) -> str:
    """Return the session after the last of ``day`` that has no file yet."""
    same = [note.session for note in notes if fold(note.day) == fold(day) and note.session]
    session = _after(same[-1]) if same else _FIRST
    while (catalogue.root / Draft(event, day, session).path).exists():
        session = _after(session)
    return session


def _after(session: str) -> str:
    """Return ``Session 4`` for ``Session 3``, and the first session after one without a number."""
    number = re.search(r"\d+(?=\D*$)", session)
    if number is None:
        return _FIRST
    return f"{session[: number.start()]}{int(number.group()) + 1}{session[number.end() :]}"


def _ask(question: str, default: str) -> str:
    print(f"{question}{f' [{default}]' if default else ''}: ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer.strip() or default


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
