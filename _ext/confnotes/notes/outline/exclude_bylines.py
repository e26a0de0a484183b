"""Bylines: the name of a post's author with the date of the post below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from confnotes.names import name_key
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.dates import match_date
from confnotes.notes.syntax.segments import Segment, SegmentKind

_MAX_DATELINE = 40
_MAX_LINES = 3


def exclude_bylines(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Make each byline, and each line that only repeats its name, text that begins no talk."""
    authors = set(_authors(segments, context))
    if not authors:
        return list(segments)
    return [
        replace(segment, kind=SegmentKind.BLOCK)
        if _is_short(segment) and name_key(segment.text) in authors
        else segment
        for segment in segments
    ]


def _authors(segments: Sequence[Segment], context: ParseContext) -> Iterator[str]:
    for segment, following in pairwise([*segments, None]):
        if segment is None or not _is_short(segment):
            continue
        below = segment.lines[1:2] or (following.lines[:1] if following else ())
        people = context.parse_people(segment.text, segment.line)
        if people is None or len(people.speakers) != 1 or people.score < 0:
            continue
        name = people.speakers[0].name
        if name == segment.text and below and _is_dateline(below[0].text):
            yield name_key(name)


def _is_short(segment: Segment) -> bool:
    return segment.kind is SegmentKind.PARAGRAPH and len(segment.lines) <= _MAX_LINES


def _is_dateline(text: str) -> bool:
    """Return True if a line says when a post was published."""
    found = match_date(text) if len(text) <= _MAX_DATELINE else None
    return found is not None and not re.search(r"[^\W\d_]", text[: found.start])
