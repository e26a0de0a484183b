"""The addresses that blocks link to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from confnotes.pages import model


def iter_external_urls(blocks: Iterable[model.PageBlock]) -> Iterator[str]:
    """Yield every address, in the order of the page."""
    for block in blocks:
        match block:
            case model.Para(children) | model.Rubric(children):
                yield from _inside(children)
            case model.List(items):
                for item in items:
                    yield from iter_external_urls(item.blocks)
            case model.BlockQuote(inner) | model.Container(_, inner) | model.Fold(_, inner):
                yield from iter_external_urls(inner)
            case model.PageTable(rows):
                for cells in rows:
                    for cell in cells:
                        yield from _inside(cell)
            case model.Section(_, title, inner):
                yield from _inside(title)
                yield from iter_external_urls(inner)


def _inside(inlines: Iterable[model.Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case model.ExternalLink(url, children, resource):
                yield resource or url
                yield from _inside(children)
            case model.Emphasis(children) | model.Strong(children) | model.Span(_, children):
                yield from _inside(children)
