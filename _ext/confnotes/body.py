"""The body of a talk: its blocks, and their lines in the order they were typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


@dataclass(frozen=True)
class Paragraph:
    """Lines that stand together, joined by newlines."""

    line: int
    text: str


@dataclass(frozen=True)
class ListEntry:
    """One bullet: its text, then whatever is indented below it."""

    line: int
    text: str
    children: tuple[Block, ...] = ()


@dataclass(frozen=True)
class ListBlock:
    """A list; ``ordered`` when it was typed with numbers."""

    line: int
    items: tuple[ListEntry, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Preformatted:
    """Literal lines, their common indent removed; ``language`` is empty when not said."""

    line: int
    text: str
    language: str = ""


@dataclass(frozen=True)
class Quote:
    """A quoted block."""

    line: int
    children: tuple[Block, ...]


@dataclass(frozen=True)
class Subheading:
    """A heading inside a talk; it starts no talk of its own."""

    line: int
    text: str


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first row is the header when ``header``."""

    line: int
    rows: tuple[tuple[str, ...], ...]
    header: bool = True


Block: TypeAlias = Paragraph | ListBlock | Preformatted | Quote | Subheading | Table


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


def _split(line: int, depth: int, text: str) -> Sequence[BodyLine]:
    if "\n" not in text:
        return (BodyLine(line, depth, text),)
    return [BodyLine(number, depth, one) for number, one in enumerate(text.split("\n"), line)]
