"""Agendas: lines that begin with a time are entries, bullets that are days group those below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from confnotes.body import ListBlock
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.headings.times import match_time
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import BOLD_LEVEL, Segment, SegmentKind, paragraph

_MIN_ENTRIES = 3
"""Times that begin lines, for the note to be an agenda."""


def split_agenda(segments: Sequence[Segment]) -> list[Segment]:
    """Split paragraphs at lines that begin with a time; join a time alone to the line below it."""
    entries = sum(
        bool(match_time(line.text))
        for segment in segments
        if segment.kind is SegmentKind.PARAGRAPH
        for line in segment.lines
    )
    if entries < _MIN_ENTRIES:
        return list(segments)
    found: list[Segment] = []
    for segment in segments:
        if segment.kind is SegmentKind.PARAGRAPH and any(
            match_time(line.text) for line in segment.lines
        ):
            found += _entries(segment)
        else:
            found.append(segment)
    return found


def split_days(
    segments: Sequence[Segment], parse: Callable[[str], SessionHeading]
) -> list[Segment]:
    """Turn bullets that are days, with lists below them, into headings of these lists."""
    found: list[Segment] = []
    for segment in segments:
        block = segment.block
        if isinstance(block, ListBlock) and all(
            item.children and _is_day(parse(item.text)) for item in block.items
        ):
            for item in block.items:
                line = Line.of_text(item.line, item.text.rstrip(" :"))
                day = Segment(SegmentKind.HEADING, item.line, None, (line,), BOLD_LEVEL)
                below = (Segment(SegmentKind.BLOCK, child.line, child) for child in item.children)
                found += [day, *below]
        else:
            found.append(segment)
    return found


def _is_day(found: SessionHeading) -> bool:
    return bool(found.day or found.date) and not found.unparsed


def _entries(segment: Segment) -> Iterator[Segment]:
    lines: list[Line] = []
    gap = segment.blank_lines_before
    for line in _joined(segment.lines):
        if lines and match_time(line.text):
            yield paragraph(lines, gap)
            lines, gap = [], 1
        lines.append(line)
    yield paragraph(lines, gap)


def _joined(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, a time alone together with the line below it."""
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        match = match_time(line.text)
        alone = match is not None and match.end() == len(line.text)
        if alone and place < len(lines) and not match_time(lines[place].text):
            below = lines[place]
            line = replace(line, text=f"{line.text} {below.text}", raw=f"{line.raw} {below.raw}")
            place += 1
        yield line
