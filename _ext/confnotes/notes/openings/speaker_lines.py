"""Lines under a heading that name its speakers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.model import Speaker
from confnotes.names import name_key
from confnotes.notes import weights
from confnotes.notes.entities.name_model import name_score
from confnotes.notes.entities.name_shape import NAME, is_possible_name
from confnotes.notes.entities.parse_people import ParsedPeople, parse_people
from confnotes.notes.entities.roles_and_employers import is_job_title
from confnotes.notes.entities.words_around_names import has_lead, joiner_pattern, strip_lead
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.syntax.lines import Line

_IGNORED = re.compile(r"^:[Aa]uthors?:\s+|\{:[^{}]*\}|<https?://[^<>\s]*>|(?<=\S) https?://\S+$")
"""Attributes and an address."""
_IN_BRACKETS = re.compile(r"^\(([^()]+)\)$")
_SITE_AFTER_HANDLE = re.compile(r"(@\w+) [\w-]+(?:\.[\w-]+)+/?$")
_MAX_LENGTH = 200
_MAX_SPEAKERS = 50
"""People with whom those of one more line are compared."""
_MAX_WORDS = 6
"""Words before a full stop; more are a sentence."""
_NAME_AND_TAIL = re.compile(
    rf"^(?P<name>{NAME})\s*(?:\(\?\)|\.\s|[,–—:|+]|\s-|\(|\s(?:from|of|at|is|and)\b|$)"
)
_LINKED_NAME = re.compile(rf"^[-–—*_\s]*\[(?P<name>{NAME})\]\([^()\s]*\)")
_HANDLE = re.compile(r"^(?:twitter|mastodon|x)?:?\s*(?P<name>@[A-Za-z_]\w{2,30})$", re.IGNORECASE)
_PHOTO = r"(?i)<pages.photos> (?P<name>[^\W\d_].{2,60})$"
_PASSED = (
    r"(?i)^\W*(?:https?://\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?|!?\[[^\[\]]*\]\([^()]*\)?|[()\[\]]+|"
    r"(?:<dates.weekdays,dates.short_weekdays>,?\s)?(?:at )?"
    r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\b.{0,30}|"
    r"(?:<sessions.room,fields.session,fields.place,fields.date>|format|level|hall|duration)\b.{0,40})$"
)


def may_precede_speaker(text: str) -> bool:
    """Return True if a line is an address, a time, a place or signs: the speaker may follow it."""
    signs = not any(map(str.isalnum, text))
    return len(text) <= _MAX_LENGTH and (signs or bool(compile_phrases(_PASSED).match(text)))


def name_under_photo(text: str) -> str:
    """Return the name in the caption of a photo: ``Portrait photo of Ana Ruiz``."""
    match = compile_phrases(_PHOTO).search(text) if len(text) <= _MAX_LENGTH else None
    return match["name"] if match else ""


def people_of_line(
    line: Line, context: ParseContext, have: Sequence[Speaker]
) -> ParsedPeople | None:
    """Return the people that a line under a heading names, ``have`` being named already."""
    if len(line.text) > _MAX_LENGTH or line.text[:1] == "!" or line.text.count("|") > 2:
        return None
    text = _IGNORED.sub("", context.strip_markup(line.text.removeprefix("| ")))
    text = _SITE_AFTER_HANDLE.sub(r"\1", text)
    text = _IN_BRACKETS.sub(r"\1", text)
    name, _, role = text.partition(": ")
    text = f"{name}, {role}" if is_job_title(role) else text
    prefixed = has_lead(text)
    if text.endswith(".") and len(text.split()) > _MAX_WORDS and not prefixed:
        return None
    labelled = _HANDLE.match(text)
    who = None if labelled else parse_people(text, line.number, context.known_names)
    if who is not None:
        score = who.score + weights.PREFIXED_SPEAKER * prefixed
        least = weights.NEUTRAL
        if have and not prefixed:
            detailed = all(
                (speaker.role or speaker.handle) and speaker.name[0] != "@"
                for speaker in who.speakers
            )
            related = detailed or may_be_same_people(have, who.speakers)
            least = least if related else weights.MIN_ANOTHER_SPEAKER
        if score + context.speaker_below_prior * (not have) > least:
            return ParsedPeople(who.speakers, score + context.speaker_below_prior)
    if not have and text[:1] == "@" and labelled:
        return ParsedPeople(_handle(labelled, line), weights.HANDLE_LINE)
    if not have and prefixed and who is None:
        return _name_and_tail(strip_lead(text), line)
    return _name_and_tail(text, line) if context.speaker_below_prior and not have else None


def begins_with_name(text: str) -> bool:
    """Return True if a text begins with what may be a name and goes on, or is one."""
    name = _leading_name(text)
    return bool(name) and name_score(name) > 0.0


def _leading_name(text: str) -> str:
    match = _NAME_AND_TAIL.match(text)
    return match["name"] if match and is_possible_name(match["name"]) else ""


def _name_and_tail(text: str, line: Line) -> ParsedPeople | None:
    """Read ``Ana Ruiz - teaches baking`` where other headings have a name below them."""
    if handle := _HANDLE.match(text):
        return ParsedPeople(_handle(handle, line), weights.HANDLE_LINE)
    name = _leading_name(text)
    score = name_score(name) - weights.SINGLE_WORD * (" " not in name)
    if not name or score < weights.MIN_NAME_IN_TEXT:
        return None
    return ParsedPeople((Speaker(line.number, name),), score)


def _handle(match: re.Match[str], line: Line) -> tuple[Speaker]:
    return (Speaker(line.number, match["name"], handle=match["name"][1:]),)


def linked_names(line: Line) -> ParsedPeople | None:
    """Return the full names whose links open ``line``, with nothing but joiners between them."""
    names: list[str] = []
    end = 0
    while match := _LINKED_NAME.match(line.text[end:]):
        name = match["name"]
        is_name = " " in name and is_possible_name(name)
        if not is_name or name_score(name) < weights.MIN_NAME_IN_TEXT:
            break
        names.append(name)
        end += match.end()
        if not (joiner := joiner_pattern().match(line.text, end)):
            break
        end = joiner.end()
    if not names:
        return None
    score = min(map(name_score, names))
    return ParsedPeople(tuple(Speaker(line.number, name) for name in names), score)


def may_be_same_people(some: Sequence[Speaker], others: Sequence[Speaker]) -> bool:
    """Return True if each of ``others`` has a word of its name in common with ``some``."""
    words = {word for speaker in some[:_MAX_SPEAKERS] for word in name_key(speaker.name).split()}
    return all(words.intersection(name_key(speaker.name).split()) for speaker in others)
