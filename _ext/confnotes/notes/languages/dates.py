"""Days and dates, as each language has them: ``Day 2``, ``2. Tag``, ``第二天``, ``3 de mayo``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from confnotes.names import normalize
from confnotes.notes.languages.patterns import any_of, escape_phrase, is_unspaced, phrase_set
from confnotes.notes.languages.phrase_tables import languages, phrases

MIN_YEAR, MAX_YEAR = 1900, 2199
"""The years of events; so no date leaves what a calendar holds."""
_NUMERIC = (
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<month>0?\d|1[0-2])/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})/(?P<month>0?\d|1[0-2])/(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d)"),
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:-feira)?")
_DIGITS = re.compile(r"\d{1,2}")
_GAP = re.compile(r"\s*#?\s*")


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text, from ``start`` to ``end``; ``year`` is 0 where it is not said."""

    start: int
    end: int
    year: int
    month: int
    day: int

    def date(self, year: int | None = None) -> date | None:
        """Return the date, in ``year`` if it has none of its own, if an event can have it."""
        in_year = self.year or year or 0
        if not MIN_YEAR <= in_year <= MAX_YEAR:
            return None
        try:
            return date(in_year, self.month, self.day)
        except ValueError:
            return None


def match_date(text: str) -> DateMatch | None:
    """Return the first date of the first form that ``text`` has."""
    for pattern in (*_NUMERIC, *_worded()) if any(map(str.isdecimal, text)) else ():
        for match in pattern.finditer(text):
            month = match["month"]
            number = int(month) if month.isdecimal() else _months().get(normalize(month))
            if number:
                year = int(match["year"] or 0)
                return DateMatch(*match.span(), year, number, int(match["day"]))
    return None


def find_date(text: str, year: int | None = None) -> date | None:
    """Return the first date in ``text``; one without a year is in ``year``."""
    match = match_date(text[:200])
    return match.date(year) if match else None


@cache
def _worded() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of ``10月3日（土）``, ``3rd of May`` and ``May 3``."""
    units = [table.phrases("dates.units") for table in languages()]
    year, month, day = ("".join(unit) for unit in zip(*filter(None, units), strict=True))
    of = f"(?:\\s+(?:{'|'.join(phrases('dates.of'))}))?"
    ending = f"(?:{'|'.join(map(re.escape, phrases('dates.ordinal_endings')))})?"
    return (
        re.compile(
            rf"(?:(?P<year>(?:19|20)\d\d)\s*[{year}]\s*)?"
            rf"(?<!\d)(?P<month>\d{{1,2}})\s*[{month}]\s*(?P<day>\d{{1,2}})\s*[{day}]"
            r"(?:\s?[（(]\w{1,3}[)）])?"
        ),
        re.compile(
            rf"(?<![\w.])(?P<day>\d{{1,2}}){ending}\.?{of}\s+(?P<month>[^\W\d_]{{3,12}})\.?"
            rf"(?:,?{of}\s+(?P<year>\d{{4}}))?",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<!\w)(?P<month>[^\W\d_]{{3,12}})\.?\s+(?P<day>\d{{1,2}}){ending}(?!\d)"
            r"(?:,?\s+(?P<year>\d{4}))?",
            re.IGNORECASE,
        ),
    )


@dataclass(frozen=True, slots=True)
class DayMatch:
    """A day of an event in a text: ``Day 2`` has a ``count``, ``Friday`` a ``weekday`` from 0."""

    start: int
    end: int
    count: int | None = None
    weekday: int | None = None


def match_day(text: str) -> DayMatch | None:
    """Return the first day that ``text`` names: ``Day 2``, ``zweiter Tag``, ``第二天``."""
    tokens = [(*match.span(), normalize(match.group())) for match in _TOKEN.finditer(text)]
    for index, (start, end, word) in enumerate(tokens):
        if word in _weekdays():
            return DayMatch(start, end, weekday=_weekdays()[word])
        if word not in _day_words():
            continue
        if index + 1 < len(tokens) and _GAP.fullmatch(text, end, tokens[index + 1][0]):
            _, after, number = tokens[index + 1]
            count = int(number) if _DIGITS.fullmatch(number) else _cardinals().get(number)
            if count is None and index == 0:  # ``Dzień drugi``
                count = _ordinals().get(number)
            if count is not None:
                return DayMatch(start, after, count)
        if found := _ordinal(text, tokens[max(index - 2, 0) : index + 1]):
            return DayMatch(found[0], end, found[1])
    match = _unspaced_day().search(text) if is_unspaced(text) else None
    if match is None:
        return None
    number = next(filter(None, match.groups()), "")
    weekday = _weekdays().get(normalize(match.group()))
    count = int(number) if number.isdecimal() else _cardinals().get(normalize(number))
    return DayMatch(*match.span(), count, weekday)


def part_of_day(session: str) -> int | None:
    """Return 0 if the name of a session says the morning, 1 the afternoon, 2 the evening."""
    found = (part for part, words in enumerate(_parts_of_day()) if words.search(session))
    return next(found, None)


def name_day(like: str, count: int, weekday: int) -> str:
    """Return the name of another day of the event in the words of ``like``, or ``Day 2``."""
    match = match_day(like)
    if match is not None and match.weekday is not None:
        typed = normalize(like[match.start : match.end])
        for table in languages():
            days = table.phrases("dates.weekdays")
            if days and typed in map(normalize, days[match.weekday].split()):
                name = days[weekday].split()[0]
                return name.capitalize() if like[match.start].isupper() else name
    if match is not None and match.count is not None and (number := re.search(r"\d+", like)):
        return f"{like[: number.start()]}{count}{like[number.end() :]}"
    return f"Day {count}"


def _ordinal(text: str, tokens: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    """Return where the ordinal begins before the last of ``tokens``, and what it counts."""
    *before, (day_start, _, _) = tokens
    if not before or not text[before[-1][1] : day_start].strip(".º°ª").isspace():
        return None
    start, end, word = before[-1]
    if word in _ordinals():
        return start, _ordinals()[word]
    if word.isdecimal():
        return (start, int(word)) if end < day_start - 1 and _DIGITS.fullmatch(word) else None
    if len(before) < 2 or not _DIGITS.fullmatch(before[0][2]):
        return None
    ending = normalize(text[before[0][1] : end])
    return (
        (before[0][0], int(before[0][2])) if ending in phrase_set("dates.ordinal_endings") else None
    )


@cache
def _day_words() -> frozenset[str]:
    return frozenset(normalize(word) for word in phrases("dates.day") if not is_unspaced(word))


@cache
def _unspaced_day() -> re.Pattern[str]:
    """Return the pattern of days in scripts without blanks."""
    number = rf"(\d{{1,2}}|{any_of(_words('numbers', unspaced=True))})"
    templates = [escape_phrase(day) for day in phrases("dates.day") if is_unspaced(day)]
    templates += sorted(_words("dates.weekdays", unspaced=True), key=len, reverse=True)
    return re.compile("|".join(day.replace(r"\{n\}", number) for day in templates))


def _words(key: str, *, unspaced: bool) -> list[str]:
    words = [word for entry in phrases(key) for word in entry.split()]
    return [word for word in words if is_unspaced(word) is unspaced]


@cache
def _parts_of_day() -> list[re.Pattern[str]]:
    tables = (table.phrases("dates.parts_of_day") for table in languages())
    return [
        re.compile(f"(?i){any_of(' '.join(words).split())}") for words in zip(*tables, strict=True)
    ]


@cache
def _months() -> Mapping[str, int]:
    return _positions("dates.months")


@cache
def _weekdays() -> Mapping[str, int]:
    return {name: number - 1 for name, number in _positions("dates.weekdays").items()}


@cache
def _cardinals() -> Mapping[str, int]:
    """Return the numbers by their words; the first word of each entry is the cardinal."""
    entries = (enumerate(table.phrases("numbers"), 1) for table in languages())
    return {normalize(entry.split()[0]): n for numbers in entries for n, entry in numbers}


@cache
def _ordinals() -> Mapping[str, int]:
    found = _positions("numbers")
    return {word: number for word, number in found.items() if word not in _cardinals()}


def _positions(key: str) -> dict[str, int]:
    return {
        normalize(word): number
        for table in languages()
        for number, entry in enumerate(table.phrases(key), 1)
        for word in entry.split()
    }
