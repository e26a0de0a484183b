"""One talk from its heading and the pieces below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from confnotes.model import Talk
from confnotes.notes.openings.body_speakers import add_speakers_from_body
from confnotes.notes.openings.builder import TalkBuilder
from confnotes.notes.openings.opening import put_back, read_opening
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment
from confnotes.notes.syntax.texts import find_links, iter_texts


def build_talk(
    builder: TalkBuilder,
    lead: Sequence[Line],
    segments: Sequence[Segment],
    *,
    above: Sequence[Line] = (),
    guess: bool = True,
) -> Talk:
    """Read what is under the heading; see :func:`confnotes.notes.openings.opening.read_opening`."""
    body = read_opening(builder, lead, segments, above=above, guess=guess)
    add_speakers_from_body(builder, body)
    body = sorted([*put_back(builder), *body], key=lambda block: block.line)
    typed = [(line.number, line.text) for line in (*above, *lead)]
    typed += [(line.number, line.text) for segment in segments for line in segment.lines]
    places = [(builder.talk.line, builder.talk.heading), *typed, *iter_texts(body)]
    value = {link.url for link in builder.materials}
    found = tuple(link for link in find_links(places) if link.url not in value)
    return replace(builder.build(), body=tuple(body), links=found)
