"""A talk being put together, line by line."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from confnotes.model import DroppedLine, FieldValue, Guess, Link, Problem, Speaker, Talk
from confnotes.names import name_key
from confnotes.notes import weights
from confnotes.notes.codes import DropReason, GuessCode, NoteCode
from confnotes.notes.entities.parse_people import ParsedPeople
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.openings.confidence import NO_EVIDENCE, confidence
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind

_MAX_MERGED = 100
"""More speakers are compared by whole names only: every pair takes too long."""
_SUBTITLE = re.compile(r"\s[-–—|]\s|:\s|：")
"""Titles have subtitles, and parts of a text hardly."""


@dataclass(slots=True)
class TalkBuilder:
    """What is known of a talk so far; ``has_speaker_field`` once a field has named them."""

    parse: HeadingParse
    context: ParseContext
    talk: Talk
    title: str
    speakers: list[Speaker]
    has_fields: bool = False
    """A field says something of it."""
    has_speaker_field: bool = False
    consumed_lines: list[tuple[Line, str]] = field(default_factory=list)
    """Lines taken off the page for the speakers, and what these must show of each."""
    title_lines: Sequence[Line] = ()
    """Lines taken off the page for the title."""
    guesses: list[Guess] = field(default_factory=list)
    dropped: list[DroppedLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    materials: list[Link] = field(default_factory=list)
    evidence: float = 0.0
    """Log-odds that the lines below the heading name its speakers."""
    is_named_in_body: bool = False
    """Only bullets or sentences name them."""
    is_marked: bool = False
    """The heading is marked as one."""

    def guess(
        self,
        code: GuessCode,
        message: str,
        score: float,
        line: int = 0,
        evidence: Mapping[str, float] = NO_EVIDENCE,
    ) -> None:
        """Record a guess; ``score`` and ``evidence`` are as in :func:`confidence`."""
        sure = confidence(code, score, self.context.agreement, evidence)
        self.guesses.append(Guess(line or self.talk.line, code.value, message, sure))

    def guess_heading(self, evidence: Mapping[str, float]) -> None:
        """Record the guess that a line is a talk's heading, unless a speaker or field shows it."""
        if not self.speakers and not self.has_fields:
            message = f"read as the heading of a talk: ‘{self.title}’"
            found = {**evidence, "subtitle": float(bool(_SUBTITLE.search(self.title)))}
            self.guess(GuessCode.INFERRED_HEADING, message, math.inf, evidence=found)

    def guess_listed(self, shown: str) -> None:
        """Record the guess that a list or a sentence names a talk, where ``shown`` is how."""
        if not shown:
            self.guess_heading({"listed": 1.0})
            return
        message = f"read as a talk that a sentence names, by {_join_names(self.parse.speakers)}"
        evidence = {f"{shown} in a sentence": 1.0}
        line = self.parse.speakers[0].line
        self.guess(GuessCode.SPEAKER_IN_TEXT, message, self.parse.score, line, evidence)

    def warn(self, place: FieldValue, code: NoteCode, message: str, hint: str) -> None:
        """Report a fault of a field, at the place of its value or of its line."""
        path, line, column = self.context.path, place.line, place.column
        self.problems.append(Problem.of(code, path, message, hint, line=line, column=column))

    def drop(self, line: int, text: str, reason: DropReason) -> None:
        """Record words of a line that no page shows."""
        self.dropped.append(DroppedLine(line, text, reason.value))

    def add(self, people: ParsedPeople, code: GuessCode, message: str, line: int) -> None:
        """Add speakers that were inferred."""
        self.speakers += people.speakers
        self.evidence = max(self.evidence, people.score)
        self.guess(code, f"{message} {_join_names(people.speakers)}", people.score, line)

    def build(self) -> Talk:
        """Return the talk without its body and links."""
        return replace(
            self.talk,
            title=self.title,
            speakers=_merged(self.speakers),
            materials=tuple(self.materials),
            guesses=tuple(self.guesses),
        )


def start_talk(
    segment: Segment | None, parse: HeadingParse, context: ParseContext, line: int = 0
) -> TalkBuilder:
    """Begin a talk from its heading, or at ``line`` if there is no ``segment``."""
    line, heading = (segment.line, segment.text) if segment else (line, "")
    talk = Talk(line, heading, "", kind=parse.kind, track=parse.track)
    builder = TalkBuilder(parse, context, talk, parse.title, list(parse.speakers))
    builder.is_marked = segment is not None and segment.kind is SegmentKind.HEADING
    if parse.speakers:
        _guess_form(builder)
    return builder


def _guess_form(builder: TalkBuilder) -> None:
    """Record the guess about the form of the heading."""
    parse, people = builder.parse, _join_names(builder.parse.speakers)
    found: list[tuple[GuessCode, str]] = []
    if parse.form is Form.SPEAKER_AFFILIATION:
        message = f"read as the speaker {people} of {parse.speakers[0].affiliation}"
        found.append((GuessCode.SPEAKER_AFFILIATION, message))
    if parse.form in {Form.SPEAKER_AFFILIATION, Form.SPEAKER_TITLE}:
        found.append((GuessCode.SPEAKER_FIRST, f"parsed as ‘speaker – title’: {people}"))
    elif parse.form is Form.SPEAKER:
        found.append((GuessCode.SPEAKER_ONLY, f"the whole heading was read as a name: {people}"))
    elif parse.score < weights.CONFIDENT:
        found.append((GuessCode.UNSURE_SPEAKER, f"read as a name: {people}"))
    for code, message in found:
        builder.guess(code, message, parse.score)


def _join_names(speakers: tuple[Speaker, ...]) -> str:
    """Return the names of ``speakers`` for a message."""
    return " and ".join(speaker.name for speaker in speakers)


def complete(speaker: Speaker, other: Speaker) -> Speaker:
    """Return a speaker with the details of the same person from elsewhere."""
    return replace(
        speaker,
        affiliation=speaker.affiliation or other.affiliation,
        role=speaker.role or other.role,
        handle=speaker.handle or other.handle,
        id=speaker.id or other.id,
    )


def _merged(speakers: list[Speaker]) -> tuple[Speaker, ...]:
    """Join what several lines say of one person: ``Ana Ruiz`` and ``Dr Ana Ruiz`` are one."""
    found: list[Speaker] = []
    if len(speakers) > _MAX_MERGED:
        return tuple({name_key(speaker.name): speaker for speaker in reversed(speakers)}.values())[
            ::-1
        ]
    for speaker in speakers:
        words = set(name_key(speaker.name).split())
        for place, old in enumerate(found):
            others = set(name_key(old.name).split())
            is_other = old.id and speaker.id and old.id != speaker.id
            if not is_other and (words <= others or others <= words):
                found[place] = complete(old, speaker)
                break
        else:
            found.append(speaker)
    return tuple(found)
