"""One talk from its builder and what is left below its opening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from confnotes.model import Block, Talk
from confnotes.notes.openings.builder import TalkBuilder
from confnotes.notes.openings.opening import put_back
from confnotes.notes.syntax.segments import Segment
from confnotes.notes.syntax.texts import find_links, iter_texts


def build_talk(builder: TalkBuilder, body: Sequence[Block], segments: Sequence[Segment]) -> Talk:
    """Return the talk with its ``body`` and the links of all its ``segments``."""
    body = sorted([*put_back(builder), *body], key=lambda block: block.line)
    typed = [(line.number, line.text) for segment in segments for line in segment.lines]
    places = [(builder.talk.line, builder.talk.heading), *typed, *iter_texts(body)]
    value = {link.url for link in builder.materials}
    found = tuple(link for link in find_links(places) if link.url not in value)
    return replace(builder.build(), body=tuple(body), links=found)
