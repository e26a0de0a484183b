"""The addresses that blocks link to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from confnotes.pages.model import (
    BlockQuote,
    Container,
    Emphasis,
    ExternalLink,
    Fold,
    Inline,
    List,
    PageBlock,
    PageTable,
    Para,
    Rubric,
    Section,
    Span,
    Strong,
)


def iter_external_urls(blocks: Iterable[PageBlock]) -> Iterator[str]:
    """Yield every address, in the order of the page."""
    for block in blocks:
        match block:
            case Para(children) | Rubric(children):
                yield from _inside(children)
            case List(items):
                for item in items:
                    yield from iter_external_urls(item.blocks)
            case BlockQuote(inner) | Container(_, inner) | Fold(_, inner):
                yield from iter_external_urls(inner)
            case PageTable(rows):
                for cells in rows:
                    for cell in cells:
                        yield from _inside(cell)
            case Section(_, title, inner):
                yield from _inside(title)
                yield from iter_external_urls(inner)


def _inside(inlines: Iterable[Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case ExternalLink(url, children):
                yield url
                yield from _inside(children)
            case Emphasis(children) | Strong(children) | Span(_, children):
                yield from _inside(children)
