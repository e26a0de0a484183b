"""The body of a talk as blocks of a page: as typed, at its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeAlias, assert_never

from confnotes import model
from confnotes.model import Markup
from confnotes.pages.inline_markup import Resolver, parse_inline
from confnotes.pages.model import (
    BlockQuote,
    CodeBlock,
    Inline,
    List,
    ListItem,
    PageBlock,
    PageTable,
    Para,
    Rubric,
)
from confnotes.pages.moments import link_moments

_Inline: TypeAlias = Callable[[str], tuple[Inline, ...]]
_ASIDE = re.compile(r"NOTE:\s|\(I(?:['’](?:m|ve|d|ll))?\s[^()]*\)[.!?]?\s*\Z")
"""The note-taker's own remark: announced as one, or a first person who fills brackets."""


def to_page_blocks(
    typed: Iterable[model.Block],
    markup: Markup,
    resolve: Resolver | None = None,
    recording: str = "",
) -> tuple[PageBlock, ...]:
    """Return ``typed`` as blocks of a page.

    ``resolve`` is for links between notes, ``recording`` is what moments lead into.
    """
    inline = partial(parse_inline, markup=markup, resolve=resolve)
    if recording:
        return tuple(_blocks(typed, lambda text: tuple(link_moments(inline(text), recording))))
    return tuple(_blocks(typed, inline))


def _blocks(typed: Iterable[model.Block], inline: _Inline) -> Iterator[PageBlock]:
    for block in typed:
        match block:
            case model.Paragraph(line, text):
                yield _para(line, text, inline)
            case model.ListBlock(line, items, ordered):
                yield List(tuple(_item(item, inline) for item in items), ordered, line)
            case model.Preformatted(line, text, language):
                yield CodeBlock(text, language, line)
            case model.Quote(line, children):
                yield BlockQuote(tuple(_blocks(children, inline)), line)
            case model.Subheading(line, text):
                yield Rubric(inline(text), line)
            case model.Table(line, rows, header):
                cells = tuple(tuple(inline(cell) for cell in row) for row in rows)
                yield PageTable(cells, header, line)
            case _:
                assert_never(block)


def _item(item: model.ListEntry, inline: _Inline) -> ListItem:
    text = _para(item.line, item.text, inline)
    return ListItem((text, *_blocks(item.children, inline)), item.line)


def _para(line: int, text: str, inline: _Inline) -> Para:
    return Para(inline(text), line, ("conf-aside",) if _ASIDE.match(text) else ())
