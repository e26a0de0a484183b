"""One talk from its head and the pieces below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from confnotes.model import Talk
from confnotes.notes.draft import Draft
from confnotes.notes.inside import look_inside
from confnotes.notes.lines import Line
from confnotes.notes.opening import put_back, read_opening
from confnotes.notes.pieces import Piece
from confnotes.notes.texts import links, texts


def finish(
    at: Draft,
    lead: Sequence[Line],
    pieces: Sequence[Piece],
    *,
    above: Sequence[Line] = (),
    guess: bool = True,
) -> Talk:
    """Read what is under the head; see :func:`confnotes.notes.opening.read_opening`."""
    body = read_opening(at, lead, pieces, above=above, guess=guess)
    look_inside(at, body)
    body = sorted([*put_back(at), *body], key=lambda block: block.line)
    typed = [(line.number, line.text) for line in (*above, *lead)]
    typed += [(line.number, line.text) for piece in pieces for line in piece.lines]
    places = [(at.talk.line, at.talk.head), *typed, *texts(body)]
    said = {link.url for link in at.materials}
    found = tuple(link for link in links(places) if link.url not in said)
    return replace(at.finished(), body=tuple(body), links=found)
