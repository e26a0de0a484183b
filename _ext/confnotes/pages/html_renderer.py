"""Render blocks as the HTML that Sphinx's writer makes of their nodes, without nodes.

A property test compares the two. Links have no classes here, which would be a quarter of a page,
and the only plain paragraph of a list item is just its text. Most of every page is rendered here;
rare elements (code, tables, references that need a warning) are left to the writer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import TypeAlias, assert_never

from confnotes.pages import page_model

Uri: TypeAlias = Callable[[page_model.CrossReference], str | None]
"""From a reference to its address, None if it is unknown or ambiguous."""

SourceUri: TypeAlias = Callable[[str], str | None]
"""From the path of a note to the address of its copy, None if there is none."""

PictureUri: TypeAlias = Callable[[str], str]
"""From the path of a picture, which may be empty, to its address, empty if there is none."""

_RUNS = re.compile(r"[^ \n]+| +|\n")


class NeedsSphinxWriterError(Exception):
    """Only Sphinx's writer can write an element of this block."""


class HtmlRenderer:
    def __init__(self, uri: Uri, source: SourceUri, picture: PictureUri) -> None:
        self._uri = uri
        self._source = source
        self._picture = picture

    def block(
        self, block: page_model.PageBlock, *, alone: bool = False, compact: bool = False
    ) -> str:
        """Return ``block`` as HTML. Raises NeedsSphinxWriterError.

        ``alone``: it is the only block of a list item. ``compact``: the list around it is simple
        already.
        """
        match block:
            case page_model.Para(children, _, classes):
                end = "" if alone else "\n"
                return f"<p{_classes(classes)}>{self.inlines(children)}</p>{end}"
            case page_model.List(items, ordered, _, classes):
                simple = _is_simple(block)
                kinds = ("simple",) if simple and (ordered or not compact) else ()
                if ordered:
                    inner = self._items(items, compact=compact)
                    return f"<ol{_classes(('arabic', *kinds, *classes))}>\n{inner}</ol>\n"
                inner = self._items(items, compact=simple)
                return f"<ul{_classes((*classes, *kinds))}>\n{inner}</ul>\n"
            case page_model.BlockQuote(blocks):
                return f"<blockquote>\n<div>{self._blocks(blocks, compact)}</div></blockquote>\n"
            case page_model.Container(classes, blocks):
                inner = self._blocks(blocks, compact)
                return f"<div{_classes((*classes, 'docutils'))}>\n{inner}</div>\n"
            case page_model.Fold(summary, blocks):
                inner = self._blocks(blocks, compact)
                return f"<details><summary>{_encoded(summary)}</summary>\n{inner}</details>\n"
            case page_model.Rubric(children):
                return f'<p class="rubric">{self.inlines(children)}</p>\n'
            case page_model.CodeBlock() | page_model.PageTable() | page_model.Section():
                raise NeedsSphinxWriterError
            case _:
                assert_never(block)

    def _blocks(self, blocks: Iterable[page_model.PageBlock], compact: bool) -> str:
        return "".join([self.block(block, compact=compact) for block in blocks])

    def _items(self, items: Iterable[page_model.ListItem], *, compact: bool) -> str:
        return "".join([f"<li>{self._item(item.blocks, compact)}</li>\n" for item in items])

    def _item(self, blocks: tuple[page_model.PageBlock, ...], compact: bool) -> str:
        match blocks:
            case (page_model.Para(children, _, ()), *rest) if not any(map(_is_plain, rest)):
                text = self.inlines(children)
                if "\n" not in text:  # style sheets keep the lines of a paragraph
                    return text + ("\n" if rest else "") + self._blocks(rest, compact)
        alone = len(blocks) == 1
        return "".join([self.block(block, alone=alone, compact=compact) for block in blocks])

    def inlines(self, inlines: Iterable[page_model.Inline]) -> str:
        """Return ``inlines`` as HTML. Raises NeedsSphinxWriterError."""
        return "".join([self._inline(inline) for inline in inlines])

    def _inline(self, inline: page_model.Inline) -> str:
        match inline:
            case page_model.Text(text):
                return _encoded(text)
            case page_model.Span(classes, children):
                return f"<span{_classes(classes)}>{self.inlines(children)}</span>"
            case page_model.SourceLink(path, children):
                source, shown = self._source(path), self.inlines(children)
                return f'<a href="{_encoded(source)}">{shown}</a>' if source else shown
            case page_model.Initials(text, picture):
                if src := self._picture(picture):
                    size = 'alt="" width="28" height="28" loading="lazy"'
                    return f'<img class="conf-face" src="{_encoded(src)}" {size}>'
                return f'<i data-initials="{_encoded(text)}"></i>'
            case page_model.CrossReference():
                return self._reference(inline)
            case page_model.ExternalLink(url, children):
                if url.startswith("mailto:"):
                    raise NeedsSphinxWriterError  # the writer obfuscates it
                href = _encoded(url)
                return f'<a href="{href}">{self.inlines(children)}</a>'
            case page_model.Emphasis(children):
                return f"<em>{self.inlines(children)}</em>"
            case page_model.Strong(children):
                return f"<strong>{self.inlines(children)}</strong>"
            case page_model.Literal(text):
                runs = "".join(map(_unbroken, _RUNS.findall(_encoded(text))))
                return f'<code class="docutils literal notranslate">{runs}</code>'
            case _:
                assert_never(inline)

    def _reference(self, ref: page_model.CrossReference) -> str:
        uri = self._uri(ref)
        if uri is None:
            raise NeedsSphinxWriterError
        return f'<a href="{_encoded(uri)}">{_encoded(ref.text)}</a>'


def _encoded(text: str) -> str:
    return escape(text).replace("&#x27;", "'").replace("@", "&#64;")


def _classes(names: Iterable[str]) -> str:
    shown = " ".join(dict.fromkeys(names))
    return f' class="{shown}"' if shown else ""


def _unbroken(run: str) -> str:
    """Return a word of code, or the blanks between two, so that lines break in few places."""
    if run.strip():
        return f'<span class="pre">{run}</span>'
    return run if run in (" ", "\n") else "&#160;" * (len(run) - 1) + " "


def _is_plain(block: page_model.PageBlock) -> bool:
    return isinstance(block, page_model.Para) and not block.classes


def _is_simple(block: page_model.List) -> bool:
    """Return True if each item is a paragraph, a simple list, or one after the other."""
    return all(map(_is_simple_item, block.items))


def _is_simple_item(item: page_model.ListItem) -> bool:
    match item.blocks:
        case () | (page_model.Para(),):
            return True
        case (page_model.List() as inner,) | (page_model.Para(), page_model.List() as inner):
            return _is_simple(inner)
    return False
