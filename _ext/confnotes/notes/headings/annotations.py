"""What stands around a heading's title and is no part of it: ``(EN)``, ``(Slides)``, ``9am``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from confnotes.model import TalkKind
from confnotes.notes.entities.event_names import has_event_word, is_capitalised, series_name
from confnotes.notes.entities.talk_kinds import KIND_KEYS, detect_kind
from confnotes.notes.languages.patterns import EMOJI, compile_phrases
from confnotes.notes.languages.times import TIME

_CODE = r"(?-i:EN|JA|JP|DE|FR|ES|PT|IT|NL|PL|RU|ZH|CN|KO|KR|UA|CZ|SV|TR|PT-BR)"
_SPAN = r"\d{1,2}[:.]\d{2}(?:\s*[-–—]\s*\d{1,2}[:.]\d{2})?(?:\s*[ap]m)?"
_STATE = "<headings.states>"
_ADDRESS = r"https?://\S+|(?:www\.)?[\w-]+(?:\.[\w-]+)+/\S*"
_STARS = r"[★☆⭐✭✩*]{2,5}|\d(?:\.\d)?/(?:5|10)"
_EDITION = r"[^()\[\]]{2,24}(?<!\d)(?:19|20)\d\d"
"""``[Pipe Days 2019]``."""
CODE = r"(?-i:[A-Z]{2,4}-\d{3,5})"
"""The code of a session in front of its title: ``TS-3513``."""
_OPEN, _CLOSE = r"[(\[（【]\s*", r"\s*[)\]）】]"
_LANGUAGE = rf"{_CODE}|(?:(?:in|auf|en|em)\s)?<names.languages>"
_MATERIAL = r"<fields.slides,fields.video,fields.material>(?:\s(?:link|here))?"
_MATERIALS = rf"{_MATERIAL}(?:\s*(?:[,/|&+]|<people.joiners>)\s*{_MATERIAL})*"
_RECORDED = "<fields.slides,fields.video>"
_KIND = (
    r"(?:(?:<dates.day>\s\d|<kinds.before>)[ ,-]+)*"
    rf"<kinds.labels,{','.join(KIND_KEYS.values())}>"
)
_WEEKDAY = "<dates.weekdays,dates.short_weekdays>"
_MONTH = r"(?:\s+<dates.of>)?\s+<dates.months>"
"""A month after the number of a day: ``15 octobre``, ``3 de mayo``."""
_WHEN = (
    rf"{TIME},\s[^()\[\]]{{2,40}}|(?:{_WEEKDAY},?\s*)?(?:at )?"
    rf"\d{{1,2}}[:.h]?\d{{0,2}}\s*(?:[ap]\.?m\.?)|(?:\S{{1,12}},?\s){{0,2}}{_SPAN}"
    r"|\d{1,3}\s?(?:min(?:ute)?s?|mins?\.?|hours?|hrs?)"
    r"|<dates.day> \d{1,2}|<sessions.room>\s\S{1,12}"
    r"|(?-i:[A-Z]{1,4}[-.]?\d{2,4}[A-Z]?)"
)
_SIGN = r"\s[-–—|/@]\s+"
INNER_ANNOTATION = (
    rf"(?i:\s*{_OPEN}(?:{_LANGUAGE}|{_MATERIALS}|{_WHEN}){_CLOSE}\s+"
    rf"|(?:{_SIGN}|,?\s+(?:at\s+)?){TIME}"
    rf"(?:{_SIGN}(?=<sessions.room>\b|[^-–—|/@]*\d)[^-–—|/@]{{2,30}})?{_SIGN}(?=\S)"
    rf"|{_SIGN}<sessions.room>\s\S{{1,12}}{_SIGN}(?=\S))"
)
"""An annotation with more after it, which parts title and speaker: ``(EN)``, ``1pm - Room 3 /``."""
_PREFIX = (
    rf"(?i)^(?:(?:{TIME}|{_WEEKDAY},?\s+(?:at\s+)?(?:{TIME}|(?!\d{{1,2}}\.?{_MONTH})\d{{1,2}}))"
    r"(?:\s*[-–—〜～~:|,]\s*|\s+)"
    rf"|{_WEEKDAY}\s+<sessions.session>\s*[-–—:|]\s+"
    r"|<kinds.labels,kinds.counted>\s*#?\d{1,3}(?:\.\d)?\s*(?:[-–—:：|.)]\s*|(?=[「『《]))"
    r"|第?[\d一二三四五六七八九十]{1,3}<kinds.labels,kinds.counted>(?:目\s*|\s*[:：|]\s*|\s*(?=[「『《]))"
    r"|(?:session|talk)\s*[-–—:|]\s+"
    r"|<dates.day> \d{1,2}\s*[-–—|]\s*(?=\d)"
    rf"|{CODE}\s+|(?-i:[A-Z]\d{{1,2}} \([A-Z]\)):\s+"
    r"|(?-i:(?![A-Z]+(?:19|20)\d\d\b)[A-Z]{2,4}\d{3,4})\s*[-–—:|]\s+"
    r"|\[[ xX]\]\s+|(?:19|20)\d{10}(?:\d\d)?\s+"
    r"|#?\d{1,3}[.)]-?\s+|\(\d{1,2}\)\s+|\d\ufe0f?\u20e3\s*|\d{1,2}\s+[-–—]\s+|\[\d{1,2}\]\s*"
    rf"|[{EMOJI}]+\s*|:[a-z+-][\w+-]{{1,30}}:\s*)"
)
"""A time, a number or a picture in front of a title."""
_BEFORE = (
    rf"(?i)^{_OPEN}(?:(?:{_STATE}|{_LANGUAGE}|{_WHEN}|{_KIND}|{_EDITION}){_CLOSE}\s*"
    rf"|[^()\[\]]{{2,30}}{_CLOSE}\s*[:：]\s*)(?=\S)"
)
_AFTER = (
    rf"(?i)\s*(?:{_OPEN}(?:{_LANGUAGE}|{_MATERIALS}|{_KIND}|{_WHEN}|{_STATE}|{_ADDRESS}|{_STARS})"
    rf"{_CLOSE}|[★☆⭐✭✩]{{1,5}}|[¶🔗⚓§]\ufe0f?|\s#(?:[^\W\d]\w*)?)\s*$"
    rf"|\s+[-–—|]\s+(?:{_KIND}|{_RECORDED}(?:,\s{_RECORDED})?)$|\s+open space$|\s+https?://\S+$"
)
_EVENT = r"([^\W\d_](?:(?! - )[^()\[\]:–—|@]){0,30}[^\W\d_]['’ -]?(?:(?:19|20)\d\d))"
_OF_EVENT = re.compile(
    rf"^{_EVENT}(?::|\s[-–—|])\s+(?=\S{{2}})|(?<=\S)\s+(?:[-–—|@]\s+|\(){_EVENT}\)?$"
)
"""The event in front of a title, or behind it: ``KettleConf 2031: Queues``."""
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
    for pattern in (_PREFIX, _PREFIX, _BEFORE):
        match = compile_phrases(pattern).match(text)
        if match and text[match.end() :].strip():
            text = text[match.end() :].strip()
            said = match.group().strip(" ()[]（）【】")
            kind = detect_kind(said) if _is_kind(said) else kind
    for _ in range(3):
        match = compile_phrases(_AFTER).search(text, max(0, len(text) - _MAX_ANNOTATION))
        if match is None or not text[: match.start()].strip(" -–—|:"):
            break
        text, said = text[: match.start()].rstrip(), match.group().strip(" -–—|()[]（）【】")
        if _is_kind(said):
            label, kind = said, detect_kind(said)
    event = _OF_EVENT.search(text)
    if event and _names_event(event[1] or event[2]):
        text = f"{text[: event.start()]}{text[event.end() :]}"
    return BareHeading(text, kind if kind is not TalkKind.TALK else detect_kind(text), label)


def _is_kind(text: str) -> bool:
    return bool(compile_phrases(f"(?i){_KIND}").fullmatch(text))


def _names_event(text: str) -> bool:
    """Return True if each word of a name has a capital, and one is that of an event."""
    return has_event_word(series_name(text)) and all(map(is_capitalised, text.split()[:-1]))
