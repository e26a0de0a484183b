"""Headings that are fields of the heading above them."""

from __future__ import annotations

from collections.abc import Sequence

from confnotes.notes.syntax.fields import MATERIALS, FieldName, parse_field
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph


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
