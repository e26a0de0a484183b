"""One talk from its head and the pieces below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from confnotes.model import Block, Paragraph, Subheading, Talk
from confnotes.notes.draft import Draft
from confnotes.notes.inside import look_inside
from confnotes.notes.lines import Line
from confnotes.notes.pieces import Piece, Shape
from confnotes.notes.texts import links, texts
from confnotes.notes.under import leading, speaker_among, speaker_heading


def finish(at: Draft, lead: Sequence[Line], pieces: Sequence[Piece]) -> Talk:
    """Read what is under the head; ``lead`` are the lines that share its paragraph."""
    body, rest = _begin(at, lead, pieces)
    if at.said_speakers and at.used:
        body.insert(0, _paragraph(at.used))
    body += [block_of(piece) for piece in rest]
    look_inside(at, body)
    typed = [(line.number, line.text) for line in lead]
    typed += [(line.number, line.text) for piece in pieces for line in piece.lines]
    places = [(at.talk.line, at.talk.head), *typed, *texts(body)]
    said = {link.url for link in at.materials}
    found = tuple(link for link in links(places) if link.url not in said)
    return replace(at.finished(), body=tuple(body), links=found)


def block_of(piece: Piece) -> Block:
    """Return what a piece becomes when it starts no talk."""
    return piece.block if piece.block is not None else Subheading(piece.line, piece.text)


def _begin(
    at: Draft, lead: Sequence[Line], pieces: Sequence[Piece]
) -> tuple[list[Block], list[Piece]]:
    """Take fields and speakers off the front; return how the body begins, and the rest of it."""
    rest = list(pieces)
    left = leading(at, lead)
    speaker_among(at, left)
    if left:
        return [_paragraph(left)], rest
    while rest:
        piece = rest[0]
        if piece.shape is Shape.PARAGRAPH:
            left = leading(at, piece.lines)
            if len(piece.lines) < 5:
                speaker_among(at, left)
            if left:
                return (
                    ([_paragraph(left)], rest[1:]) if len(left) < len(piece.lines) else ([], rest)
                )
        elif piece.shape is not Shape.HEADING or not speaker_heading(at, piece):
            break
        rest.pop(0)
    return [], rest


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    return Paragraph(lines[0].number, "\n".join(line.text for line in lines))
