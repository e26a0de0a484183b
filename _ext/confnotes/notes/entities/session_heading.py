"""Which event, day, date and session a phrase names: ``Linux.conf.au 2015 – Day 5 – Session 3``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from confnotes.model import Event
from confnotes.names import normalize
from confnotes.notes.entities.event_names import (
    YEAR,
    bare_event_name,
    has_event_word,
    is_capitalised,
    is_report,
    is_year,
    series_name,
    short_year,
)
from confnotes.notes.languages.dates import match_date, match_day
from confnotes.notes.languages.patterns import compile_phrases, phrase_set

_SPLIT = re.compile(
    r"\s+[-–—|•·~:/]+\s+|(?<=\w)(?::|,|[–—])\s+|\s+[–—](?=\S)|\s*[()\[\]]\s*"
    r"|\s*[：／｜（）【】「」『』]\s*"
)
_SESSION = (
    r"(?i)^(?:<sessions.before>\s+)*<sessions.session>"
    r"(?:(?:\s*(?:[/&+,#]|<people.joiners>|\bof\b))?\s*"
    r"(?:(?<!\d)\d{1,2}(?!\d)|(?<![^\W\d_])(?:[a-e]|i{1,3})(?![^\W\d_])"
    r"|<numbers,sessions.session,sessions.after>))*$"
)
"""A session's name: ``Opening session``, ``Track B``, ``午前の部``."""
_ROOM = r"(?i)<sessions.room>"
_BEFORE_WEEKDAY = r"(?i)^<sessions.before>\s+(?=<dates.weekdays>)"
"""What stands before a day: ``Der Samstag``."""
_DAY_OF_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th|[.º])?")
"""What may stand beside a weekday: ``Viernes 13``."""
_CLOCK = re.compile(r"\D{0,4}\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\D{0,8}")
"""A time behind a date: ``14 March 2031, 9:12 PM``, ``20.05.2031 um 21:14 Uhr``."""
_WEEKDAY_LAST = re.compile(r"\s?[（(]\w+[)）]$")  # ``5月15日（土）``


@dataclass(frozen=True, slots=True)
class SessionHeading:
    """Event, day, date and session of a phrase; each text as typed, empty if it is missing."""

    event: str = ""
    series: str = ""
    year: int | None = None
    day: str = ""
    date: date | None = None
    session: str = ""
    unparsed: str = ""
    """What was not understood: the heading of the post's only talk."""
    location: str = ""

    @property
    def is_event_only(self) -> bool:
        """Return True if the phrase names an event or a day and nothing that is in it."""
        when = self.event or self.day or self.date or self.year
        return bool(when) and not (self.session or self.unparsed)

    @property
    def is_post_head(self) -> bool:
        """A post's head names an event and a part of it; with more in it, its day and year too."""
        part = self.day or self.session or self.date
        return bool(self.event and part and (not self.unparsed or (self.year and self.day)))


def parse_session_heading(text: str, events: tuple[Event, ...] = ()) -> SessionHeading:
    """Parse a heading, segment by segment; the remaining segments are ``unparsed``."""
    if whole := _whole_date(text):
        return whole
    text = compile_phrases(_BEFORE_WEEKDAY).sub("", text)
    if (on := match_date(text[:300])) and text[on.end - 1] in ")）":
        text = f"{_WEEKDAY_LAST.sub('', text[: on.end])}{text[on.end :]}"
    found = SessionHeading()
    rest: list[str] = []
    first = True
    for segment in (part.strip() for part in _SPLIT.split(text[:300])):
        if not segment:
            continue
        if not found.event and (event := _event(segment, events, first=first)):
            found, first = _join(found, event), False
            continue
        if is_report(segment):
            continue
        first = False
        if is_year(segment) and not found.year:
            found = replace(found, year=int(segment))
            continue
        found, left = _extract_dates(segment, found)
        if not left or is_report(left):
            continue
        if compile_phrases(_SESSION).match(left):
            session = f"{found.session} – {left}" if found.session else left
            found = replace(found, session=session)
        else:
            rest.append(left)
    return _with_remaining(found, rest, text)


def _whole_date(text: str) -> SessionHeading | None:
    """Return the date of a line that is only a date with its year."""
    match = match_date(text[:40])
    if match is None or not match.year or text[: match.start].strip() or text[match.end :].strip():
        return None
    return SessionHeading(date=match.date(), year=match.year) if match.date() else None


def _with_remaining(found: SessionHeading, rest: list[str], text: str) -> SessionHeading:
    """Read the one segment that is left as an event without a year, or as a miniconf."""
    left = rest[0] if len(rest) == 1 else ""
    short = len(left.split()) <= 4 and is_capitalised(left) and "?" not in left
    if short and found.day and not found.event and text.startswith(left):
        return replace(found, event=left, series=left)
    is_room = bool(left) and compile_phrases(_ROOM).search(left)
    if is_room and found.event and found.day and not found.session:
        return replace(found, session=left)
    if is_room and found.year and found.session and not found.event:
        return replace(found, event=f"{left} {found.year}", series=left)
    return replace(found, unparsed=" – ".join(rest))


def _join(found: SessionHeading, event: SessionHeading) -> SessionHeading:
    return replace(
        event,
        day=found.day or event.day,
        date=found.date or event.date,
        session=found.session or event.session,
    )


def _event(segment: str, events: tuple[Event, ...], *, first: bool) -> SessionHeading | None:
    """Read a segment that names an event: known by name, or by its year and its words."""
    value = segment.casefold()
    for event in events:
        if value == event.name.casefold() or any(value == one.casefold() for one in event.aliases):
            return SessionHeading(segment, event.series, event.year)
    inner, left = _extract_dates(segment, SessionHeading())
    name = bare_event_name(left)
    year = YEAR.search(name)
    short = short_year(name)
    words = name.split()
    if not name or len(words) > 8 or name.endswith("?") or "//" in name:
        return None
    series = series_name(name)
    if not year and short and has_event_word(series):
        return replace(inner, event=name, series=series, year=short)
    if year and series and (is_capitalised(name) or (name[0].islower() and len(words) <= 3)):
        proper = [word for word in series.split() if is_capitalised(word) or "." in word]
        if (
            has_event_word(series) or (len(words) <= 4 and first and len(proper) >= len(words) - 2)
        ) and year.end() >= len(name) - 20:
            return replace(inner, event=name, series=series, year=int(year.group()))
    if not year and (inner.day or inner.date) and len(words) <= 4 and has_event_word(series):
        return replace(inner, event=name, series=series)
    return None


def _extract_dates(segment: str, found: SessionHeading) -> tuple[SessionHeading, str]:
    """Take a date and a day out of ``segment``; return what is known now and what is left."""
    left = segment
    if date_match := match_date(left):
        found = replace(found, date=found.date or date_match.date(found.year))
        before, after = left[: date_match.start], left[date_match.end :]
        left = before if _CLOCK.fullmatch(after) else f"{before} {after}"
    while day := match_day(left):
        before, after = left[: day.start].strip(" ,"), left[day.end :].strip(" ,")
        if len(before.split()) > 4 or len(after.split()) > 3 or _is_in_phrase(before):
            break
        found = replace(found, day=found.day or left[day.start : day.end])
        left = "" if _DAY_OF_MONTH.fullmatch(f"{before}{after}") else f"{before} {after}"
    return found, left.strip(" ,-–—:")


def _is_in_phrase(before: str) -> bool:
    """Return True if the day after ``before`` is a part of a phrase: ``how to spend every day``."""
    last = before.split()[-1:]
    return any(normalize(word) in phrase_set("common_words") for word in last)
