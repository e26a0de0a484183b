"""The body of a talk as blocks of a page: as typed, at its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from confnotes import model
from confnotes.model import Markup
from confnotes.pages.asides import is_aside
from confnotes.pages.inline_markup import parse_inline
from confnotes.pages.model import (
    BlockQuote,
    CodeBlock,
    List,
    ListItem,
    PageBlock,
    PageTable,
    Para,
    Rubric,
)


def to_page_blocks(typed: Iterable[model.Block], markup: Markup) -> tuple[PageBlock, ...]:
    """Return ``typed`` as blocks of a page."""
    return tuple(_blocks(typed, markup))


def _blocks(typed: Iterable[model.Block], markup: Markup) -> Iterator[PageBlock]:
    for block in typed:
        match block:
            case model.Paragraph(line, text):
                yield _para(line, text, markup)
            case model.ListBlock(line, items, ordered):
                yield List(tuple(_item(item, markup) for item in items), ordered, line)
            case model.Preformatted(line, text, language):
                yield CodeBlock(text, language, line)
            case model.Quote(line, children):
                yield BlockQuote(to_page_blocks(children, markup), line)
            case model.Subheading(line, text):
                yield Rubric(parse_inline(text, markup), line)
            case model.Table(line, rows, header):
                cells = tuple(tuple(parse_inline(cell, markup) for cell in row) for row in rows)
                yield PageTable(cells, header, line)
            case _:
                assert_never(block)


def _item(item: model.ListEntry, markup: Markup) -> ListItem:
    text = _para(item.line, item.text, markup)
    return ListItem((text, *to_page_blocks(item.children, markup)), item.line)


def _para(line: int, text: str, markup: Markup) -> Para:
    return Para(parse_inline(text, markup), line, ("conf-aside",) if is_aside(text) else ())
