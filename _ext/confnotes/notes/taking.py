"""Field lines taken into a talk; they overrule whatever was inferred."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from confnotes.model import Dropped, Kind, Link, Problem, Severity, Speaker
from confnotes.names import key
from confnotes.notes import fields
from confnotes.notes.codes import Code, Reason
from confnotes.notes.draft import Draft
from confnotes.notes.fields import Field, Name
from confnotes.notes.inline import bare, heading
from confnotes.notes.lines import Line
from confnotes.notes.people import people
from confnotes.notes.texts import addresses, besides_addresses
from confnotes.notes.when import find_date
from confnotes.suggest import did_you_mean

_UNSAFE_URL = re.compile(r"(?:javascript|vbscript|data|file):\S", re.IGNORECASE)
_MOST_WORDS = 8
"""Words; a longer name in a field is a sentence."""


class Taken(Enum):
    """What became of a field line."""

    YES = auto()
    WRONG = auto()
    """It is a field, and its value is a problem; the line stays on the page."""
    NO = auto()
    """It is no field of a talk: text."""


def take(at: Draft, said: Field) -> Taken:
    """Take a field line into the talk."""
    value = bare(said.said.text, at.markup)
    if value:
        return _TAKERS.get(said.name, _material)(at, said, value)
    if not said.plain:
        return Taken.NO
    message = f"‘{said.label}:’ has no value"
    _problem(at, said, Code.EMPTY_FIELD, message, "give one or delete the line")
    return Taken.WRONG


def warn_unknown(at: Draft, line: Line, meant: str) -> None:
    """Report a line whose label is nearly that of a field."""
    typed = line.text.partition(":")[0].strip(" *_-+•:")
    at.problems.append(
        Problem(
            at.path,
            line.number,
            line.indent + 1,
            Code.UNKNOWN_FIELD.value,
            Severity.WARNING,
            f"there is no field ‘{typed}’",
            f"did you mean ‘{meant}:’?",
        )
    )


def name_speakers(at: Draft, named: tuple[Speaker, ...]) -> None:
    """Take the speakers whom the author names; the first who are named overrule all guesses."""
    if not at.said_speakers:
        at.speakers, at.said_speakers = [], True
        at.guesses.clear()
        guessed = {key(speaker.name): speaker for speaker in at.reading.speakers}
        named = tuple(_completed(speaker, guessed.get(key(speaker.name))) for speaker in named)
        if not guessed.keys() <= {key(speaker.name) for speaker in named}:
            at.title = heading(bare(at.talk.head, at.markup), at.markup)
    at.speakers += named


def _speakers(at: Draft, said: Field, value: str) -> Taken:
    who = people(value, said.said.line, at.context.known)
    named = who.speakers if who else listed(value, said.said.line)
    if any(len(speaker.name.split()) > _MOST_WORDS for speaker in named):
        return Taken.NO
    name_speakers(at, named)
    return Taken.YES


def _completed(said: Speaker, guessed: Speaker | None) -> Speaker:
    """Add what the head says of a person whom a field names."""
    if guessed is None:
        return said
    return replace(
        said,
        affiliation=said.affiliation or guessed.affiliation,
        role=said.role or guessed.role,
        handle=said.handle or guessed.handle,
    )


def listed(value: str, line: int) -> tuple[Speaker, ...]:
    """Return the people of a field whose value looks like no names, but is said to be."""
    names = [part.strip() for part in re.split(r"[,;]|\s(?:and|&)\s", value)]
    return tuple(Speaker(line, name) for name in names if name)


def _affiliation(at: Draft, said: Field, value: str) -> Taken:
    """Take where the one speaker works; of several it is not said whose it is."""
    if len(at.speakers) != 1 or at.speakers[0].affiliation:
        return Taken.NO
    at.speakers = [replace(at.speakers[0], affiliation=value)]
    return Taken.YES


def _topics(at: Draft, said: Field, value: str) -> Taken:
    at.talk = replace(at.talk, topics=at.talk.topics + fields.split_topics(said.said))
    return Taken.YES


def _date(at: Draft, said: Field, value: str) -> Taken:
    on = find_date(value)
    if on is None:
        _problem(at, said, Code.BAD_DATE, f"‘{value}’ is not a date", "type it as 2015-01-16")
        return Taken.WRONG
    at.talk = replace(at.talk, date=on)
    return Taken.YES


def _kind(at: Draft, said: Field, value: str) -> Taken:
    found = fields.kind(value)
    if found is None and said.label.casefold() != "kind":
        return Taken.NO
    if found is None:
        kinds = [kind.value for kind in Kind]
        hint = did_you_mean(value, kinds) or f"one of {', '.join(kinds)}"
        _problem(at, said, Code.UNKNOWN_KIND, f"no kind of talk is called ‘{value}’", hint)
        return Taken.WRONG
    at.talk = replace(at.talk, kind=found)
    return Taken.YES


def _material(at: Draft, said: Field, value: str) -> Taken:
    if _UNSAFE_URL.match(value):
        message = f"‘{value}’ must not be a link"
        _problem(at, said, Code.BAD_URL, message, "write it as https://example.org/")
        return Taken.WRONG
    urls = list(addresses(said.said.text))
    if not urls or besides_addresses(said.said.text):
        return Taken.NO
    if words := besides_addresses(value):
        at.dropped.append(Dropped(said.said.line, words, Reason.LINK_LABEL.value))
    label = said.label[:1].upper() + said.label[1:]
    at.materials += [Link(said.said.line, url, label) for url in urls]
    return Taken.YES


_TAKERS: dict[Name, Callable[[Draft, Field, str], Taken]] = {
    Name.SPEAKERS: _speakers,
    Name.AFFILIATION: _affiliation,
    Name.TOPICS: _topics,
    Name.DATE: _date,
    Name.KIND: _kind,
}


def _problem(at: Draft, said: Field, code: Code, message: str, suggestion: str) -> None:
    severity = Severity.WARNING if code is Code.EMPTY_FIELD else Severity.ERROR
    line, column = said.said.line, said.said.column
    at.problems.append(Problem(at.path, line, column, code.value, severity, message, suggestion))
