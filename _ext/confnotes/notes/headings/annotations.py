"""What stands around a heading's title and is no part of it: ``(EN)``, ``(Slides)``, ``9am``."""

from __future__ import annotations

import re
from typing import NamedTuple

from confnotes.model import TalkKind
from confnotes.notes.entities.talk_kinds import detect_kind

_LANGUAGE = (
    r"(?-i:EN|JA|JP|DE|FR|ES|PT|IT|NL|PL|RU|ZH|CN|KO|KR|UA|CZ|SV|TR|PT-BR)|"
    r"(?:in |auf |en |em )?(?:english|japanese|german|deutsch|fran[cç]ais|french|spanish|"
    r"espa[nñ]ol|portugu[eê]se?|italiano?|russian|chinese|korean|dutch|polish)"
)
_MATERIAL_WORD = (
    r"(?:(?:link|slides?|slide deck|deck|video|recording|youtube|repo|github|code|demo|website|"
    r"abstract|transcript|pdf|notes|schedule|talk page|material|audio|podcast|speakerdeck|"
    r"slideshare|blog post)s?(?: (?:link|here))?)"
)
_MATERIAL = rf"{_MATERIAL_WORD}(?:\s*(?:[,/|&+]|\band\b)\s*{_MATERIAL_WORD})*"
_KIND = (
    r"(?:(?:opening|closing|day \d|morning|afternoon|evening|invited|short|long)[ ,-]+)*"
    r"(?:keynote|panel(?: discussion)?|workshop|tutorial|lightning talk|lightning|plenary|"
    r"q&a|fireside chat|poster|demo|talk|session|bof|open space|sponsored(?: talk)?)"
)
_WHEN = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s*)?(?:at )?\d{1,2}[:.h]?\d{0,2}\s*(?:[ap]\.?m\.?)"
    r"|\d{1,2}[:.]\d{2}(?:\s*[-–—]\s*\d{1,2}[:.]\d{2})?(?:\s*[ap]m)?"
    r"|\d{1,3}\s?(?:min(?:ute)?s?|mins?\.?|hours?|hrs?)"
    r"|day \d{1,2}|(?:room|track|hall|stage)\s\S{1,12}|(?-i:[A-Z]{1,4}[-.]?\d{2,4}[A-Z]?)"
)
_STATE = r"partial|partially|incomplete|unfinished|wip|cont(?:inued|'d|\.)?|late|remote|part missed"
_ADDRESS = r"https?://\S+|(?:www\.)?[\w-]+(?:\.[\w-]+)+/\S*"
_STARS = r"[★☆⭐✭✩*]{2,5}|\d(?:\.\d)?/(?:5|10)"
_INSIDE = rf"(?:{_LANGUAGE}|{_MATERIAL}|{_KIND}|{_WHEN}|{_STATE}|{_ADDRESS}|{_STARS})"
_OPEN, _CLOSE = r"[(\[（]\s*", r"\s*[)\]）]"
_AFTER = re.compile(
    rf"\s*(?:{_OPEN}{_INSIDE}{_CLOSE}|[★☆⭐✭✩]{{1,5}})\s*$"
    rf"|\s+[-–—|]\s+{_KIND}$|\s+open space$",
    re.IGNORECASE,
)
_MAX_ANNOTATION = 300
"""Characters of the longest annotation."""
_IS_KIND = re.compile(_KIND, re.IGNORECASE)
_BEFORE = re.compile(rf"^{_OPEN}(?:{_STATE}|{_LANGUAGE}|{_WHEN}){_CLOSE}\s*(?=\S)", re.IGNORECASE)
_CLOCK = r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?|h\b|uhr)?"
_PREFIX = re.compile(
    rf"^(?:[(\[]?{_CLOCK}\s*(?:[-–—]|to|until)\s*{_CLOCK}[)\]]?(?:\s*[-–—:|,]\s*|\s+)"
    r"|[(\[]?\d{1,2}[:.h：]\d{2}\s*(?:[ap]\.?m\.?|uhr\b)?[)\]]?(?:\s*[-–—〜~:|,]\s*|\s+)"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?:at\s+)?"
    r"\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*[-–—:|,]\s*|\s+)"
    r"|\d{1,2}\s*[ap]\.?m\.?(?:\s*[-–—:|,]\s*|\s+)"
    r"|(?:(?:lightning )?talk|session|presentation|speaker|paper|chapter)\s*#?\d{1,3}"
    r"\s*[-–—:|.)]\s*"
    r"|(?:session|talk)\s*[-–—:|]\s+"
    r"|day \d{1,2}\s*[-–—|]\s*(?=\d)|(?:[01]\d|2[0-3])[0-5]\d\s+[-–—]\s+"
    r"|#?\d{1,2}[.)]\s+|\d{1,2}\s+[-–—]\s+|\[\d{1,2}\]\s*)",
    re.IGNORECASE,
)
INNER_ANNOTATION = rf"(?i:\s*[(\[（](?:{_LANGUAGE}|{_MATERIAL})[)\]）]\s+)"
"""An annotation with more after it, which parts a title from its speaker."""


class Bare(NamedTuple):
    """A heading's text without what is said around it, and the kind that this says."""

    text: str
    kind: TalkKind
    label: str = ""
    """The kind as typed, where nothing but people is left to be the title."""


def strip_annotations(text: str) -> Bare:
    """Take time, number, language, material and kind off both ends of a heading."""
    text, label, kind = text.strip(), "", TalkKind.TALK
    for pattern in (_PREFIX, _PREFIX, _BEFORE):
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            text = text[match.end() :].strip()
    for _ in range(3):
        match = _AFTER.search(text, max(0, len(text) - _MAX_ANNOTATION))
        if match is None or not text[: match.start()].strip(" -–—|:"):
            break
        text, said = text[: match.start()].rstrip(), match.group().strip(" -–—|()[]（）")
        if _IS_KIND.fullmatch(said):
            label, kind = said, detect_kind(said)
    return Bare(text, kind if kind is not TalkKind.TALK else detect_kind(text), label)
