"""A post cut at its heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from confnotes.model import Bullets
from confnotes.notes.candidates import Candidate, Label
from confnotes.notes.headings import WIDE_GAP
from confnotes.notes.pieces import Piece, Shape, paragraphs


@dataclass(slots=True)
class Section:
    """A head with its label, and the pieces up to the next; a group's has its own ``heading``."""

    candidate: Candidate | None
    pieces: list[Piece]
    heading: Piece | None = None


def sections(pieces: Sequence[Piece], candidates: Sequence[Candidate]) -> list[Section]:
    """Cut the pieces of a post at its heads."""
    heads = {c.index: c for c in candidates if c.label in {Label.TALK, Label.GROUP}}
    found = [Section(None, [])]
    for index, piece in enumerate(pieces):
        if index not in heads:
            found[-1].pieces.append(piece)
        elif heads[index].label is Label.GROUP:
            found.append(Section(heads[index], _rest_of(piece), piece))
        else:
            found.append(Section(heads[index], [piece]))
    return found if found[0].pieces else found[1:]


def _rest_of(piece: Piece) -> list[Piece]:
    """Return the lines that share the paragraph of a group's heading."""
    return paragraphs(piece.lines[1:])


def closing(pieces: Sequence[Piece]) -> int:
    """Return where closing paragraphs begin that a wide gap parts from the last talk."""
    start = len(pieces)
    while start > 1 and pieces[start - 1].shape is Shape.PARAGRAPH:
        start -= 1
    parted = 1 < start < len(pieces) and pieces[start].gap >= WIDE_GAP
    return start if parted and isinstance(pieces[start - 1].block, Bullets) else len(pieces)
