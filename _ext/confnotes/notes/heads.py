"""A talk's head taken apart: title, speakers, track, kind.

Every way to cut a head is read, each reading is weighed (log-odds), and the
best one wins if it beats having no speaker at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from confnotes.model import Kind, Speaker
from confnotes.notes.cuts import (
    BRACKETED,
    KIND_AFTER,
    POSSESSIVE,
    clean_title,
    cuts_of,
    said_by,
    split_track,
    without_prefix,
)
from confnotes.notes.kinds import KIND_LABEL, kind_of
from confnotes.notes.likeness import likeness
from confnotes.notes.occupations import is_affiliation, is_job
from confnotes.notes.people import People, people

LONGEST = 800
_STRONG = frozenset({"dash", "pipe", "by"})
_MODERATED = re.compile(
    r"\b(?:presented|moderated|hosted|given|brought to you|led|written|powered)$", re.IGNORECASE
)
_NO_TITLE = re.compile(r"\W*@\S+\W*")
_BY = re.compile(r"\W*by\b", re.IGNORECASE)
_AFTER_NAME = re.compile(r"^[\s,|–—-]+")
_WEIGHTS = {"dash": 0.8, "pipe": 0.8, "by": 2.0, "with": -3.5, "colon": -1.0, "comma": -1.0}
_WEIGHTS |= {"slash": -0.5, "handle": 1.5, "stop": -1.5, "bracket": 0.3, "possessive": 1.0}
_FIRST = -0.9
"""A speaker stands last in 92 of 128 heads in the wild and first in 14; heads with more to say
win."""
EVEN = 0.0
_STRONG_LEAST, _WEAK_LEAST = -3.0, 0.3
"""However unlike a name the title is, its other side must be like one by itself."""


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
    below: float = 0.0
    """Log-odds to add to a name under a head because other heads have theirs there."""
    habit: dict[Form, float] = field(default_factory=dict)
    """Log-odds to add to a form because the post's other heads have it."""


NO_CONTEXT = Context()


def read_head(text: str, line: int, context: Context = NO_CONTEXT) -> Reading:
    """Return the best reading of a head (without inline markup)."""
    return readings(text, line, context)[0]


def readings(text: str, line: int, context: Context = NO_CONTEXT) -> list[Reading]:
    """Return the readings of a head, best first; the one without a speaker is always among them."""
    text, kind = without_prefix(text)
    said_kind = ""
    if after := KIND_AFTER.search(text):
        text, said_kind = text[: after.start()], after.group().strip(" -–—|")
        kind = kind_of(said_kind)
    whole = Reading(Form.TITLE, clean_title(text), (), EVEN, "", kind)
    if len(text) > LONGEST:
        return [whole]
    found = [whole, *_whole(text, line, context, kind, said_kind)]
    cuts = cuts_of(text)
    long_dash = len({cut.group().strip() for cut in cuts if cut.lastgroup == "dash"}) > 1
    strong = any(cut.lastgroup in _STRONG for cut in cuts)
    for cut in cuts:
        left, right = f"{text[: cut.start()]}{said_by(cut)}", text[cut.end() :]
        sign = cut.lastgroup or "dash"
        aside = strong and sign not in _STRONG
        weak = -2.5 * aside
        weak -= 2.0 * (sign == "handle" and " " not in left and not cut.group().strip())
        weak += 0.7 * (long_dash and cut.group().strip() in {"–", "—"})
        found += _last(left, right, sign, line, context, kind, weak)
        if sign in {"dash", "pipe", "colon", "comma"}:
            weak -= 1.0 * (sign == "colon") + 2.0 * (sign == "comma")
            weak += 1.5 * (aside and sign == "colon" and cut is cuts[0])
            found += _first(left, right, sign, line, context, kind, weak)
    if bracket := BRACKETED.match(text):
        found += _last(bracket["title"], bracket["people"], "bracket", line, context, kind)
    if possessive := POSSESSIVE.match(text):
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


def _whole(text: str, line: int, context: Context, kind: Kind, said_kind: str) -> list[Reading]:
    """Read all of a head as people: a keynote's head is often only a name."""
    label = KIND_LABEL.match(text)
    said = text[label.end() :] if label else text
    who = people(said, line, context.known, small=text.islower())
    if who is None:
        return []
    alone = len(who.speakers) == 1 and who.speakers[0].name == said.strip()
    score = who.score - 1.0 - 1.5 * text.islower() + (1.5 if label else 0.0)
    score += context.habit.get(Form.PERSON, 0.0) if alone else 0.0
    if context.keynotes:
        score += 1.0
    title = text[: label.end()].strip(" :-–—|[]()") if label else said_kind
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
    if (
        who is None
        or not left.strip()
        or _NO_TITLE.fullmatch(left)
        or (sign == "by" and _MODERATED.search(left))
    ):
        return []
    if all(speaker.name.startswith("@") for speaker in who.speakers):
        owner = people(left, line, context.known)
        if owner is not None and (owner.score > 0.5 or _BY.match(left)):
            return []
    title, track = split_track(left)
    score = _weigh(who, title or left, sign, context.habit.get(Form.LAST, 0.0)) + weak
    return [Reading(Form.LAST, clean_title(title), who.speakers, score, track, kind)]


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
        and any(c.lastgroup == "dash" for c in cuts_of(left))
    ):
        weak -= 2.5
    if is_job(right):
        weak -= 2.5
    if sign == "possessive" and (said := KIND_LABEL.match(right)):
        right = right[said.end() :]
    score = _weigh(who, right, sign, context.habit.get(Form.FIRST, 0.0)) + weak + _FIRST
    found = [Reading(Form.FIRST, clean_title(right), who.speakers, score, "", kind)]
    if sign in {"dash", "pipe", "comma"} and len(who.speakers) == 1 and _may_employ(right):
        speaker = who.speakers[0]
        if not speaker.affiliation:
            speaker = replace(speaker, affiliation=right.strip())
            title = left[: label.end()].strip(" :-–—|") if label else ""
            bonus = 1.5 if is_affiliation(right) else -0.5 if " " not in right.strip() else -2.5
            bonus += 3.5 if context.keynotes else 2.5 if label else 0.0
            score = who.score + _FIRST + _WEIGHTS["dash"] + 1.0 + bonus
            found.append(Reading(Form.EMPLOYED, title, (speaker,), score, "", kind))
    return found


def _may_employ(text: str) -> bool:
    """Say whether ``text`` has the shape of a company's name: ``City of Brookhaven``."""
    words = [word for word in text.split() if word not in {"of", "and", "the", "for", "de"}]
    return 1 <= len(words) <= 4 and not any(w[0].islower() for w in words) and text[-1] not in "?!"


def _weigh(who: People, title: str, sign: str, habit: float) -> float:
    """Return the log-odds that ``who`` are people and ``title`` is what they spoke about.

    ``habit`` is what the order of the post's other heads adds.
    """
    least = _STRONG_LEAST - max(habit, 0.0) if sign in _STRONG else _WEAK_LEAST
    if who.score < least:
        return -9.0
    unlike = max(-4.0 if " " in title.strip() else -0.5, min(3.0, -likeness(title)))
    return who.score + (0.5 if unlike > 0 else 1.0) * unlike + _WEIGHTS[sign] + 0.5 + habit
