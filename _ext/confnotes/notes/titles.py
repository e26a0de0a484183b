"""The title of a talk whose head is only a name: on the next line, or under the heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from confnotes.model import Bullets, Markup
from confnotes.notes.candidates import Candidate
from confnotes.notes.fields import field
from confnotes.notes.heads import Context, Form, Reading
from confnotes.notes.inline import bare, heading, wholly_emphasised
from confnotes.notes.kinds import kind_of
from confnotes.notes.lines import Line
from confnotes.notes.occupations import is_job
from confnotes.notes.people import people
from confnotes.notes.pieces import Piece, Shape

_PERSON_LEAST = 1.0
"""Log-odds of a name with a title under it."""
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Opening:
    """How a talk begins: its head as read, the lines that share its paragraph, what is below."""

    reading: Reading
    lead: tuple[Line, ...]
    below: Sequence[Piece]
    title: tuple[Line, ...] = ()
    """Lines that became the title."""


def opening(
    candidate: Candidate, pieces: Sequence[Piece], markup: Markup, context: Context, *, habit: bool
) -> Opening:
    """Read how a talk begins; ``habit`` says that all heads of the post are names."""
    piece, *below = pieces
    reading, lead = candidate.reading, piece.lines[1:]
    if reading.form is Form.PERSON and below and below[0].shape is Shape.HEADING:
        return Opening(_titled(reading, below[0].text, markup), lead, below[1:], below[0].lines)
    person = _person(candidate)
    if person is None or not below:
        return Opening(reading, lead, below)
    if len(lead) == 1 and isinstance(below[0].block, Bullets):
        if _is_title(lead[0], markup, context):
            return Opening(_titled(person, lead[0].text, markup), (), below, lead)
    elif (
        piece.shape is Shape.HEADING
        and len(below[0].lines) == 1
        and len(below) > 1
        and (habit or _stands_out(below[0], below[1]))
        and _is_title(below[0].lines[0], markup, context)
    ):
        return Opening(_titled(person, below[0].text, markup), lead, below[1:], below[0].lines)
    return Opening(reading, lead, below)


def _stands_out(piece: Piece, after: Piece) -> bool:
    """Say whether a line under a heading is more than the first of a text."""
    tight = not piece.gap and isinstance(after.block, Bullets)
    return tight or wholly_emphasised(piece.text) is not None


def _person(candidate: Candidate) -> Reading | None:
    """Return the reading of a head as a name and nothing else."""
    forms = {Form.PERSON, Form.EMPLOYED}
    found = (r for r in candidate.readings if r.form in forms and not r.title)
    return next((reading for reading in found if reading.score > _PERSON_LEAST), None)


def _titled(reading: Reading, text: str, markup: Markup) -> Reading:
    title = heading(text, markup)
    return replace(reading, title=title, kind=kind_of(title))


def _is_title(line: Line, markup: Markup, context: Context) -> bool:
    said = bare(line.text, markup)
    if field(line) or said[:1].islower() or said.endswith((".", ":")):
        return False
    who = people(said, line.number, context.known)
    name = who is not None and who.score > 0.0
    return 2 <= len(said.split()) <= _MOST_WORDS and not is_job(said) and not name
