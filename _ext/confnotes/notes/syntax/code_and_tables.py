"""Blocks that are neither heading, paragraph nor list: code, directives, tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from confnotes.body import Block, Paragraph, Preformatted, Table
from confnotes.model import DroppedLine, Markup
from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.lists import parse_list_marker

_FENCE = re.compile(r"^(`{3,}+|~{3,}+)\s*+([\w+#.-]*+)\s*+([^`]*)$")
_TABLE_FRAME = re.compile(r"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
DIRECTIVE = re.compile(r"^\.\. (?:\|[^|]+\| )?([\w:+-]+)::(?:\s+(.*))?$")
EXPLICIT = re.compile(r"^\.\.(?:\s|$)")
TARGET = re.compile(r"^\.\. (?:_(?![ _]|$).*:(?: |$)|__:(?: |$)|\[(?:#?[\w.+:-]*|\*)\](?: |$))")
CODE_DIRECTIVES = frozenset({"code", "code-block", "sourcecode", "highlight"})
_MAX_FENCE = 8
"""Longer fences count as this long."""


def opens_fence(line: Line) -> bool:
    """Return True if ``line`` opens a fenced block."""
    return bool(_FENCE.match(line.text))


class Fences:
    """Finds where fenced blocks end; the time does not depend on how many are never closed."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._closers: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self._blanks = [index for index, line in enumerate(lines) if not line.text]
        for index, line in enumerate(lines):
            match = _FENCE.match(line.text)
            if match and match.group(1) == line.text:
                length = min(len(line.text), _MAX_FENCE)
                self._closers[line.text[0], length].append(index)

    def end(self, row: int) -> tuple[int, int]:
        """Return where the block that the fence at ``row`` opens ends, and the index after it.

        Both are the same for a block that is never closed: it ends at the next blank line.
        """
        sign, length = self._fence(row)
        ends = []
        for (other, least), places in self._closers.items():
            if other == sign and least >= length:
                index = bisect_right(places, row)
                if index < len(places):
                    ends.append(places[index])
        if ends:
            return min(ends), min(ends) + 1
        after = bisect_right(self._blanks, row)
        end = self._blanks[after] if after < len(self._blanks) else len(self.lines)
        return end, end

    def opens(self, row: int) -> bool:
        """Return True if the line, or the bullet on it, opens a fenced block."""
        return bool(_FENCE.match(self.text(row)))

    def text(self, row: int) -> str:
        """Return the text of a line, without its bullet if a fence follows that."""
        item = parse_list_marker(self.lines[row])
        return item.text if item and _FENCE.match(item.text) else self.lines[row].text

    def _fence(self, row: int) -> tuple[str, int]:
        text = self.text(row)
        return text[0], min(len(text) - len(text.lstrip(text[0])), _MAX_FENCE)


class BlockReader:
    """Reads a block at an index of ``lines``: the block and the index after it, or nothing."""

    def __init__(self, lines: Sequence[Line], markup: Markup) -> None:
        self.lines, self.markup = lines, markup
        self.unclosed: list[Line] = []
        self.dropped: list[DroppedLine] = []
        self.fences = Fences(lines)

    def read(self, row: int) -> tuple[Block, int] | None:
        code = None if parse_list_marker(self.lines[row]) else self.fenced_code(row)
        return code or self._explicit(row) or self._table(row) or self._indented(row)

    def interrupts_paragraph(self, row: int) -> bool:
        """Return True if the line begins a block even right under other text."""
        text = self.lines[row].text
        directive = self.markup is Markup.RST and DIRECTIVE.match(text)
        opens_table = self._rows_without_header(row) and self.lines[row - 1].text[:1] != "|"
        return bool(directive or _FENCE.match(text) or opens_table)

    def fenced_code(self, row: int) -> tuple[Preformatted, int] | None:
        """Read a fenced block; one that is never closed ends at the next blank line.

        In plain text all that a fence says is text; elsewhere its attributes are dropped.
        """
        match = _FENCE.match(self.fences.text(row))
        if match is None or (self.markup is Markup.RST and match.group(1)[0] == "~"):
            return None
        _, language, more = match.groups()
        end, after = self.fences.end(row)
        if end == after:
            self.unclosed.append(self.lines[row])
        line, code = self.lines[row], self.lines[row + 1 : end]
        if more and self.markup is Markup.PLAIN:
            text = f"{language} {more}\n{_dedent(code)}".strip()
            return Preformatted(line.number, text), after
        if more:
            self.dropped.append(DroppedLine(line.number, more, DropReason.ATTRIBUTES.value))
        return _preformatted(line, code, language), after

    def _explicit(self, row: int) -> tuple[Block, int] | None:
        line = self.lines[row]
        if self.markup is not Markup.RST or not EXPLICIT.match(line.text):
            return None
        after = indented_end(self.lines, row + 1, line.indent + 1)
        body = self.lines[row + 1 : after]
        directive = DIRECTIVE.match(line.text)
        if directive and directive.group(1) in CODE_DIRECTIVES:
            return _preformatted(line, body, directive.group(2) or ""), after
        whole = "\n".join([line.text, *(inner.raw for inner in body)]).rstrip()
        if TARGET.match(line.text):
            return Paragraph(line.number, whole), after
        return Preformatted(line.number, whole, "rst"), after

    def _indented(self, row: int) -> tuple[Block, int] | None:
        line = self.lines[row]
        after_colons = self.markup is Markup.RST and self._follows_colons(row)
        if parse_list_marker(line) and not after_colons:
            return None
        if not (self.markup is Markup.MARKDOWN and line.indent >= 4) and not (
            after_colons and line.indent
        ):
            return None
        after = indented_end(
            self.lines, row, min(line.indent, 4) if self.markup is Markup.MARKDOWN else 1
        )
        return _preformatted(line, self.lines[row:after]), after

    def _follows_colons(self, row: int) -> bool:
        before = row - 1
        while before >= 0 and row - before < 4 and not self.lines[before].text:
            before -= 1
        return before >= 0 and row - before > 1 and self.lines[before].text.endswith("::")

    def _table(self, row: int) -> tuple[Block, int] | None:
        if "|" not in self.lines[row].text or is_table_delimiter_row(self.lines[row].text):
            return None
        framed = row + 1 < len(self.lines) and "|" in self.lines[row + 1].text
        header = framed and bool(_TABLE_FRAME.match(self.lines[row + 1].text))
        if not header and not self._rows_without_header(row):
            return None
        after, rows = row, []
        while after < len(self.lines) and "|" in self.lines[after].text:
            if after > row and self.lines[after].number != self.lines[after - 1].number + 1:
                break
            if not _TABLE_FRAME.match(self.lines[after].text):
                rows.append(_cells(self.lines[after].text))
            after += 1
        return Table(self.lines[row].number, tuple(rows), header), after

    def _rows_without_header(self, row: int) -> bool:
        """Three or more lines framed by bars on both sides are a table too."""
        near = self.lines[row : row + 3]
        return len(near) == 3 and all(
            line.text.startswith("|") and line.text.endswith("|") and line.text.count("|") > 2
            for line in near
        )


def indented_end(lines: Sequence[Line], row: int, indent: int) -> int:
    """Return where lines of at least ``indent`` end, with the blank ones between."""
    after = end = row
    while after < len(lines):
        if lines[after].text:
            if lines[after].indent < indent:
                break
            end = after + 1
        after += 1
    return end


def is_table_delimiter_row(text: str) -> bool:
    """Return True if a line only rules a table."""
    return "|" in text and bool(_TABLE_FRAME.match(text))


def _preformatted(opener: Line, lines: Sequence[Line], language: str = "") -> Preformatted:
    """Return the block of ``lines`` at the first that is not blank, else at its ``opener``."""
    first = next((line for line in lines if line.text), opener)
    return Preformatted(first.number, _dedent(lines), language)


def _dedent(lines: Sequence[Line]) -> str:
    indent = min((line.indent for line in lines if line.text), default=0)
    return "\n".join(line.raw[indent:] for line in lines).strip("\n")


def _cells(row: str) -> tuple[str, ...]:
    inner = row.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner))
