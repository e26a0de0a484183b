"""Where a heading can be cut, and what stands around its title: time, number, track, quotes."""

from __future__ import annotations

import re

from confnotes.model import TalkKind
from confnotes.notes.entities.talk_kinds import detect_kind

_SEPARATOR = re.compile(
    r"(?P<dash>\s+-{1,3}\s+|\s+[–—―]\s*|[–—―]\s+|(?<=[^\W\d_])—(?=[^\W\d_]))"
    r"|(?P<pipe>\s*[|│·•]\s+|\s+//\s+|\s+~\s+|\s+::\s+|\s+→\s+)"
    r"|(?P<by>[,.]?\s+(?:by|be|By|BY)(?:\s*:)?\s+(?=[^\W\da-z_]|@|[a-z]+ (?:and|&) |\[)|"
    r"\s+by\s+(?=\S+(?:\s\S+)?$))"
    r"|(?P<with>\s+(?:with|w/|feat\.|ft\.)\s+(?=[^\W\da-z_]|@))"
    r"|(?P<colon>:\s+)"
    r"|(?P<comma>,\s+)"
    r"|(?P<slash>\s+/\s+)"
    r"|(?P<handle>[\s!?.]+(?=@\w))"
    r"|(?P<stop>[!?.]\s+(?=[^\W\da-z_]))"
)
TITLE_IN_FRONT_OF_BRACKETS = re.compile(
    r"^(?P<title>.*\S)\s*[(\[](?P<people>[^()\[\]]+(?:\([^()]*\)[^()\[\]]*)*)[)\]]\.?$"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[\"“][^\"“”]*[\"”]")
POSSESSIVE = re.compile(
    r"^(?P<people>(?:(?! - )[^:–—]){3,60}?)['’]s?\s+"
    r"(?P<title>(?:(?:opening|closing|lightning|morning)\s+)?"
    r"(?:keynote|talk|session|presentation|workshop|tutorial)\b.*)$",
    re.IGNORECASE,
)
_TIME = r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?|h|uhr)?"
KIND_AFTER = re.compile(
    r"\s+[-–—|]\s+(?:(?:opening|closing) )?(?:keynote|panel(?: discussion)?|workshop|tutorial|"
    r"lightning talk|q&a|fireside chat)$",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    rf"^(?:[(\[]?{_TIME}\s*(?:[-–—]|to|until)\s*{_TIME}[)\]]?(?:\s*[-–—:|,]\s*|\s+)"
    r"|[(\[]?\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?[)\]]?(?:\s*[-–—:|,]\s*|\s+)"
    r"|(?:talk|session|presentation|speaker|paper)\s*#?\d{1,3}\s*(?:[-–—:|.)]\s*)"
    r"|#?\d{1,2}[.)]\s+|\d{1,2}\s+[-–—]\s+|\[\d{1,2}\]\s*)",
    re.IGNORECASE,
)
_TRACK = re.compile(
    r"\b(?:mini-?conf(?:erence)?|track|devroom|dev room|room|stage|stream|symposium|"
    r"hall|theat(?:er|re))\b|^(?:session|block|slot) ?\w?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^(?:\"(?P<straight>[^\"]+)\"|[“”„«](?P<curly>[^“”„«»]+)[“”»])$")
_SEPARATORS = 14


def trailing_punctuation(separator: re.Match[str]) -> str:
    """Return the mark that a cut takes from the end of a sentence, which is the title's."""
    return separator.group().strip() if separator.lastgroup in {"stop", "handle"} else ""


def find_separators(text: str) -> list[re.Match[str]]:
    """Return where ``text`` can be cut, outside its brackets and quotes."""
    brackets = [match.span() for match in _BRACKETS.finditer(text)]
    separators = [
        separator
        for separator in _SEPARATOR.finditer(text)
        if not any(start < separator.start() and separator.end() <= end for start, end in brackets)
    ]
    return (
        separators
        if len(separators) <= _SEPARATORS
        else [*separators[: _SEPARATORS // 2], *separators[-_SEPARATORS // 2 :]]
    )


def strip_prefix(text: str) -> tuple[str, TalkKind]:
    """Take the time and the number off a heading; tell its kind from what is left."""
    text = text.strip()
    for _ in range(2):
        match = _PREFIX.match(text)
        if match is None or not text[match.end() :].strip():
            break
        text = text[match.end() :].strip()
    return text, detect_kind(text)


def clean_title(text: str) -> str:
    """Return a title without the signs and quotes around it."""
    text = text.strip().strip("|–—").strip(" ,:-") if text.strip("-–—|,: ") else text
    quoted = _QUOTED.match(text)
    return (quoted["straight"] or quoted["curly"]).strip() if quoted else text


def split_track(left: str) -> tuple[str, str]:
    """Split ``Open Cloud Miniconf – Title`` into the title and the track."""
    for separator in _SEPARATOR.finditer(left):
        before = left[: separator.start()].strip()
        if separator.lastgroup in {"dash", "pipe"} or (
            separator.lastgroup == "colon" and "onf" in before
        ):
            if _TRACK.search(before) and len(before.split()) <= 6:
                return left[separator.end() :], before
            break
    return left, ""
