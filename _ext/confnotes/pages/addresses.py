"""The addresses that blocks link to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from confnotes.pages.blocks import (
    BlockQuote,
    Box,
    Emphasis,
    Grid,
    Inline,
    List,
    PageBlock,
    Para,
    Rubric,
    Section,
    Span,
    Strong,
    Url,
)


def addresses(blocks: Iterable[PageBlock]) -> Iterator[str]:
    """Yield every address, in the order of the page."""
    for block in blocks:
        match block:
            case Para(children) | Rubric(children):
                yield from _inside(children)
            case List(items):
                for item in items:
                    yield from addresses(item.blocks)
            case BlockQuote(inner) | Box(_, inner):
                yield from addresses(inner)
            case Grid(rows):
                for cells in rows:
                    for cell in cells:
                        yield from _inside(cell)
            case Section(_, title, inner):
                yield from _inside(title)
                yield from addresses(inner)


def _inside(inlines: Iterable[Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Url(url, children):
                yield url
                yield from _inside(children)
            case Emphasis(children) | Strong(children) | Span(_, children):
                yield from _inside(children)
