"""Fields that are typed as headings: ``## Speaker: Ana Ruiz`` below the heading of a talk."""

from __future__ import annotations

from collections.abc import Sequence

from confnotes.notes.syntax.fields import FieldName, parse_field
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph


def unmark_fields(segments: Sequence[Segment], *, is_headed: bool) -> list[Segment]:
    """Return headings that name the speakers of the heading right above them as paragraphs.

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
