"""A talk being put together, line by line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from confnotes.model import Dropped, Guess, Link, Markup, Problem, Speaker, Talk
from confnotes.names import key
from confnotes.notes.codes import Code
from confnotes.notes.heads import Context, Form, Reading
from confnotes.notes.lines import Line
from confnotes.notes.people import People
from confnotes.notes.pieces import Piece

_MAX_MERGED = 100
"""More speakers are compared by whole names only: every pair takes too long."""


@dataclass(slots=True)
class Draft:
    """What is known of a talk so far; ``said_speakers`` once a field has named them."""

    reading: Reading
    markup: Markup
    context: Context
    path: str
    talk: Talk
    title: str
    speakers: list[Speaker]
    said_speakers: bool = False
    used: list[tuple[Line, str]] = field(default_factory=list)
    """Lines taken off the page for the speakers, and what these must show of each."""
    titles: Sequence[Line] = ()
    """Lines taken off the page for the title."""
    guesses: list[Guess] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    materials: list[Link] = field(default_factory=list)

    def guess(self, code: Code, message: str, score: float, line: int = 0) -> None:
        """Note something inferred; ``score`` is in log-odds."""
        found = Guess(line or self.talk.line, code.value, message, confidence(score))
        self.guesses.append(found)

    def add(self, who: People, code: Code, message: str, line: int) -> None:
        """Add speakers that were inferred."""
        self.speakers += who.speakers
        self.guess(code, f"{message} {names(who.speakers)}", who.score, line)

    def finished(self) -> Talk:
        """Return the talk without its body and links."""
        return replace(
            self.talk,
            title=self.title,
            speakers=_merged(self.speakers),
            materials=tuple(self.materials),
            guesses=tuple(self.guesses),
        )


def draft(
    piece: Piece | None,
    reading: Reading,
    markup: Markup,
    context: Context,
    path: str,
    line: int = 0,
) -> Draft:
    """Begin a talk from its head; without a ``piece`` none was typed, and ``line`` is its place."""
    line, head = (piece.line, piece.text) if piece else (line, "")
    talk = Talk(line, head, "", kind=reading.kind, track=reading.track)
    at = Draft(reading, markup, context, path, talk, reading.title, list(reading.speakers))
    if reading.speakers:
        _guess_form(at)
    return at


def _guess_form(at: Draft) -> None:
    """Note what was inferred of the order of the head."""
    reading, who = at.reading, names(at.reading.speakers)
    if reading.form is Form.EMPLOYED:
        company = reading.speakers[0].affiliation
        at.guess(Code.SPEAKER_AFFILIATION, f"read as the speaker {who} of {company}", reading.score)
    if reading.form in {Form.EMPLOYED, Form.FIRST}:
        at.guess(Code.REVERSED_HEAD, f"read as speaker first: {who}", reading.score)
    elif reading.form is Form.PERSON:
        at.guess(Code.SPEAKER_ONLY, f"the whole head was read as a name: {who}", reading.score)
    elif reading.score < 2.0:
        at.guess(Code.UNSURE_SPEAKER, f"read as a name: {who}", reading.score)


def names(speakers: tuple[Speaker, ...]) -> str:
    """Return the names of ``speakers`` for a message."""
    return " and ".join(speaker.name for speaker in speakers)


def confidence(score: float) -> float:
    """Return log-odds as a probability, to two digits."""
    return round(1 / (1 + math.exp(-max(-20.0, min(20.0, score)))), 2)


def _merged(speakers: list[Speaker]) -> tuple[Speaker, ...]:
    """Join what several lines say of one person: ``Ana Ruiz`` and ``Dr Ana Ruiz`` are one."""
    found: list[Speaker] = []
    if len(speakers) > _MAX_MERGED:
        return tuple({key(speaker.name): speaker for speaker in reversed(speakers)}.values())[::-1]
    for speaker in speakers:
        words = set(key(speaker.name).split())
        for place, old in enumerate(found):
            others = set(key(old.name).split())
            if words <= others or others <= words:
                found[place] = replace(
                    old,
                    affiliation=old.affiliation or speaker.affiliation,
                    role=old.role or speaker.role,
                    handle=old.handle or speaker.handle,
                )
                break
        else:
            found.append(speaker)
    return tuple(found)
