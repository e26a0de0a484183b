"""A talk's head taken apart: title, speakers, track, kind.

Every way to cut a head is read, each reading is weighed (log-odds), and the
best one wins if it beats having no speaker at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from confnotes.model import Kind, Speaker
from confnotes.notes.kinds import KIND_LABEL, kind_of
from confnotes.notes.likeness import likeness
from confnotes.notes.occupations import is_affiliation, is_job
from confnotes.notes.people import People, people

LONGEST = 800
_CUT = re.compile(
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
_BRACKETED = re.compile(
    r"^(?P<title>.*\S)\s*[(\[](?P<people>[^()\[\]]+(?:\([^()]*\)[^()\[\]]*)*)[)\]]\.?$"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[\"“][^\"“”]*[\"”]")
_STRONG = frozenset({"dash", "pipe", "by"})
_MODERATED = re.compile(
    r"\b(?:presented|moderated|hosted|given|brought to you|led|written|powered)$", re.IGNORECASE
)
_POSSESSIVE = re.compile(
    r"^(?P<people>[^:–—]{3,60}?)['’]s?\s+(?P<title>(?:(?:opening|closing|lightning|morning)\s+)?"
    r"(?:keynote|talk|session|presentation|workshop|tutorial)\b.*)$",
    re.IGNORECASE,
)
_TIME = r"\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?|h|uhr)?"
_PREFIX = re.compile(
    rf"^(?:[(\[]?{_TIME}\s*(?:[-–—]|to|until)\s*{_TIME}[)\]]?(?:\s*[-–—:|,]\s*|\s+)"
    r"|[(\[]?\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?[)\]]?(?:\s*[-–—:|,]\s*|\s+)"
    r"|(?:talk|session|presentation|speaker|paper)\s*#?\d{1,3}\s*(?:[-–—:|.)]\s*)"
    r"|#?\d{1,2}[.)]\s+|\d{1,2}\s+[-–—]\s+|\[\d{1,2}\]\s*)",
    re.IGNORECASE,
)


_AFTER_NAME = re.compile(r"^[\s,|–—-]+")
_TRACK = re.compile(
    r"\b(?:mini-?conf(?:erence)?|track|devroom|dev room|room|stage|stream|symposium|"
    r"hall|theat(?:er|re))\b|^(?:session|block|slot) ?\w?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^[\"“”„«](?P<inside>[^\"“”„«»]+)[\"“”»]$")
_WEIGHTS = {"dash": 0.8, "pipe": 0.8, "by": 2.0, "with": -2.5, "colon": -1.0, "comma": -1.0}
_WEIGHTS |= {"slash": -0.5, "handle": 1.5, "stop": -1.5, "bracket": 0.3, "possessive": 1.0}
_FIRST = -0.9
"""A speaker stands last in 92 of 128 heads in the wild and first in 14; heads with more to say "
"win."""
EVEN = 0.0
_STRONG_LEAST, _WEAK_LEAST = -3.0, 0.3
"""However unlike a name the title is, its other side must be like one by itself."""
_CUTS = 14


class Form(StrEnum):
    """The order of a head. Posts are typed in one of them, mostly."""

    TITLE = "title"
    LAST = "title – speaker"
    FIRST = "speaker – title"
    PERSON = "speaker"
    EMPLOYED = "speaker – affiliation"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a head; ``score`` is the log-odds that its speakers are people."""

    form: Form
    title: str
    speakers: tuple[Speaker, ...] = ()
    score: float = 0.0
    track: str = ""
    kind: Kind = Kind.TALK


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the post says about a head: who is known, its session, its habits."""

    known: frozenset[str] = frozenset()
    keynotes: bool = False
    habit: dict[Form, float] = field(default_factory=dict)
    """Log-odds to add to a form because the post's other heads have it."""


NO_CONTEXT = Context()


def read_head(text: str, line: int, context: Context = NO_CONTEXT) -> Reading:
    """Return the best reading of a head (without inline markup)."""
    return readings(text, line, context)[0]


def readings(text: str, line: int, context: Context = NO_CONTEXT) -> list[Reading]:
    """Return the readings of a head, best first; the one without a speaker is always among them."""
    text, kind = _without_prefix(text)
    whole = Reading(Form.TITLE, _title(text), (), EVEN, "", kind)
    if len(text) > LONGEST:
        return [whole]
    found = [whole, *_whole(text, line, context, kind)]
    cuts = _cuts(text)
    long_dash = len({cut.group().strip() for cut in cuts if cut.lastgroup == "dash"}) > 1
    strong = any(cut.lastgroup in _STRONG for cut in cuts)
    for cut in cuts:
        left, right = text[: cut.start()], text[cut.end() :]
        sign = cut.lastgroup or "dash"
        weak = -2.5 * (strong and sign not in _STRONG)
        weak -= 2.0 * (sign == "handle" and " " not in left and not cut.group().strip())
        weak += 0.7 * (long_dash and cut.group().strip() in {"–", "—"})
        found += _last(left, right, sign, line, context, kind, weak)
        if sign in {"dash", "pipe", "colon", "comma"}:
            weak -= 1.0 * (sign == "colon")
            found += _first(left, right, sign, line, context, kind, weak)
    if bracket := _BRACKETED.match(text):
        found += _last(bracket["title"], bracket["people"], "bracket", line, context, kind)
    if possessive := _POSSESSIVE.match(text):
        who, said = possessive["people"], possessive["title"]
        found += _first(who, said, "possessive", line, context, kind_of(said))
    return sorted(_untwinned(found), key=lambda reading: -reading.score)


def _untwinned(found: list[Reading]) -> list[Reading]:
    """Settle ``Ana – Queues by Ana``: a pasted title has its speaker, the dash is the note's."""
    first = [r.speakers[0].name for r in found if r.form is Form.FIRST and len(r.speakers) == 1]
    return [
        replace(reading, score=reading.score - 2.5)
        if reading.form is Form.LAST
        and len(reading.speakers) == 1
        and reading.speakers[0].name in first
        and reading.title.startswith(f"{reading.speakers[0].name} –")
        else reading
        for reading in found
    ]


def _cuts(text: str) -> list[re.Match[str]]:
    brackets = [match.span() for match in _BRACKETS.finditer(text)]
    cuts = [
        cut
        for cut in _CUT.finditer(text)
        if not any(start < cut.start() and cut.end() <= end for start, end in brackets)
    ]
    return cuts if len(cuts) <= _CUTS else [*cuts[: _CUTS // 2], *cuts[-_CUTS // 2 :]]


def _without_prefix(text: str) -> tuple[str, Kind]:
    """Take the time and the number off a head; tell its kind from what is left."""
    text = text.strip()
    for _ in range(2):
        match = _PREFIX.match(text)
        if match is None or not text[match.end() :].strip():
            break
        text = text[match.end() :].strip()
    return text, kind_of(text)


def _title(text: str) -> str:
    text = text.strip().strip("|–—").strip(" ,:-") if text.strip("-–—|,: ") else text
    quoted = _QUOTED.match(text)
    return quoted["inside"].strip() if quoted else text


def _whole(text: str, line: int, context: Context, kind: Kind) -> list[Reading]:
    """Read all of a head as people: a keynote's head is often only a name."""
    label = KIND_LABEL.match(text)
    said = text[label.end() :] if label else text
    who = people(said, line, context.known, small=text.islower())
    if who is None:
        return []
    score = who.score - 1.0 + context.habit.get(Form.PERSON, 0.0) + (1.5 if label else 0.0)
    if context.keynotes:
        score += 1.0
    title = text[: label.end()].strip(" :-–—|[]()") if label else ""
    if len(who.speakers) == 1 and is_job(
        _AFTER_NAME.sub("", said.removeprefix(who.speakers[0].name))
    ):
        score += 3.0
    employed = who.speakers[0].affiliation and not label and len(who.speakers) == 1
    form = Form.EMPLOYED if employed else Form.PERSON
    return [Reading(form, title, who.speakers, score, "", kind)]


def _last(
    left: str, right: str, sign: str, line: int, context: Context, kind: Kind, weak: float = 0.0
) -> list[Reading]:
    """Read ``left`` as the title and ``right`` as the speakers."""
    who = people(right, line, context.known, small=left.islower() and right.islower())
    if who is None or not left.strip() or (sign == "by" and _MODERATED.search(left)):
        return []
    if all(speaker.name.startswith("@") for speaker in who.speakers):
        owner = people(left, line, context.known)
        if owner is not None and owner.score > 0.5:
            return []
    title, track = _track(left)
    score = _weigh(who, title or left, sign) + weak + context.habit.get(Form.LAST, 0.0)
    return [Reading(Form.LAST, _title(title), who.speakers, score, track, kind)]


def _first(
    left: str, right: str, sign: str, line: int, context: Context, kind: Kind, weak: float = 0.0
) -> list[Reading]:
    """Read ``left`` as the speakers and ``right`` as the title, or as where they work."""
    label = KIND_LABEL.match(left + ":") if sign != "possessive" else None
    if label and label.end() >= len(left):
        return []
    label = KIND_LABEL.match(left)
    who = people(
        left[label.end() :] if label else left,
        line,
        context.known,
        small=left.islower() and right.islower(),
    )
    if who is None or not right.strip():
        return []
    if (
        sign == "dash"
        and not is_affiliation(left)
        and any(c.lastgroup == "dash" for c in _cuts(left))
    ):
        weak -= 2.5
    if is_job(right):
        weak -= 2.5
    if sign == "possessive" and (said := KIND_LABEL.match(right)):
        right = right[said.end() :]
    score = _weigh(who, right, sign) + weak + _FIRST + context.habit.get(Form.FIRST, 0.0)
    found = [Reading(Form.FIRST, _title(right), who.speakers, score, "", kind)]
    if sign in {"dash", "pipe", "comma"} and len(who.speakers) == 1 and _may_employ(right):
        speaker = who.speakers[0]
        if not speaker.affiliation:
            speaker = replace(speaker, affiliation=right.strip())
            title = left[: label.end()].strip(" :-–—|") if label else ""
            bonus = 1.5 if is_affiliation(right) else -0.5 if " " not in right.strip() else -2.5
            bonus += 2.5 if context.keynotes or label else 0.0
            score = who.score + _FIRST + _WEIGHTS["dash"] + 1.0 + bonus
            found.append(Reading(Form.EMPLOYED, title, (speaker,), score, "", kind))
    return found


def _may_employ(text: str) -> bool:
    """Say whether ``text`` has the shape of a company's name."""
    words = text.split()
    return (
        1 <= len(words) <= 4
        and all(not word[0].islower() for word in words)
        and text[-1] not in "?!"
    )


def _weigh(who: People, title: str, sign: str) -> float:
    """Return the log-odds that ``who`` are people and ``title`` is what they spoke about."""
    if who.score < (_STRONG_LEAST if sign in _STRONG else _WEAK_LEAST):
        return -9.0
    unlike = max(-4.0 if " " in title.strip() else -0.5, min(3.0, -likeness(title)))
    return who.score + (0.5 if unlike > 0 else 1.0) * unlike + _WEIGHTS[sign] + 0.5


def _track(left: str) -> tuple[str, str]:
    """Split ``Open Cloud Miniconf – Title`` into the title and the track."""
    for cut in _CUT.finditer(left):
        before = left[: cut.start()].strip()
        if cut.lastgroup in {"dash", "pipe"} or (cut.lastgroup == "colon" and "onf" in before):
            if _TRACK.search(before) and len(before.split()) <= 6:
                return left[cut.end() :], before
            break
    return left, ""
