"""Segments of a note: its headings, its paragraphs and the blocks between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from confnotes.body import Block, Paragraph, Subheading
from confnotes.notes.syntax.lines import Line

PAGE_LEVEL, BOLD_LEVEL = 7, 8
"""The levels of headings that a browser copied without marks, and of bold lines."""


class SegmentKind(Enum):
    """What a segment is; only a heading is marked as one, but any line may be that of a talk."""

    HEADING = auto()
    PARAGRAPH = auto()
    BLOCK = auto()


@dataclass(frozen=True, slots=True)
class Segment:
    """Some lines that stand together.

    ``lines`` are those of a heading or a paragraph; ``block`` is what the segment
    becomes in a body. ``level`` counts from 1, 0 when not a heading. ``blank_lines_before`` is how
    many blank lines stand before it, a line of hard blanks counting three.
    """

    kind: SegmentKind
    line: int
    block: Block | None
    lines: tuple[Line, ...] = ()
    level: int = 0
    blank_lines_before: int = 0

    @property
    def text(self) -> str:
        """The first line of a heading or a paragraph."""
        return self.lines[0].text if self.lines else ""


def paragraphs(lines: Iterable[Line]) -> list[Segment]:
    """Return lines as paragraphs; one holds lines that follow each other."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.number == runs[-1][-1].number + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [paragraph(run) for run in runs]


def paragraph(lines: Sequence[Line], gap: int = 0) -> Segment:
    """Return lines that follow each other as one paragraph."""
    text = "\n".join(line.text for line in lines)
    first = lines[0].number
    return Segment(SegmentKind.PARAGRAPH, first, Paragraph(first, text), tuple(lines), 0, gap)


def segment_to_block(segment: Segment) -> Block:
    """Return what a segment becomes when it starts no talk."""
    return segment.block or Subheading(segment.line, segment.text)
