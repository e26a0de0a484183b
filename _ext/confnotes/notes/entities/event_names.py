"""Names of events: with a year, without it, within a report of a conference."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from confnotes.names import normalize
from confnotes.notes.languages.dates import MAX_YEAR, MIN_YEAR
from confnotes.notes.languages.patterns import any_of, compile_phrases, is_unspaced, phrase_set
from confnotes.notes.languages.phrase_tables import phrases

_SIGNS = " ,:-–—#@!."
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z])(?:\s?['’]|-|\s)?([0-4]\d)$")
_MAX_BEFORE = 4
"""Words of a name in front of the one that says that these are notes."""
_EVENT_WORD = (
    r"(?i)(?:conf|con|kaigi|summit|fest|camp|конф|фест|кэмп)(?:erence)?\b|<sessions.event_words>"
)
_COMPOUND = re.compile(
    r"^[A-Z]\w*(?:[Cc]onf|[Cc]on|[Cc]amp|[Ff]est|[Kk]aigi)\b|\b[A-Z]\w*(?:Conf|Con|Camp|Fest|Kaigi)\W*$|\bConf\W*$"
)


def names_event(text: str) -> bool:
    """Return True if ``text`` begins or ends with a word made of an event's: ``KettleConf``."""
    return bool(_COMPOUND.search(text))


def is_year(text: str) -> bool:
    """Return True if ``text`` is a year in which an event can be."""
    return bool(_FOUR_DIGITS.fullmatch(text)) and MIN_YEAR <= int(text) <= MAX_YEAR


def series_name(name: str) -> str:
    """Return an event's name without its year: ``KettleConf 2031`` → ``KettleConf``."""
    without = YEAR.sub(" ", name)
    if without == name:
        without = _SHORT_YEAR.sub(" ", name)
    return " ".join(without.split()).strip(" ,-–—:'’_#")


def is_report(segment: str) -> bool:
    """Return True if ``segment`` says only that these are notes: ``Notes on queues``, ``感想``."""
    name, is_of = _without_report(segment)
    return is_of or not name


def bare_event_name(text: str) -> str:
    """Return the name of an event without the words for notes around it."""
    return _without_report(text)[0]


@lru_cache(maxsize=256)
def _without_report(name: str) -> tuple[str, bool]:
    """Return ``KesselConf 2031`` for ``Notizen zur KesselConf 2031``, and whether it is of that.

    The words of ``sessions.report`` at either end are taken off, with what joins them to the name.
    """
    report, common = phrase_set("sessions.report"), phrase_set("common_words")
    around = phrase_set("sessions.around_report")
    words = _unspaced_report().sub("", name).split()
    keys = [normalize(word.strip(_SIGNS)) for word in words]
    joins = [
        key in around or not key or (word.islower() and key in common)
        for word, key in zip(words, keys, strict=True)
    ]
    start, end, is_of = 0, len(words), False
    for place in range(min(end, _MAX_BEFORE)):
        sizes = (size for size in (3, 2, 1) if " ".join(keys[place : place + size]) in report)
        if size := next(sizes, 0):
            start = min(place + size, end)
            is_of = start < end and joins[start]
            break
        if not joins[place]:
            break
    while start < end and joins[start] and (is_of or keys[start] in phrase_set("dates.of")):
        start += 1
    sizes = (size for size in (3, 2, 1) if " ".join(keys[max(start, end - size) : end]) in report)
    if size := next(sizes, 0):
        end = max(start, end - size)
        while end > start and joins[end - 1]:
            end -= 1
    return " ".join(words[start:end]).strip(_SIGNS), is_of


@cache
def _unspaced_report() -> re.Pattern[str]:
    words = (word for word in phrases("sessions.report") if is_unspaced(word))
    return re.compile(rf"\s*[にのへ]?\s*{any_of(words)}$")


def is_capitalised(text: str) -> bool:
    """Return True if ``text`` begins with a capital, or in a script that has none."""
    return text[:1].isupper() or is_unspaced(text[:1])


def has_event_word(text: str) -> bool:
    """Return True if ``text`` has a word of events: ``Weavers Summit``, ``KettleConf``."""
    return bool(compile_phrases(_EVENT_WORD).search(text))


def short_year(name: str) -> int | None:
    """Return the year of ``KettleConf'31``, two digits at the end of a name."""
    match = _SHORT_YEAR.search(name)
    return 2000 + int(match[1]) if match else None
