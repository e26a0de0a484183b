"""Bullets at their depth, however they are marked and indented."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from confnotes.body import Block, ListBlock, ListEntry, Paragraph, Preformatted
from confnotes.notes.syntax.lines import Line

MAX_LIST_DEPTH = 20
"""Levels kept; LaTeX and readers give up long before."""

_BULLET = re.compile(
    r"^(?:(?P<number>\d{1,3}[.)]|\(\d{1,3}\)|#\.|[a-zA-Z]\))\s"
    r"|(?P<stars>\*{2,6})\s|(?P<sign>[*+\-–—‒⁃∙·‣◦▪▫●○■□►▶➢➤✓✔→»])\s"
    r"|(?P<tight>[•‣◦▪●]|-(?=[^\W\d_][^\W_]*(?:[\s,.;:)]|$)))|(?P<letter>[o§])\s(?=\S))"
    r"\s*(?P<text>\S.*)$"
)


@dataclass(frozen=True, slots=True)
class ListMarker:
    """A line that begins with a bullet: the text after it, and how deep its own signs say it is."""

    text: str
    number: str = ""
    extra: int = 0

    @property
    def ordered(self) -> bool:
        return bool(self.number)


def first_line(item: ListEntry) -> Line:
    """Return the first line of a bullet's text."""
    return Line.of_text(item.line, item.text.split("\n", 1)[0])


def item_lines(block: Block | None) -> list[Line]:
    """Return the first lines of the bullets of a list, none for another block."""
    return [*map(first_line, block.items)] if isinstance(block, ListBlock) else []


def parse_list_marker(line: Line, *, inside: bool = False) -> ListMarker | None:
    """Return the bullet that ``line`` begins with. A bare ``o`` is one only ``inside`` a list."""
    if line.text in {"•", "-", "*", "+"} and inside:
        return ListMarker("")
    match = _BULLET.match(line.text)
    if match is None:
        return None
    if match["letter"] and not (line.indent > 1 or (inside and line.indent)):
        return None
    return ListMarker(match["text"], match["number"] or "", len(match["stars"] or "*") - 1)


@dataclass(slots=True)
class _Node:
    line: int
    indent: int
    number: str
    lines: list[str]
    children: list[_Node | Block] = field(default_factory=list)

    @property
    def ordered(self) -> bool:
        return bool(self.number)

    def freeze(self, *, counted: bool) -> ListEntry:
        text = "\n".join(self.lines)
        if self.number and not counted:
            text = f"{self.number} {text}"
        return ListEntry(self.line, text, _freeze(self.children))


def _list_block(run: Sequence[_Node]) -> ListBlock:
    """Make a list. Numbers that do not count 1, 2, 3 stay in the text of plain bullets."""
    numbers = [node.number.strip("().") for node in run]
    counted = run[0].ordered and all(
        number in {"#", str(place)} for place, number in enumerate(numbers, 1)
    )
    items = tuple(node.freeze(counted=counted) for node in run)
    return ListBlock(run[0].line, items, counted)


def _freeze(children: Sequence[_Node | Block]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    run: list[_Node] = []
    for child in [*children, None]:
        if isinstance(child, _Node) and (not run or run[0].ordered == child.ordered):
            run.append(child)
            continue
        if run:
            blocks.append(_list_block(run))
            run = []
        if isinstance(child, _Node):
            run.append(child)
        elif child is not None:
            blocks.append(child)
    return tuple(blocks)


class ListReader:
    """Reads one list, from its first line to its end; ``too_deep`` collects what was lifted.

    ``width`` is that of wrapped lines.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        start: int,
        interrupts: Callable[[int], bool],
        fenced: Callable[[int], tuple[Preformatted, int] | None],
        width: int = 0,
    ) -> None:
        self.lines, self.at, self.width = lines, start, width
        self.interrupts, self.fenced = interrupts, fenced
        self.too_deep: list[Line] = []
        self._roots: list[_Node] = []
        self._open: list[_Node] = []
        self._ordered = False

    def read(self) -> tuple[ListBlock, int]:
        """Return the list and the index of the line after it."""
        first = parse_list_marker(self.lines[self.at])
        self._ordered = bool(first and first.ordered)
        blank = False
        end = self.at
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.text:
                blank = True
                self.at += 1
                continue
            if not self._take(line, blank):
                break
            blank, end = False, self.at
        return _list_block(self._roots), end

    def _take(self, line: Line, blank: bool) -> bool:
        root = self._roots[0].indent if self._roots else line.indent
        mark = parse_list_marker(line, inside=bool(self._roots))
        code = self.fenced(self.at) if mark or (self._roots and line.indent > root) else None
        if mark is not None and not (self._roots and self.interrupts(self.at)):
            if not self._add(line, replace(mark, text="") if code else mark):
                return False
            if code:
                self._open[-1].children.append(code[0])
                self.at = code[1]
                return True
        elif code:
            self._open_parent(line.indent).children.append(code[0])
            self.at = code[1]
            return True
        elif line.indent > root:
            self._append(self._open_parent(line.indent), line, apart=blank)
        elif not blank and line.indent == root and self._continues(line):
            self._append(self._open[-1], line)
        else:
            return False
        self.at += 1
        return True

    def _append(self, node: _Node, line: Line, *, apart: bool = False) -> None:
        """Add a line of text to a bullet, below all that it holds; lines above may be gone."""
        if apart or node.children or line.number != node.line + len(node.lines):
            node.children.append(Paragraph(line.number, line.text))
        else:
            node.lines.append(line.text)

    def _add(self, line: Line, mark: ListMarker) -> bool:
        indent = line.indent + 2 * mark.extra
        while self._open and indent <= self._open[-1].indent:
            self._open.pop()
        if not self._open and self._roots and mark.ordered != self._ordered:
            return False
        if len(self._open) >= MAX_LIST_DEPTH:
            self.too_deep.append(line)
            del self._open[MAX_LIST_DEPTH - 1 :]
        node = _Node(line.number, indent, mark.number, [mark.text] if mark.text else [])
        (self._open[-1].children if self._open else self._roots).append(node)
        self._open.append(node)
        return True

    def _open_parent(self, indent: int) -> _Node:
        """Return the deepest open bullet that a line of this indent stands under."""
        while len(self._open) > 1 and self._open[-1].indent >= indent:
            self._open.pop()
        return self._open[-1]

    def _continues(self, line: Line) -> bool:
        """Return True if a line at the bullets' own indent is the wrapped rest of the last one."""
        before = self.lines[self.at - 1]
        in_link = before.raw.rfind("[") > before.raw.rfind("]")
        is_wrapped = before.wraps_onto(line, self.width) or before.text.endswith(",")
        return not self.interrupts(self.at) and (in_link or is_wrapped or line.text[0].islower())
