"""A note's lines split into segments: headings, paragraphs and the blocks between them.

One tolerant grammar for plain text, Markdown and RST, since people mix them;
what markup changes is said where it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from confnotes.body import Block, Paragraph, Quote
from confnotes.model import DroppedLine, Markup
from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.boilerplate import boilerplate_reason
from confnotes.notes.syntax.code_and_tables import BlockReader, is_table_delimiter_row
from confnotes.notes.syntax.headings import THEMATIC_BREAK, HeadingReader
from confnotes.notes.syntax.lines import Line, wrapped_width
from confnotes.notes.syntax.lists import ListReader, parse_list_marker
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

MAX_QUOTE_DEPTH = 5

_UNWRAPPED = 200
"""Characters of a line that no editor breaks: what a browser copies has one line a paragraph."""
_MIN_LONG = 3
"""Such lines of a text without blank lines, for each of its lines to be a paragraph."""


class SegmentReader:
    """Reads the lines of one note; ``dropped``, ``unclosed`` and ``too_deep`` fill as it goes."""

    def __init__(self, lines: Sequence[Line], markup: Markup, depth: int = 0) -> None:
        self.lines = lines
        self.markup = markup
        self.depth = depth
        self.blocks = BlockReader(lines, markup)
        self.headings = HeadingReader(lines, markup)
        self.dropped = self.blocks.dropped
        self.unclosed = self.blocks.unclosed
        self.too_deep: list[Line] = []
        self._width = wrapped_width(lines)
        long = sum(len(line.text) > _UNWRAPPED for line in lines)
        self._has_long_lines = long >= _MIN_LONG and all(line.text for line in lines)

    def read(self) -> list[Segment]:
        """Return all segments, in order."""
        segments: list[Segment] = []
        row = gap = 0
        while row < len(self.lines):
            line = self.lines[row]
            if not line.text:
                gap += 3 if line.is_nbsp_only else 1
                row += 1
                continue
            segment, row = self._segment(row, gap)
            if segment is None:
                gap += 3
            else:
                segments.append(segment)
                gap = 0
        return segments

    def _segment(self, row: int, gap: int) -> tuple[Segment | None, int]:
        line = self.lines[row]
        if reason := self._drop_reason(row):
            self.dropped.append(DroppedLine(line.number, line.text, reason))
            return None, row + 1
        if found := self.headings.read(row):
            heading, level, after = found
            return Segment(SegmentKind.HEADING, heading.number, None, (heading,), level, gap), after
        if block := self._quote(row) or self.blocks.read(row):
            return Segment(SegmentKind.BLOCK, line.number, block[0], (), 0, gap), block[1]
        if parse_list_marker(line) is not None:
            fenced = self.blocks.fenced_code
            reader = ListReader(self.lines, row, self._interrupts, fenced, self._width)
            bullets, after = reader.read()
            self.too_deep += reader.too_deep
            return Segment(SegmentKind.BLOCK, line.number, bullets, (), 0, gap), after
        return self._paragraph(row, gap)

    def _paragraph(self, row: int, gap: int) -> tuple[Segment, int]:
        after = row + 1
        while after < len(self.lines) and self.lines[after].text:
            line = self.lines[after]
            if line.number != self.lines[after - 1].number + 1:
                break
            if self._interrupts(after) or (parse_list_marker(line) and not self._wraps(after)):
                break
            if self._is_unwrapped(after):
                break
            if line.text.startswith(">") and not self.lines[after - 1].text.startswith(">"):
                break
            after += 1
        return paragraph(self.lines[row:after], gap), after

    def _is_unwrapped(self, row: int) -> bool:
        """Return True if a line of plain text, or the one before it, is a paragraph by itself."""
        lines = () if self._has_long_lines else self.lines[row - 1 : row + 1]
        is_long = self._has_long_lines or any(len(line.text) > _UNWRAPPED for line in lines)
        return self.markup is Markup.PLAIN and is_long

    def _wraps(self, row: int) -> bool:
        """Return True if a line that begins like a bullet is the wrapped rest of a sentence."""
        found, before = parse_list_marker(self.lines[row]), self.lines[row - 1]
        if found is None or not found.ordered:
            return False
        return len(before.raw) > 60 and not before.text.endswith((".", ":", "!", "?"))

    def _interrupts(self, row: int) -> bool:
        """Return True if the line ends the paragraph or list before it without a blank line."""
        line = self.lines[row]
        return bool(
            self.blocks.interrupts_paragraph(row)
            or THEMATIC_BREAK.match(line.text)
            or self.headings.atx_heading(line)
            or self.headings.read(row)
            or self._boilerplate_reason(row)
        )

    def _drop_reason(self, row: int) -> DropReason | None:
        """Return why a line shows nothing, if it does not."""
        text = self.lines[row].text
        is_rule = THEMATIC_BREAK.match(text) and not is_table_delimiter_row(text)
        if is_rule and not self.headings.read(row):
            return DropReason.RULE
        return self._boilerplate_reason(row)

    def _boilerplate_reason(self, row: int) -> DropReason | None:
        """A line of boilerplate has a paragraph to itself, but for text glued above it."""
        below = self.lines[row + 1].text if row + 1 < len(self.lines) else ""
        if self.lines[row].indent or (below and not boilerplate_reason(below)):
            return None
        return boilerplate_reason(self.lines[row].text)

    def _quote(self, row: int) -> tuple[Block, int] | None:
        if not self.lines[row].text.startswith(">") or self.depth >= MAX_QUOTE_DEPTH:
            return None
        after = row
        while after < len(self.lines) and self.lines[after].text.startswith(">"):
            after += 1
        inner = SegmentReader(
            [_unquoted(line) for line in self.lines[row:after]], self.markup, self.depth + 1
        )
        children = tuple(s.block or Paragraph(s.line, s.text) for s in inner.read())
        self.dropped += inner.dropped
        self.unclosed += inner.unclosed
        self.too_deep += inner.too_deep
        return (Quote(self.lines[row].number, children), after) if children else None


def _unquoted(line: Line) -> Line:
    raw = line.raw.lstrip()[1:]
    stripped = raw.lstrip()
    text = line.text[1:].lstrip()
    return Line(line.number, raw, text, max(0, len(raw) - len(stripped) - 1))
