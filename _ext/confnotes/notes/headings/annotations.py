"""What stands around a heading's title and is no part of it: ``(EN)``, ``(Slides)``, ``9am``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from confnotes.model import TalkKind
from confnotes.notes.entities.talk_kinds import KIND_KEYS, detect_kind
from confnotes.notes.languages.patterns import EMOJI, any_of, phrase_pattern
from confnotes.notes.languages.phrase_tables import phrases

_CODE = r"(?-i:EN|JA|JP|DE|FR|ES|PT|IT|NL|PL|RU|ZH|CN|KO|KR|UA|CZ|SV|TR|PT-BR)"
_CLOCK = r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?|h\b|uhr)?"
_SPAN = r"\d{1,2}[:.]\d{2}(?:\s*[-–—]\s*\d{1,2}[:.]\d{2})?(?:\s*[ap]m)?"
_STATE = r"partial|partially|incomplete|unfinished|wip|cont(?:inued|'d|\.)?|late|remote|part missed"
_ADDRESS = r"https?://\S+|(?:www\.)?[\w-]+(?:\.[\w-]+)+/\S*"
_STARS = r"[★☆⭐✭✩*]{2,5}|\d(?:\.\d)?/(?:5|10)"
_EDITION = r"[^()\[\]]{2,24}(?<!\d)(?:19|20)\d\d"
"""``[Pipe Days 2019]``."""
CODE = r"(?-i:[A-Z]{2,4}-\d{3,5})"
"""The code of a session in front of its title: ``TS-3513``."""
_OPEN, _CLOSE = r"[(\[（【]\s*", r"\s*[)\]）】]"
_MAX_ANNOTATION = 300
"""Characters of the longest annotation."""


class BareHeading(NamedTuple):
    """A heading's text without what is said around it, and the kind that this says."""

    text: str
    kind: TalkKind
    label: str = ""
    """The kind as typed, where nothing but people is left to be the title."""


@lru_cache(maxsize=4096)
def strip_annotations(text: str) -> BareHeading:
    """Take time, number, language, material and kind off both ends of a heading."""
    text, label, kind = text.strip(), "", TalkKind.TALK
    for pattern in (_prefix(), _prefix(), _before()):
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            text = text[match.end() :].strip()
            said = match.group().strip(" ()[]（）【】")
            kind = detect_kind(said) if _is_kind().fullmatch(said) else kind
    for _ in range(3):
        match = _after().search(text, max(0, len(text) - _MAX_ANNOTATION))
        if match is None or not text[: match.start()].strip(" -–—|:"):
            break
        text, said = text[: match.start()].rstrip(), match.group().strip(" -–—|()[]（）【】")
        if _is_kind().fullmatch(said):
            label, kind = said, detect_kind(said)
    return BareHeading(text, kind if kind is not TalkKind.TALK else detect_kind(text), label)


@cache
def inner_annotation_pattern() -> str:
    """Return the pattern of an annotation with more after it, which parts title and speaker."""
    return rf"(?i:\s*{_OPEN}(?:{_language()}|{_material()}){_CLOSE}\s+)"


@cache
def _language() -> str:
    return rf"{_CODE}|(?:(?:in|auf|en|em)\s)?{phrase_pattern('names.languages')}"


@cache
def _material() -> str:
    word = phrase_pattern("fields.slides", "fields.video", "fields.material")
    word = rf"{word}(?:\s(?:link|here))?"
    return rf"{word}(?:\s*(?:[,/|&+]|{phrase_pattern('people.joiners')})\s*{word})*"


@cache
def _kind() -> str:
    day = rf"{_day()}\s\d|{phrase_pattern('kinds.before')}"
    return rf"(?:(?:{day})[ ,-]+)*{phrase_pattern('kinds.labels', *KIND_KEYS.values())}"


@cache
def _when() -> str:
    day = rf"(?:{_weekday()},?\s*)?(?:at )?"
    return (
        rf"{day}\d{{1,2}}[:.h]?\d{{0,2}}\s*(?:[ap]\.?m\.?)|(?:\S{{1,12}},?\s){{0,2}}{_SPAN}"
        r"|\d{1,3}\s?(?:min(?:ute)?s?|mins?\.?|hours?|hrs?)"
        rf"|{_day()} \d{{1,2}}|{phrase_pattern('sessions.room')}\s\S{{1,12}}"
        r"|(?-i:[A-Z]{1,4}[-.]?\d{2,4}[A-Z]?)"
    )


@cache
def _weekday() -> str:
    return rf"(?:{any_of(_words('dates.weekdays'))}|(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\b)"


@cache
def _month() -> str:
    """Return the pattern of a month after the number of a day: ``15 octobre``, ``3 de mayo``."""
    return rf"(?:\s+(?:{'|'.join(phrases('dates.of'))}))?\s+{any_of(_words('dates.months'))}"


@cache
def _day() -> str:
    return any_of(word for word in phrases("dates.day") if "{" not in word)


def _words(key: str) -> list[str]:
    """Return the words of phrases that list spellings: ``lundi``, ``月曜日 月曜``."""
    return [word for phrase in phrases(key) for word in phrase.split()]


@cache
def _is_kind() -> re.Pattern[str]:
    return re.compile(_kind(), re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    parts = (_language(), _material(), _kind(), _when(), _STATE, _ADDRESS, _STARS)
    return re.compile(
        rf"\s*(?:{_OPEN}(?:{'|'.join(parts)}){_CLOSE}|[★☆⭐✭✩]{{1,5}})\s*$"
        rf"|\s+[-–—|]\s+{_kind()}$|\s+open space$",
        re.IGNORECASE,
    )


@cache
def _before() -> re.Pattern[str]:
    inside = f"{_STATE}|{_language()}|{_when()}|{_kind()}|{_EDITION}"
    return re.compile(
        rf"^{_OPEN}(?:(?:{inside}){_CLOSE}\s*|[^()\[\]]{{2,30}}{_CLOSE}\s*[:：]\s*)(?=\S)",
        re.IGNORECASE,
    )


@cache
def _prefix() -> re.Pattern[str]:
    """Return the pattern of a time, a number or a picture in front of a title."""
    return re.compile(
        rf"^(?:[(\[]?{_CLOCK}\s*(?:[-–—]>?|→|to|until)\s*{_CLOCK}[)\]]?(?:\s*[-–—:|,]\s*|\s+)"
        r"|[(\[]?\d{1,2}[:.h：]\d{2}\s*(?:[ap]\.?m\.?|uhr\b)?[)\]]?(?:\s*[-–—〜~:|,]\s*|\s+)"
        rf"|{_weekday()},?\s+(?:at\s+)?(?!\d{{1,2}}\.?{_month()})"
        r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*[-–—:|,]\s*|\s+)"
        r"|\d{1,2}\s*[ap]\.?m\.?(?:\s*[-–—:|,]\s*|\s+)"
        r"|\d{1,2}h\s*[-–—:|,]\s*"
        rf"|{_weekday()}\s+{phrase_pattern('sessions.session')}\s*[-–—:|]\s+"
        rf"|{phrase_pattern('kinds.labels', 'kinds.counted')}\s*#?\d{{1,3}}\s*[-–—:：|.)]\s*"
        r"|(?:session|talk)\s*[-–—:|]\s+"
        rf"|{_day()} \d{{1,2}}\s*[-–—|]\s*(?=\d)|(?!19|20)(?:[01]\d|2[0-3])[0-5]\d(?:\s+[-–—]|,)\s+"
        rf"|{CODE}\s+|(?-i:(?![A-Z]+(?:19|20)\d\d\b)[A-Z]{{2,4}}\d{{3,4}})\s*[-–—:|]\s+"
        r"|\[[ xX]\]\s+|#?\d{1,3}[.)]-?\s+|\d\ufe0f?\u20e3\s*|\d{1,2}\s+[-–—]\s+|\[\d{1,2}\]\s*"
        rf"|[{EMOJI}]+\s*|:[a-z+-][\w+-]{{1,30}}:\s*)",
        re.IGNORECASE,
    )
