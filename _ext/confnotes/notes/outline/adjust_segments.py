"""Segments of a post that are no headings, or are hidden ones: fields, bylines, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from confnotes.names import name_key
from confnotes.notes import weights
from confnotes.notes.headings.forms import NAMED_FORMS
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.languages.dates import match_date
from confnotes.notes.syntax.fields import FieldName, parse_field
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_MAX_LINES = 3
_MAX_DATELINE, _MAX_CAPTION, _MAX_HEADING = 40, 60, 120


def unmark_fields(segments: Sequence[Segment], *, is_headed: bool) -> list[Segment]:
    """Make paragraphs of headings ``Speaker: Ana Ruiz`` that are right below another heading.

    ``is_headed`` says that the heading of the post is above. Where one of them stands elsewhere,
    they may be all that talks have for headings.
    """
    above = [is_headed, *(segment.kind is SegmentKind.HEADING for segment in segments)]
    fields = {place for place, segment in enumerate(segments) if _names_speakers(segment)}
    if not all(above[place] for place in fields):
        return [*segments]
    return [
        paragraph(segment.lines, segment.blank_lines_before) if place in fields else segment
        for place, segment in enumerate(segments)
    ]


def _names_speakers(segment: Segment) -> bool:
    field = parse_field(segment.lines[0]) if segment.kind is SegmentKind.HEADING else None
    if field is None or field.name is not FieldName.SPEAKERS:
        return False
    return field.is_explicit and bool(field.value.text)


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


def split_captions(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Split short paragraphs whose last line alone has a title and its speaker."""
    found: list[Segment] = []
    for segment in segments:
        above, last = segment.lines[:-1], segment.lines[-1:]
        is_short = segment.kind is SegmentKind.PARAGRAPH and 0 < len(above) < _MAX_LINES
        is_captioned = is_short and all(map(_is_caption, above)) and _is_heading(last[0], context)
        if is_captioned and not best_parse(above[0].text, above[0].number, context).speakers:
            found += [paragraph(above, segment.blank_lines_before), paragraph(last)]
        else:
            found.append(segment)
    return found


def _is_caption(line: Line) -> bool:
    return len(line.text) <= _MAX_CAPTION or line.text.endswith((".", "!", "?"))


def _is_heading(line: Line, context: ParseContext) -> bool:
    if len(line.text) > _MAX_HEADING:
        return False
    best = best_parse(line.text, line.number, context)
    return best.form in NAMED_FORMS and best.score > weights.HEADING_UNDER_CAPTION
