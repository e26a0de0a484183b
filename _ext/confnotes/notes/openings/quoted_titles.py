"""Titles that sentences quote, and who gave the talk: ``Ana Ruiz in her talk “Full queues”``."""

from __future__ import annotations

import re

from confnotes.notes import weights
from confnotes.notes.entities.name_model import has_given_name, name_score
from confnotes.notes.entities.name_shape import FULL_NAME
from confnotes.notes.entities.parse_people import ParsedPeople
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.patterns import compile_phrases

QUOTED = (
    r"(?:[“\"„]|«\s?|»(?=\w))(?P<quoted>[^\W_][^“”\"„«»\n]{6,150}?)"
    r"(?:[.,]?[”\"“]|\s?»|(?<=\S)«)"
)
"""For a pattern: a title in quotes."""
NAMES = rf"{FULL_NAME}(?:(?:, | & |,? (?i:<people.joiners>) ){FULL_NAME}){{0,3}}"
BY = rf"^\W*(?:\([^()]*\)\W*)?(?:\w+ ){{0,4}}?(?i:<people.by>) (?P<who>{NAMES})"
"""What stands between a title and its speakers in a sentence."""
_WITH = rf"^\W*(?i:<people.with>) (?P<who>{NAMES})"
_FROM = rf"^\W*(?i:<people.at>) (?P<who>{NAMES})"
_PEOPLE = rf"(?P<who>{NAMES})"
_INTRODUCES_TITLE = r"(?i)(?:<kinds.labels,kinds.titled>(?: \w+){0,2}|<people.with> \w+)[:,]?\W*$"
"""What ends in front of a title: ``talk titled``, ``with her``."""
_TITLE_BEFORE = r"(?i)^\W*(?:\w+ ){0,2}<kinds.labels>"
"""What follows a title: ``talk``, ``was the title``."""
_SUBJECT = (
    rf"(?P<who>{NAMES})(?:['’]s?|(?: \w+){{0,3}}? (?i:<people.verbs>)(?: \w+){{0,3}})[:,]?\W*$"
)
"""Whose title it is, or who spoke about it: ``Ana Ruiz then spoke on``."""
_OPENING = rf"(?:^|[;.!?»”] )\W*(?P<who>{NAMES})(?: ?\([^()]*\))?\s?[:–—-]\s*$"
"""The beginning of a sentence: ``Ana Ruiz –``."""
_NEXT = rf"^ ?(?:[^\W\d_]+ )?(?P<who>{NAMES})"
"""What follows a linked title in any language: ``talte Ana Ruiz``."""
_ABOUT = r"(?i)<headings.about,kinds.labels,kinds.titled>\W*$"
"""What stands right before a title, and not before words that somebody said."""
_HANDLE = re.compile(r" ?\(@\w+\)(?![–—-])| @\w+(?=\s)")
_MAX_CLAUSE = 500


def people_of_quoted(
    before: str, after: str, line: int, context: ParseContext, *, linked: bool = False
) -> ParsedPeople | None:
    """Return who gave the talk whose quoted title stands between two parts of a sentence."""
    before, after = (
        _HANDLE.sub("", context.strip_markup(part)) for part in (before[-_MAX_CLAUSE:], after)
    )
    found = [by] if (by := compile_phrases(BY).match(after)) else []
    is_called = compile_phrases(_INTRODUCES_TITLE).search(before)
    if not found and (is_called or compile_phrases(_TITLE_BEFORE).match(after)):
        found = [*reversed([*compile_phrases(_PEOPLE).finditer(before)])]
        found += compile_phrases(_WITH).finditer(after)
    if not found and (is_called or compile_phrases(_ABOUT).search(before)):
        found = [*compile_phrases(_FROM).finditer(after)]
    if not found and (opening := compile_phrases(_OPENING).search(before)):
        found = [opening]
    if not found and (subject := compile_phrases(_SUBJECT).search(before)):
        found = [subject]
    if not found and linked and (after_link := compile_phrases(_NEXT).match(after)):
        found = [after_link]
    least = weights.CONFIDENT if not by else weights.MIN_MARKED_NAME
    for match in found:
        first = compile_phrases(rf"^{FULL_NAME}").match(match["who"])
        for typed in (match["who"], first.group() if first else ""):
            who = context.parse_people(typed, line)
            if who and who.score > 0 and all(_is_person(one.name, least) for one in who.speakers):
                return who
    return None


def may_be_title(quoted: str, before: str) -> bool:
    """Return True if a title begins so: small letters may be a saying that a sentence quotes."""
    return not quoted[0].islower() or bool(compile_phrases(_ABOUT).search(before[-_MAX_CLAUSE:]))


def _is_person(name: str, least: float) -> bool:
    return has_given_name(name) or name_score(name) > least
