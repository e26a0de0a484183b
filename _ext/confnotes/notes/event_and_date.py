"""Which event a post belongs to, and when it was: from its heading, its fields and its path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from confnotes.model import Event, FieldValue, Guess, Problem
from confnotes.notes.codes import GuessCode, NoteCode
from confnotes.notes.entities.path_clues import day_of_path, event_of_path
from confnotes.notes.entities.session_heading import SessionHeading, parse_session_heading
from confnotes.notes.languages.dates import find_date, match_day


@dataclass(slots=True)
class EventAndDate:
    """The event of a post and its date, with what was inferred or is wrong about them."""

    path: str
    line: int
    heading: SessionHeading
    stated: Mapping[str, FieldValue]
    """Fields of the note, by name."""
    guesses: list[Guess]
    problems: list[Problem]
    name: str = ""
    series: str = ""
    year: int | None = None
    on: date | None = None
    """The day, as far as it is known."""

    @property
    def day(self) -> str:
        return self.heading.day or self._said("day") or day_of_path(PurePosixPath(self.path))

    @property
    def session(self) -> str:
        return self.heading.session or self._said("session")

    def resolve(self, event: Event | None, events: Sequence[Event]) -> None:
        """Settle the event, then the date; ``event`` is that of the folder."""
        spelt = (e for e in events if matches_event_name(self.heading.event, e))
        event = event or next(spelt, None)
        if event is not None:
            self._settle_known(event)
        else:
            self._settle_unknown()
        self.on = self._date(event)

    def _said(self, name: str) -> str:
        return self.stated[name].text if name in self.stated else ""

    def _guess(self, code: GuessCode, message: str, sure: float) -> None:
        self.guesses.append(Guess(self.line, code.value, message, sure))

    def _problem(self, line: int, code: NoteCode, message: str, suggestion: str) -> None:
        self.problems.append(Problem.of(code, self.path, message, suggestion, line=line))

    def _impossible(self, message: str, event: Event) -> None:
        hint = describe_event_dates(event)
        self._problem(self.line, NoteCode.IMPOSSIBLE_DAY, message, hint)

    def _settle_known(self, event: Event) -> None:
        typed = self.heading.event
        is_name = matches_event_name(typed, event) or typed.casefold() == event.series.casefold()
        if typed and not is_name:
            self._guess(GuessCode.EVENT_SPELLING, f"‘{typed}’ was read as ‘{event.name}’", 0.9)
        self.name, self.series, self.year = event.name, event.series, event.year

    def _settle_unknown(self) -> None:
        heading = self.heading
        self.name, self.series, self.year = heading.event, heading.series, heading.year
        value = self._said("event") or self._said("conference")
        if value and not self.name:
            spoken = parse_session_heading(value)
            self.name, self.series, self.year = value, spoken.series or value, spoken.year
        origin = event_of_path(PurePosixPath(self.path))
        if not self.name and origin.event:
            self.name, self.series = origin.event, origin.series
            message = f"the event is ‘{self.name}’, after {self.path}"
            self._guess(GuessCode.EVENT_FROM_PATH, message, 0.6)
        self.year = self.year or origin.year or (heading.date.year if heading.date else None)

    def _date(self, event: Event | None) -> date | None:
        if on := self._said_date() or self.heading.date:
            if event and event.start and event.end and not event.start <= on <= event.end:
                self._impossible(f"{on.isoformat()} is not a day of {event.name}", event)
            return on
        if self.day and event is not None:
            try:
                on = date_of_day(self.day, event)
            except LookupError:
                self._impossible(f"{event.name} has no {self.day}", event)
                return None
            if on is not None:
                message = f"{self.day} of {event.name} is {on.isoformat()}"
                self._guess(GuessCode.DATE_FROM_DAY, message, 0.95)
                return on
        if on := find_date(PurePosixPath(self.path).name.replace("_", "-")):
            message = f"the date is {on.isoformat()}, after the file’s name"
            self._guess(GuessCode.DATE_FROM_PATH, message, 0.8)
        return on

    def _said_date(self) -> date | None:
        value = self.stated.get("date")
        on = find_date(value.text, self.year) if value else None
        if value and value.text and on is None:
            message = f"‘{value.text}’ is not a date"
            self._problem(value.line, NoteCode.BAD_DATE, message, "type it as 2015-01-16")
        return on


def matches_event_name(name: str, event: Event) -> bool:
    """Return True if ``name`` is the event's, or one of its aliases."""
    return name.casefold() in {value.casefold() for value in (event.name, *event.aliases)}


def describe_event_dates(event: Event) -> str:
    """Return a sentence on when the event was, for a message."""
    if event.start is None:
        return ""
    end = event.end or event.start
    return f"it ran from {event.start:%A} {event.start.isoformat()} to {end:%A} {end.isoformat()}"


def date_of_day(day: str, event: Event) -> date | None:
    """Return the date of ``Day 5`` or ``Friday`` at ``event``.

    Nothing when the event's dates are not known; LookupError when it has no such day.
    """
    match = match_day(day)
    if match is None or event.start is None:
        return None
    if match.weekday is not None:
        ahead = (match.weekday - event.start.weekday()) % 7
    elif match.count is not None:
        ahead = match.count - 1
    else:
        return None
    try:
        on = event.start + timedelta(days=ahead)
    except OverflowError:
        raise LookupError(day) from None
    if ahead < 0 or (event.end is not None and on > event.end):
        raise LookupError(day)
    return on
