"""A talk's heading taken apart: title, speakers, track, kind.

Every way to cut a heading is read, each reading is weighed (log-odds), and the
best one wins if it beats having no speaker at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from confnotes.model import Speaker, TalkKind
from confnotes.notes.entities.affiliations import is_affiliation, is_job_title
from confnotes.notes.entities.name_model import name_score
from confnotes.notes.entities.people import ParsedPeople, parse_people
from confnotes.notes.entities.talk_kinds import detect_kind, match_kind_label
from confnotes.notes.headings import weights
from confnotes.notes.headings.annotations import strip_annotations
from confnotes.notes.headings.separators import (
    NAME_BEFORE_QUOTES,
    NAMED_KIND,
    PERSON_IN_FRONT,
    POSSESSIVE,
    TALK_ON,
    TITLE_IN_FRONT_OF_BRACKETS,
    clean_title,
    find_separators,
    split_track,
    trailing_punctuation,
)
from confnotes.notes.headings.weights import UNSPACED_NAME_ALONE
from confnotes.notes.languages.patterns import is_unspaced

MAX_LENGTH = 800
_STRONG = frozenset({"dash", "pipe", "by", "note", "possessive", "person"})
_MODERATED = re.compile(
    r"\b(?:presented|moderated|hosted|given|brought to you|led|written|powered)$", re.IGNORECASE
)
_NO_TITLE = re.compile(r"\W*@\S+\W*")
_NO_HANDLE = re.compile(r"@[A-Z][a-z]+$|@\w+-")
"""A company (``@Globex``) and a word (``@font-face``)."""
_HANDLES_AND_DATES = re.compile(r"@\w+|\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b|\b\d{4}-\d\d-\d\d\b")
_STATE = re.compile(r"[A-Z]{2}")
"""``St Louis, MO`` is a place."""
_BY = re.compile(r"\W*by\b", re.IGNORECASE)
_AFTER_NAME = re.compile(r"^[\s,|–—-]+")


class Form(StrEnum):
    """The order of a heading. Posts are typed in one of them, mostly."""

    TITLE = "title"
    TITLE_SPEAKER = "title – speaker"
    SPEAKER_TITLE = "speaker – title"
    SPEAKER = "speaker"
    SPEAKER_AFFILIATION = "speaker – affiliation"


@dataclass(frozen=True, slots=True)
class HeadingParse:
    """One way to read a heading; ``score`` is the log-odds that its speakers are people."""

    form: Form
    title: str
    speakers: tuple[Speaker, ...] = ()
    score: float = 0.0
    track: str = ""
    kind: TalkKind = TalkKind.TALK
    label: str = ""
    """The kind that the heading ends with, as typed."""


@dataclass(frozen=True, slots=True)
class ParseContext:
    """What the rest of the post says about a heading: who is known, its session, its habits."""

    known_names: frozenset[str] = frozenset()
    keynotes: bool = False
    speaker_below_prior: float = 0.0
    """Log-odds to add to a name under a heading because other headings have theirs there."""
    agreement: float = -1.0
    """The share of the siblings of a heading that are read in the same way."""
    names_only: bool = False
    """The headings of this level are names, with the titles below."""


NO_CONTEXT = ParseContext()


def best_parse(text: str, line: int, context: ParseContext = NO_CONTEXT) -> HeadingParse:
    """Return the best reading of a heading (without inline markup)."""
    return parse_heading(text, line, context)[0]


def parse_heading(text: str, line: int, context: ParseContext = NO_CONTEXT) -> list[HeadingParse]:
    """Return the readings of a head, best first; the one without a speaker is always among them."""
    text, kind, said_kind = strip_annotations(text)
    whole = HeadingParse(Form.TITLE, clean_title(text), (), weights.NEUTRAL, "", kind, said_kind)
    if len(text) > MAX_LENGTH:
        return [whole]
    found = [whole, *_whole(text, line, context, kind, said_kind)]
    separators = find_separators(text)
    long_dash = (
        len(
            {separator.group().strip() for separator in separators if separator.lastgroup == "dash"}
        )
        > 1
    )
    strong = any(separator.lastgroup in _STRONG for separator in separators)
    for separator in separators:
        left, right = (
            f"{text[: separator.start()]}{trailing_punctuation(separator)}",
            text[separator.end() :],
        )
        sign = separator.lastgroup or "dash"
        aside = strong and sign not in _STRONG
        weak = -weights.WEAK_BESIDE_STRONG * aside
        one_word = sign == "handle" and " " not in left and not separator.group().strip()
        weak -= weights.HANDLE_AFTER_WORD * one_word
        weak += weights.LONG_DASH * (long_dash and separator.group().strip() in {"–", "—"})
        found += _last(left, right, sign, line, context, kind, weak)
        if sign in {"dash", "pipe", "colon", "comma"}:
            weak -= weights.FIRST_BEFORE.get(sign, 0.0)
            opens = aside and sign == "colon" and separator is separators[0]
            weak += weights.OPENING_COLON * opens
            found += _first(left, right, sign, line, context, kind, weak)
    found += _quoted_field(text, line, context, kind)
    if person := PERSON_IN_FRONT.match(text):
        found += _first(person["people"], person["title"], "person", line, context, kind)
    if quoted := NAME_BEFORE_QUOTES.match(text):
        found += _first(quoted["people"], quoted["title"], "quote", line, context, kind)
    if named := NAMED_KIND.match(text):
        found += _named_kind(named, line, context)
    if bracket := TITLE_IN_FRONT_OF_BRACKETS.match(text):
        found += _last(bracket["title"], bracket["people"], "bracket", line, context, kind)
    if possessive := POSSESSIVE.match(text):
        who, value = possessive["people"], possessive["title"]
        kind = detect_kind(value)
        value = TALK_ON.sub("", value) or value
        found += _first(who, value, "possessive", line, context, kind)
    return sorted(_penalise_repeated_speaker(found), key=lambda parse: -parse.score)


def _quoted_field(
    text: str, line: int, context: ParseContext, kind: TalkKind
) -> list[HeadingParse]:
    """Read ``Ana Ruiz | @ana | Acme | "Queues"``: of several fields the quoted one is the title."""
    fields = [field.strip() for field in text.split(" | ")]
    quoted = [field for field in fields if clean_title(field) != field]
    if len(fields) < 3 or len(quoted) != 1:
        return []
    others = [field for field in fields if field not in quoted]
    who = parse_people(", ".join(others), line, context.known_names)
    if who is None or len(who.speakers) > 1:
        who = parse_people(others[0], line, context.known_names)
    if who is None:
        return []
    score = who.score + weights.QUOTED_FIELD
    return [HeadingParse(Form.SPEAKER_TITLE, clean_title(quoted[0]), who.speakers, score, "", kind)]


def _named_kind(match: re.Match[str], line: int, context: ParseContext) -> list[HeadingParse]:
    """Read ``Ruiz keynote``."""
    who = parse_people(match["people"], line, context.known_names)
    if who is None or len(who.speakers) != 1 or match_kind_label(f"{match['people']}: x"):
        return []
    score = name_score(who.speakers[0].name) - weights.NAMED_KIND
    return [
        HeadingParse(
            Form.SPEAKER_TITLE, match["title"], who.speakers, score, "", detect_kind(match["title"])
        )
    ]


def rescore(parses: Sequence[HeadingParse], prior: Mapping[Form, float]) -> list[HeadingParse]:
    """Return the readings of a line in the order that a ``prior`` on their forms gives them."""

    def posterior(parse: HeadingParse) -> HeadingParse:
        labelled = parse.form is Form.SPEAKER and (parse.title or parse.speakers[0].affiliation)
        bonus = 0.0 if labelled else prior.get(parse.form, 0.0)
        return replace(parse, score=parse.score + bonus) if bonus else parse

    return sorted(map(posterior, parses), key=lambda parse: -parse.score)


def _penalise_repeated_speaker(found: list[HeadingParse]) -> list[HeadingParse]:
    """Settle ``Ana – Queues by Ana``: a pasted title has its speaker, the dash is the note's."""
    first = [
        r.speakers[0].name for r in found if r.form is Form.SPEAKER_TITLE and len(r.speakers) == 1
    ]
    return [
        replace(parse, score=parse.score - weights.REPEATED_SPEAKER)
        if parse.form is Form.TITLE_SPEAKER
        and len(parse.speakers) == 1
        and parse.speakers[0].name in first
        and parse.title.startswith(f"{parse.speakers[0].name} –")
        else parse
        for parse in found
    ]


def _whole(
    text: str, line: int, context: ParseContext, kind: TalkKind, said_kind: str
) -> list[HeadingParse]:
    """Read all of a heading as people: a keynote's heading is often only a name."""
    label = match_kind_label(text)
    value = text[label.end() :] if label else text
    who = parse_people(value, line, context.known_names, small=text.islower())
    if who is None:
        return []
    score = who.score - weights.NAME_ALONE - weights.SMALL_LETTERS * text.islower()
    score += weights.KIND_BEFORE_NAME * bool(label)
    score += weights.NAME_IN_KEYNOTES * context.keynotes
    score -= UNSPACED_NAME_ALONE * (is_unspaced(value) and not label)
    title = text[: label.end()].strip(" :：-–—|[]()【】") if label else said_kind
    if len(who.speakers) == 1 and is_job_title(
        _AFTER_NAME.sub("", value.removeprefix(who.speakers[0].name))
    ):
        score += weights.NAME_AND_JOB
    if len(who.speakers) == 1 and _STATE.fullmatch(who.speakers[0].affiliation):
        score -= weights.PLACE
    employed = who.speakers[0].affiliation and not label and len(who.speakers) == 1
    form = Form.SPEAKER_AFFILIATION if employed else Form.SPEAKER
    return [HeadingParse(form, title, who.speakers, score, "", kind)]


def _last(
    left: str,
    right: str,
    sign: str,
    line: int,
    context: ParseContext,
    kind: TalkKind,
    weak: float = 0.0,
) -> list[HeadingParse]:
    """Read ``left`` as the title and ``right`` as the speakers."""
    who = parse_people(right, line, context.known_names, small=left.islower() and right.islower())
    if (
        who is None
        or not left.strip()
        or _NO_TITLE.fullmatch(left)
        or (sign == "by" and _MODERATED.search(left))
    ):
        return []
    if sign == "handle" and _NO_HANDLE.match(right):
        return []
    if all(speaker.name.startswith("@") for speaker in who.speakers):
        owner = parse_people(left, line, context.known_names)
        if owner is not None and (owner.score > 0.5 or _BY.match(left)):
            return []
    title, track = split_track(left)
    score = _weigh(who, title or left, sign) + weak
    return [HeadingParse(Form.TITLE_SPEAKER, clean_title(title), who.speakers, score, track, kind)]


def _first(
    left: str,
    right: str,
    sign: str,
    line: int,
    context: ParseContext,
    kind: TalkKind,
    weak: float = 0.0,
) -> list[HeadingParse]:
    """Read ``left`` as the speakers and ``right`` as the title, or as where they work."""
    label = match_kind_label(left + ":") if sign != "possessive" else None
    if label and label.end() >= len(left):
        return []
    label = match_kind_label(left)
    who = parse_people(
        left[label.end() :] if label else left,
        line,
        context.known_names,
        small=left.islower() and right.islower(),
    )
    if who is None or not _HANDLES_AND_DATES.sub("", right).strip(" -–—|,"):
        return []
    if (
        sign == "dash"
        and not is_affiliation(left)
        and any(c.lastgroup == "dash" for c in find_separators(left))
    ):
        weak -= weights.LATER_DASH
    if is_job_title(right):
        weak -= weights.JOB_AS_TITLE
    if sign == "possessive" and (value := match_kind_label(right)):
        right = right[value.end() :]
    score = _weigh(who, right, sign) + weak + weights.SPEAKER_FIRST
    found = [HeadingParse(Form.SPEAKER_TITLE, clean_title(right), who.speakers, score, "", kind)]
    if sign in {"dash", "pipe", "comma"} and len(who.speakers) == 1 and _may_employ(right):
        speaker = who.speakers[0]
        if not speaker.affiliation:
            speaker = replace(speaker, affiliation=right.strip())
            title = left[: label.end()].strip(" :-–—|") if label else ""
            words = "one" if " " not in right.strip() else "more"
            bonus = weights.COMPANY["known" if is_affiliation(right) else words]
            after = "keynotes" if context.keynotes else "label" if label else ""
            bonus += weights.COMPANY.get(after, 0.0)
            score = who.score + weights.NAME_AND_COMPANY + bonus
            found.append(HeadingParse(Form.SPEAKER_AFFILIATION, title, (speaker,), score, "", kind))
    return found


def _may_employ(text: str) -> bool:
    """Return True if ``text`` has the shape of a company's name: ``City of Brookhaven``."""
    words = [word for word in text.split() if word not in {"of", "and", "the", "for", "de"}]
    return 1 <= len(words) <= 4 and not any(w[0].islower() for w in words) and text[-1] not in "?!"


def _weigh(who: ParsedPeople, title: str, sign: str) -> float:
    """Return the log-odds that ``who`` are people and ``title`` is what they spoke about."""
    least = weights.MIN_NAME_AT_STRONG if sign in _STRONG else weights.MIN_NAME_AT_WEAK
    if who.score < least:
        return weights.IMPOSSIBLE
    lowest = weights.TITLE_LIKE_NAME if " " in title.strip() else weights.WORD_LIKE_NAME
    unlike = max(lowest, min(weights.MAX_UNLIKE_NAME, -name_score(title)))
    unlike *= weights.UNLIKE_NAME if unlike > 0 else 1.0
    return who.score + unlike + weights.SEPARATOR[sign]
