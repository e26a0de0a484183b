"""Names of events: with a year, without it, within a report of a conference."""

from __future__ import annotations

import re
from functools import cache

from confnotes.names import normalize
from confnotes.notes.languages.dates import MAX_YEAR, MIN_YEAR
from confnotes.notes.languages.patterns import any_of, compile_phrases, is_unspaced, phrase_set
from confnotes.notes.languages.phrase_tables import phrases

_FOUR_DIGITS = re.compile(r"[0-9]{4}")
YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z])(?:\s?['’]|-|\s)?([0-4]\d)$")
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
    """Return True if ``segment`` says only that these are notes: ``My notes``, ``参加レポート``."""
    return bool(_NOISE.match(segment)) or not _without_report(segment).strip(" -–—:,")


def _without_report(name: str) -> str:
    """Return ``name`` without the words for notes around it: ``Notizen zur KesselConf 2031``."""
    report, common = phrase_set("sessions.report"), phrase_set("common_words")
    words = _unspaced_report().sub("", name).split()
    keys = [normalize(word.strip(" ,:")) for word in words]
    typed = [word.islower() and key in common for word, key in zip(words, keys, strict=True)]
    start, end = 0, len(words)
    for place in range(len(keys[:4])):
        sizes = (n for n in (3, 2, 1) if " ".join(keys[place : place + n]) in report)
        if size := next(sizes, 0):
            start = min(place + size, end)
            while start < end and typed[start]:
                start += 1
            break
        if not typed[place]:
            break
    if end > start and keys[end - 1] in report:
        end -= 1
        while end > start and typed[end - 1]:
            end -= 1
    return " ".join(words[start:end])


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


def bare_event_name(text: str) -> str:
    """Return the name of an event without the words for notes around it."""
    name = _NOISE_AFTER.sub("", _NOISE_BEFORE.sub("", _without_report(text)))
    return name.strip(" ,:-–—#@!.")


def short_year(name: str) -> int | None:
    """Return the year of ``KettleConf'31``, two digits at the end of a name."""
    match = _SHORT_YEAR.search(name)
    return 2000 + int(match[1]) if match else None
