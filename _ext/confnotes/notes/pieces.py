"""A note's lines as pieces: headings, paragraphs and the blocks between them.

One tolerant grammar for plain text, Markdown and RST, since people mix them;
what markup changes is said where it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from confnotes.model import Block, Dropped, Markup, Paragraph, Quote, Subheading
from confnotes.notes.blocks import BlockReader, is_table_frame
from confnotes.notes.bullets import BulletReader, bullet
from confnotes.notes.codes import Reason
from confnotes.notes.furniture import furniture
from confnotes.notes.lines import Line
from confnotes.notes.marks import RULE, HeadingReader

MOST_QUOTES = 5
BOLD_LEVEL = 8


class Shape(Enum):
    """What a piece is: only a heading is marked as one, but any line may turn out to be a head."""

    HEADING = auto()
    PARAGRAPH = auto()
    BLOCK = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines that stand together.

    ``lines`` are those of a heading or a paragraph; ``block`` is what the piece
    becomes in a body. ``level`` counts from 1, 0 when not a heading. ``gap`` is how
    many blank lines stand before it, a line of hard blanks counting three.
    """

    shape: Shape
    line: int
    block: Block | None
    lines: tuple[Line, ...] = ()
    level: int = 0
    gap: int = 0

    @property
    def text(self) -> str:
        """The first line of a heading or a paragraph."""
        return self.lines[0].text if self.lines else ""


def paragraphs(lines: Iterable[Line]) -> list[Piece]:
    """Return lines as paragraphs; one holds lines that follow each other."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.number == runs[-1][-1].number + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [paragraph(run) for run in runs]


def paragraph(lines: Sequence[Line], gap: int = 0) -> Piece:
    """Return lines that follow each other as one paragraph."""
    text = "\n".join(line.text for line in lines)
    first = lines[0].number
    return Piece(Shape.PARAGRAPH, first, Paragraph(first, text), tuple(lines), 0, gap)


def block_of(piece: Piece) -> Block:
    """Return what a piece becomes when it starts no talk."""
    return piece.block if piece.block is not None else Subheading(piece.line, piece.text)


class PieceReader:
    """Reads the lines of one note; ``dropped`` and ``notices`` fill as it goes."""

    def __init__(self, lines: Sequence[Line], markup: Markup, depth: int = 0) -> None:
        self.lines = lines
        self.markup = markup
        self.depth = depth
        self.blocks = BlockReader(lines, markup)
        self.headings = HeadingReader(lines, markup)
        self.dropped = self.blocks.dropped
        self.unclosed = self.blocks.unclosed
        self.too_deep: list[Line] = []

    def read(self) -> list[Piece]:
        """Return all pieces, in order."""
        pieces: list[Piece] = []
        at = gap = 0
        while at < len(self.lines):
            line = self.lines[at]
            if not line.text:
                gap += 3 if line.paragraph_break else 1
                at += 1
                continue
            piece, at = self._piece(at, gap)
            if piece is None:
                gap += 3
            else:
                pieces.append(piece)
                gap = 0
        return pieces

    def _piece(self, at: int, gap: int) -> tuple[Piece | None, int]:
        line = self.lines[at]
        for skip in (self._rule, self._furniture):
            if after := skip(at):
                return None, after
        if found := self.headings.read(at):
            head, level, after = found
            return Piece(Shape.HEADING, head.number, None, (head,), level, gap), after
        if block := self._quote(at) or self.blocks.read(at):
            return Piece(Shape.BLOCK, line.number, block[0], (), 0, gap), block[1]
        if bullet(line) is not None:
            reader = BulletReader(self.lines, at, self._interrupts, self.blocks.fenced)
            bullets, after = reader.read()
            self.too_deep += reader.too_deep
            return Piece(Shape.BLOCK, line.number, bullets, (), 0, gap), after
        return self._paragraph(at, gap)

    def _paragraph(self, at: int, gap: int) -> tuple[Piece, int]:
        after = at + 1
        while after < len(self.lines) and self.lines[after].text:
            line = self.lines[after]
            if self._interrupts(after) or (bullet(line) and not self._wraps(after)):
                break
            if line.text.startswith(">") and not self.lines[after - 1].text.startswith(">"):
                break
            after += 1
        return paragraph(self.lines[at:after], gap), after

    def _wraps(self, at: int) -> bool:
        """Say whether a line that begins like a bullet is the wrapped rest of a sentence."""
        found, before = bullet(self.lines[at]), self.lines[at - 1]
        if found is None or not found.ordered:
            return False
        return len(before.raw) > 60 and not before.text.endswith((".", ":", "!", "?"))

    def _interrupts(self, at: int) -> bool:
        """Say whether the line ends the paragraph or list before it without a blank line."""
        line = self.lines[at]
        return bool(
            self.blocks.starts(at)
            or RULE.match(line.text)
            or self.headings.hashes(line)
            or self.headings.read(at)
            or self._is_furniture(at)
        )

    # Lines that show nothing

    def _rule(self, at: int) -> int:
        line = self.lines[at]
        if not RULE.match(line.text) or self.headings.read(at) or is_table_frame(line.text):
            return 0
        self._drop((line,), Reason.RULE)
        return at + 1

    def _furniture(self, at: int) -> int:
        reason = self._is_furniture(at)
        if reason is None:
            return 0
        self._drop((self.lines[at],), reason)
        return at + 1

    def _is_furniture(self, at: int) -> Reason | None:
        """A line of furniture has a paragraph to itself, but for text glued above it."""
        below = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        if self.lines[at].indent or (below and not furniture(below)):
            return None
        return furniture(self.lines[at].text)

    def _drop(self, lines: Iterable[Line], reason: Reason) -> None:
        self.dropped += [Dropped(line.number, line.text, reason) for line in lines if line.text]

    # Quotes

    def _quote(self, at: int) -> tuple[Block, int] | None:
        if not self.lines[at].text.startswith(">") or self.depth >= MOST_QUOTES:
            return None
        after = at
        while after < len(self.lines) and self.lines[after].text.startswith(">"):
            after += 1
        inner = PieceReader(
            [_unquoted(line) for line in self.lines[at:after]], self.markup, self.depth + 1
        )
        children = tuple(_as_block(piece) for piece in inner.read())
        self.dropped += inner.dropped
        self.unclosed += inner.unclosed
        self.too_deep += inner.too_deep
        return (Quote(self.lines[at].number, children), after) if children else None


def _as_block(piece: Piece) -> Block:
    if piece.block is not None:
        return piece.block
    return Paragraph(piece.line, piece.text)


def _unquoted(line: Line) -> Line:
    raw = line.raw.lstrip()[1:]
    stripped = raw.lstrip()
    text = line.text[1:].lstrip()
    return Line(line.number, raw, text, max(0, len(raw) - len(stripped) - 1))
