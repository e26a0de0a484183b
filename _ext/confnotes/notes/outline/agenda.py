"""Agendas: a time on a line of its own, or before each line of a paragraph, begins an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from confnotes.notes.headings.times import match_time
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

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
