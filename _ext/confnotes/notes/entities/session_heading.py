"""Which event, day, date and session a phrase names: ``Linux.conf.au 2015 – Day 5 – Session 3``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from confnotes.model import Event

MIN_YEAR, MAX_YEAR = 1900, 2199
"""The years of events; so no reckoning leaves what a calendar holds."""
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS.split(), 1)}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_NUMBERS |= {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}

_SPLIT = re.compile(r"\s+[-–—|•·~:/]+\s+|(?<=\w)(?::|,|[–—])\s+|\s+[–—](?=\S)|\s*[()\[\]]\s*")
YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z])(?:\s?['’]|-|\s)?([0-4]\d)$")
_MONTH_NAME = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
DATES = (
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<m>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<![\w.])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?(?: of)? {_MONTH_NAME}(?:,? "
        rf"(?P<year>\d{{4}}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_MONTH_NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year>\d{{4}}))?",
        re.IGNORECASE,
    ),
)
_DAY = re.compile(
    r"\bday\s*(?:#\s*)?(\d{1,2}|one|two|three|four|five|six|seven)\b"
    r"|\b(first|second|third|fourth|fifth)\s+day\b"
    r"|\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_IN_A_PHRASE = re.compile(
    r"\b(?:on|a|an|the|of|in|every|for|by|at|each|my|your|this|that|next|until)$", re.IGNORECASE
)
_SESSION = re.compile(
    r"^(?:the |main |first |second |third |last |early |late |opening |closing |morning |"
    r"afternoon |"
    r"evening |conference |plenary )*"
    r"(?:session|sessions|keynotes?|panels?|lightning talks?|morning|afternoon|evening|night|"
    r"closing|opening|part|track|tutorials?|workshops?|mini-?confs?|plenar(?:y|ies)|talks?|"
    r"unconference|open spaces?|barcamp|welcome|introduction|wrap[- ]?up|block|slot|room|stage|"
    r"hallway track|birds of a feather|bofs?|posters?|social|dinner|lunch|party)"
    r"(?:(?:\s*(?:[/&+,#]|\band\b|\bof\b))?\s*(?:(?<!\d)\d{1,2}(?!\d)|(?<![a-z])(?:[a-e]|i{1,3}|one|two|"
    r"three|four|sessions?|keynotes?|panels?|talks?|ceremony|remarks|day|morning|afternoon|evening|"
    r"pm|am)(?![a-z])))*$",
    re.IGNORECASE,
)
_MINICONF = re.compile(r"\b(?:mini-?conf|devroom|track|summit|room|stage|stream)\b", re.IGNORECASE)
_NOISE = re.compile(
    r"^(?:(?:my|some|rough|raw|live|quick|personal|conference|talk|session|trip|the)\s+)*"
    r"(?:notes?|recap|report|summary|thoughts|impressions|review|overview|highlights|takeaways|picks|favou?rites|"
    r"blog|liveblog|talks|index|readme|wrap[- ]?up|schedule|agenda|videos?|slides)"
    r"(?:\s+(?:from|on|of|about|for|at|and)\b.*)?$",
    re.IGNORECASE,
)
_NOISE_BEFORE = re.compile(
    r"^(?:(?:my|some|rough|raw|live|quick|personal|talk|session|trip|the|conference)\s+)*"
    r"(?:notes?|recap|report|summary|thoughts|impressions|review|highlights|takeaways|attending|"
    r"liveblogging|liveblog|day \w+|at)\s*(?:from|on|of|about|for|at|:|-|–)*\s+(?:the\s+)?",
    re.IGNORECASE,
)
_NOISE_AFTER = re.compile(
    r"\s*[-–—:,]?\s*(?:(?:conference|talk|session|trip|my|rough|raw|live)\s+)*"
    r"(?:notes?|recap|report|summary|impressions|highlights|review|wrap[- ]?up|links|"
    r"talk links and notes|schedule)$",
    re.IGNORECASE,
)
_EVENT_WORD = re.compile(
    r"(?:conf|con|kaigi|summit|fest|camp)(?:erence)?\b|\.conf\b|\bconf\b|\b(?:conference|congress|"
    r"symposium|meetup|expo|forum|convention|devopsdays|days?|week|world|fosdem|lca|lisa|srecon|"
    r"velocity|strata|oscon|usenix|hackweek|unconference|barcamp|connect|live|ignite|re:invent|"
    r"reinvent|i/o|wwdc|build|sxsw|summit|academy|retreat|hack|jam|ldn|europe|usenix)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SessionHeading:
    """What a phrase says of the session; each text as typed, empty where nothing was said."""

    event: str = ""
    series: str = ""
    year: int | None = None
    day: str = ""
    date: date | None = None
    session: str = ""
    unparsed: str = ""
    """What was not understood: the heading of the post's only talk."""

    @property
    def is_post_head(self) -> bool:
        """A post's head names an event and a part of it; with more in it, its day and year too."""
        part = self.day or self.session or self.date
        return bool(self.event and part and (not self.unparsed or (self.year and self.day)))


def parse_session_heading(text: str, events: tuple[Event, ...] = ()) -> SessionHeading:
    """Read a heading, segment by segment; what fits nothing is ``rest``."""
    found = SessionHeading()
    rest: list[str] = []
    for place, segment in enumerate(part.strip() for part in _SPLIT.split(text[:300])):
        if not segment:
            continue
        if not found.event and (event := _event(segment, events, first=place == 0)):
            found = _join(found, event)
            continue
        if _NOISE.match(segment):
            continue
        found, left = _extract_dates(segment, found)
        if not left or _NOISE.match(left):
            continue
        if not found.session and _SESSION.match(left):
            found = replace(found, session=left)
        elif found.session and _SESSION.match(left):
            found = replace(found, session=f"{found.session} – {left}")
        else:
            rest.append(left)
    return _settled(found, rest, text)


def _settled(found: SessionHeading, rest: list[str], text: str) -> SessionHeading:
    """Read the one segment that is left as an event without a year, or as a miniconf."""
    left = rest[0] if len(rest) == 1 else ""
    short = len(left.split()) <= 4 and left[:1].isupper() and "?" not in left
    if short and found.day and not found.event and text.startswith(left):
        return replace(found, event=left, series=left)
    if left and found.event and found.day and not found.session and _MINICONF.search(left):
        return replace(found, session=left)
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
    name = _NOISE_AFTER.sub("", _NOISE_BEFORE.sub("", left)).strip(" ,:-–—#@!.")
    year = YEAR.search(name)
    short = _SHORT_YEAR.search(name)
    words = name.split()
    if not name or len(words) > 8 or name.endswith("?") or "//" in name:
        return None
    series = series_name(name)
    if not year and short and _EVENT_WORD.search(series):
        return replace(inner, event=name, series=series, year=2000 + int(short.group(1)))
    if year and series and (name[0].isupper() or (name[0].islower() and len(words) <= 3)):
        proper = [word for word in series.split() if word[0].isupper() or "." in word]
        if (
            _EVENT_WORD.search(series)
            or (len(words) <= 4 and first and len(proper) >= len(words) - 2)
        ) and year.end() >= len(name) - 20:
            return replace(inner, event=name, series=series, year=int(year.group()))
    if not year and (inner.day or inner.date) and len(words) <= 4 and _EVENT_WORD.search(series):
        return replace(inner, event=name, series=series)
    return None


def is_year(text: str) -> bool:
    """Return True if ``text`` is a year in which an event can be."""
    return bool(_FOUR_DIGITS.fullmatch(text)) and MIN_YEAR <= int(text) <= MAX_YEAR


def series_name(name: str) -> str:
    """Return an event's name without its year: ``KettleConf 2031`` → ``KettleConf``."""
    without = YEAR.sub(" ", name)
    if without == name:
        without = _SHORT_YEAR.sub(" ", name)
    return " ".join(without.split()).strip(" ,-–—:'’_#")


def _extract_dates(segment: str, found: SessionHeading) -> tuple[SessionHeading, str]:
    """Take a date and a day out of ``segment``; return what is known now and what is left."""
    left = segment
    for pattern in DATES:
        if match := pattern.search(left):
            year = match["year"]
            if "month" not in match.groupdict() or year or found.year:
                day = make_date(match, found.year)
                found = replace(found, date=found.date or day)
            left = f"{left[: match.start()]} {left[match.end() :]}"
            break
    while match := _DAY.search(left):
        before, after = left[: match.start()].strip(" ,"), left[match.end() :].strip(" ,")
        if len(before.split()) > 4 or len(after.split()) > 3 or _IN_A_PHRASE.search(before):
            break
        found = replace(found, day=found.day or match.group())
        left = f"{before} {after}"
    return found, left.strip(" ,-–—:")


def make_date(match: re.Match[str], year: int | None) -> date | None:
    """Return the date of a match of one of the date patterns, if an event can have it."""
    groups = match.groupdict()
    month = groups.get("m") or _MONTH[groups["month"][:3].casefold()]
    in_year = int(groups["year"] or year or 0)
    if not MIN_YEAR <= in_year <= MAX_YEAR:
        return None
    try:
        return date(in_year, int(month), int(groups["day"]))
    except ValueError:
        return None


def find_date(text: str, year: int | None = None) -> date | None:
    """Return the first date in ``text``; one without a year is in ``year``."""
    for pattern in DATES:
        if (match := pattern.search(text[:200])) and (match["year"] or year):
            return make_date(match, year)
    return None


def date_of_day(day: str, event: Event) -> date | None:
    """Return the date of ``Day 5`` or ``Friday`` at ``event``.

    Nothing when the event's dates are not known; LookupError when it has no such day.
    """
    match = _DAY.search(day)
    if match is None or event.start is None:
        return None
    counted, ordinal, weekday = match.groups()
    if weekday:
        ahead = (WEEKDAYS.index(weekday.casefold()) - event.start.weekday()) % 7
    else:
        word = (counted or ordinal).casefold()
        ahead = (_NUMBERS.get(word) or int(word)) - 1
    try:
        on = event.start + timedelta(days=ahead)
    except OverflowError:
        raise LookupError(day) from None
    if ahead < 0 or (event.end is not None and on > event.end):
        raise LookupError(day)
    return on
