"""The addresses that blocks link to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from confnotes.pages import page_model


def iter_external_urls(blocks: Iterable[page_model.PageBlock]) -> Iterator[str]:
    """Yield every address, in the order of the page."""
    for block in blocks:
        match block:
            case page_model.Para(children) | page_model.Rubric(children):
                yield from _inside(children)
            case page_model.List(items):
                for item in items:
                    yield from iter_external_urls(item.blocks)
            case (
                page_model.BlockQuote(inner)
                | page_model.Container(_, inner)
                | page_model.Fold(_, inner)
            ):
                yield from iter_external_urls(inner)
            case page_model.PageTable(rows):
                for cells in rows:
                    for cell in cells:
                        yield from _inside(cell)
            case page_model.Section(_, title, inner):
                yield from _inside(title)
                yield from iter_external_urls(inner)


def _inside(inlines: Iterable[page_model.Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case page_model.ExternalLink(url, children, resource):
                yield resource or url
                yield from _inside(children)
            case (
                page_model.Emphasis(children)
                | page_model.Strong(children)
                | page_model.Span(_, children)
            ):
                yield from _inside(children)
