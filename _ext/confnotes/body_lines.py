"""The lines of a talk's body, in the order they were typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from confnotes.model import (
    Block,
    ListBlock,
    ListEntry,
    Paragraph,
    Preformatted,
    Quote,
    Subheading,
    Table,
)


class BodyLine(NamedTuple):
    """``depth`` is 1 and more for a bullet, 0 for any other line."""

    line: int
    depth: int
    text: str


def iter_lines(blocks: Iterable[Block]) -> Iterator[BodyLine]:
    """Yield every line of ``blocks``; nesting may be of any depth."""
    todo: list[tuple[Block | ListEntry, int]] = [(block, 0) for block in reversed([*blocks])]
    while todo:
        part, depth = todo.pop()
        match part:
            case ListEntry(line, text, children):
                yield from _split(line, depth, text)
                todo += [(child, depth) for child in reversed(children)]
            case ListBlock(_, items):
                todo += [(item, depth + 1) for item in reversed(items)]
            case Quote(_, children):
                todo += [(child, depth) for child in reversed(children)]
            case Paragraph(line, text) | Preformatted(line, text) | Subheading(line, text):
                yield from _split(line, 0, text)
            case Table(line, rows):
                for number, row in enumerate(rows, line):
                    yield BodyLine(number, 0, " | ".join(row))


def _split(line: int, depth: int, text: str) -> Iterator[BodyLine]:
    for number, one in enumerate(text.split("\n"), line):
        yield BodyLine(number, depth, one)
