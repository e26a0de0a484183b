"""Segments of a post that are no headings: fields, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from confnotes.names import name_key
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.dates import match_date
from confnotes.notes.syntax.fields import MATERIALS, FieldName, parse_field
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_MAX_LINES = 3
_MAX_DATELINE = 40


def unmark_fields(segments: Sequence[Segment], *, is_headed: bool) -> list[Segment]:
    """Make paragraphs of headings that are fields, such as ``Speaker: Ana Ruiz``, below another.

    ``is_headed`` says that the heading of the post is above. Where one of them stands elsewhere,
    they may be all that talks have for headings.
    """
    above = [is_headed, *(segment.kind is SegmentKind.HEADING for segment in segments)]
    names = [_field_of_heading(segment) for segment in segments]
    fields = {place for place, name in enumerate(names) if name in MATERIALS and above[place]}
    speakers = {place for place, name in enumerate(names) if name is FieldName.SPEAKERS}
    fields |= speakers if all(above[place] for place in speakers) else set()
    return [
        paragraph(segment.lines, segment.blank_lines_before) if place in fields else segment
        for place, segment in enumerate(segments)
    ]


def _field_of_heading(segment: Segment) -> FieldName | None:
    field = parse_field(segment.lines[0]) if segment.kind is SegmentKind.HEADING else None
    return field.name if field and field.is_explicit and field.value.text else None


def exclude_bylines(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Make each name of an author with the date of the post below it text that begins no talk.

    So is each line that only repeats the name.
    """
    authors = set(_authors(segments, context))
    return [
        replace(segment, kind=SegmentKind.BLOCK)
        if authors and _is_short(segment) and name_key(segment.text) in authors
        else segment
        for segment in segments
    ]


def _authors(segments: Sequence[Segment], context: ParseContext) -> Iterator[str]:
    for segment, following in pairwise([*segments, paragraph([Line.of_text(0, "")])]):
        below = [*segment.lines[1:2], *following.lines[:1]]
        if not (_is_short(segment) and below and _is_dateline(below[0].text)):
            continue
        people = context.parse_people(segment.text, segment.line)
        if people and people.score >= 0 and [s.name for s in people.speakers] == [segment.text]:
            yield name_key(segment.text)


def _is_short(segment: Segment) -> bool:
    return segment.kind is SegmentKind.PARAGRAPH and len(segment.lines) <= _MAX_LINES


def _is_dateline(text: str) -> bool:
    """Return True if a line says when a post was published."""
    found = match_date(text) if len(text) <= _MAX_DATELINE else None
    return found is not None and not re.search(r"[^\W\d_]", text[: found.start])
