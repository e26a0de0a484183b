"""Speakers whom the running text of a talk names; the text stays where it is."""

from __future__ import annotations

import re
from dataclasses import replace

from confnotes.model import Speaker
from confnotes.notes import weights
from confnotes.notes.entities.name_model import has_given_name, name_score
from confnotes.notes.entities.name_shape import FULL_NAME, NAME, is_possible_name
from confnotes.notes.entities.parse_people import ParsedPeople
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.openings.speaker_lines import linked_names
from confnotes.notes.syntax.lines import Line

_MAX_LENGTH = 400
_BY = re.compile(
    r"(?:^\W{0,5}by|\b(?:talk|session|keynote|presentation|workshop|tutorial|presented|given|"
    r"delivered|held|speech|hosted|led|run)\b(?: \w+){0,3}? (?:by|from|with)|"
    r"\b(?:speaker|presenter),?)\s+(?P<who>(?:[^.!?;:]|\.(?=\w)){3,120})",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(r"^(?:[a-z][\w-]* ){0,3}(?:[A-Z]\w*['’]s )?(?=[^\W\da-z])")
"""``ex-baker``, ``Acme’s``."""
_PROFILE = re.compile(
    rf"\[(?P<who>@\w{{2,30}}|{FULL_NAME})\]\(https?://(?:www\.)?"
    r"(?:(?:twitter|x)\.com/|[\w.-]+/@|linkedin\.com/in/)(?P<handle>[\w.-]+)/?\)"
)
_OPENING_NAME = re.compile(rf"^(?P<who>{FULL_NAME})(?: \([^()]*\))?,? [a-z]")
_BOLD_NAME = re.compile(rf"\*\*(?P<who>{FULL_NAME})\*\*")
_NAME_ALONE = re.compile(rf"(?>{NAME})(?!['’]s\b)")
_VERB = r"(?:then |also )?<people.verbs>"
_NAME_AND_VERB = (
    rf"^(?:\w+(?: \w+){{0,9}}, )?(?P<who>{FULL_NAME}?)(?:['’]s (?:\w+ )?"
    r"(?:talk|keynote|session|presentation|workshop)\b"
    rf"|(?: (?:of|from|at|who)(?: [\w.&'’-]+){{1,5}}?)?,? (?:{_VERB}|talk\b))"
)
_LINK_AND_VERB = (
    rf"\[(?P<who>{FULL_NAME})\]\([^()\s]*\)"
    rf"(?: (?:of|from|at) (?:\[[^\[\]]*\]\([^()\s]*\)|\S+))?,? {_VERB}"
)


def speaker_of_sentence(
    text: str, line: int, context: ParseContext, *, first: bool = False
) -> ParsedPeople | None:
    """Return the speaker that ``text`` names; ``first`` says that it begins the talk."""
    plain = context.strip_markup(text[:_MAX_LENGTH])
    if match := _BY.search(plain):
        found = _NAME_ALONE.match(_BEFORE_NAME.sub("", match["who"].strip()))
        who = context.parse_people(found.group(), line) if found else None
        if who and who.score >= -1.0 and " " in who.speakers[0].name:
            return who
    if not first:
        return None
    if match := compile_phrases(_NAME_AND_VERB).match(plain):
        return _person(match["who"], line, context)
    if (match := _OPENING_NAME.match(plain)) and has_given_name(match["who"]):
        who = _person(match["who"], line, context)
        return replace(who, score=min(who.score, weights.OPENING_NAME)) if who else None
    raw = text[:_MAX_LENGTH]
    opening = linked_names(Line.of_text(line, raw.split("\n", 1)[0]))
    if opening is None and (match := compile_phrases(_LINK_AND_VERB).search(raw)):
        return _person(match["who"], line, context)
    return opening or _marked_person(raw, line)


def _marked_person(text: str, line: int) -> ParsedPeople | None:
    """Return the one person whose profile ``text`` links, or whose full name it has in bold."""
    profiles = {match["who"]: match["handle"] for match in _PROFILE.finditer(text)}
    people = [
        Speaker(line, who, handle=handle)
        for who, handle in profiles.items()
        if who[0] == "@" or is_possible_name(who)
    ]
    score = weights.LINKED_PROFILE
    if not profiles:
        bold = {match["who"] for match in _BOLD_NAME.finditer(text)}
        people = [Speaker(line, who) for who in bold if is_possible_name(who)]
        score = min((name_score(who) for who in bold), default=0.0)
    if len(people) != 1 or score < weights.MIN_MARKED_NAME:
        return None
    return ParsedPeople(tuple(people), score)


def _person(name: str, line: int, context: ParseContext) -> ParsedPeople | None:
    who = context.parse_people(name, line)
    if who is None or len(who.speakers) != 1 or name_score(name) < weights.MIN_NAME_IN_TEXT:
        return None
    return who
