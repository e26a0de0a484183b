"""Headings that share a paragraph with the line above them, as the caption of a picture does."""

from __future__ import annotations

from collections.abc import Sequence

from confnotes.notes import weights
from confnotes.notes.headings.forms import NAMED_FORMS
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_MAX_LINES = 3
_MAX_CAPTION, _MAX_HEADING = 60, 120


def split_captions(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Split short paragraphs whose last line alone has a title and its speaker."""
    found: list[Segment] = []
    for segment in segments:
        *above, last = segment.lines or [None]
        short = segment.kind is SegmentKind.PARAGRAPH and 0 < len(above) < _MAX_LINES
        if last and short and all(line and _is_caption(line.text) for line in above):
            first = segment.lines[0]
            if _is_full(last, context) and not _has_speaker(first, context):
                lines = [line for line in above if line]
                found.append(paragraph(lines, segment.blank_lines_before))
                found.append(paragraph([last]))
                continue
        found.append(segment)
    return found


def _is_caption(text: str) -> bool:
    return len(text) <= _MAX_CAPTION or text.endswith((".", "!", "?"))


def _is_full(line: Line, context: ParseContext) -> bool:
    if len(line.text) > _MAX_HEADING:
        return False
    best = best_parse(line.text, line.number, context)
    return best.form in NAMED_FORMS and best.score > weights.HEADING_UNDER_CAPTION


def _has_speaker(line: Line, context: ParseContext) -> bool:
    best = best_parse(line.text, line.number, context)
    return bool(best.speakers)
