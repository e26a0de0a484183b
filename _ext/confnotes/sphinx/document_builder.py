"""The outline of a document made from a page: sections, each with its body, and what is below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import TypeAlias

from docutils import nodes
from sphinx import addnodes

from confnotes.pages.model import Page, PageBlock, Section
from confnotes.sphinx.doctree_builder import NodeBuilder
from confnotes.sphinx.lazy_bodies import DeferredBlocks, split_sections

Anchor: TypeAlias = tuple[int, str, str]
"""Line, id and title of a section, as MyST keeps them to resolve links."""


def append_page(page: Page, document: nodes.document) -> dict[str, Anchor]:
    """Add the blocks of ``page`` to ``document``, below the heading and prose it may hold.

    What a person has put into a toctree there is in no other: a book would have it twice.
    Return the sections made, by anchor.
    """
    outline = _Outline(page.docname, document)
    made = outline.blocks(page.blocks)
    top = _heading(page, document)
    top += made
    listed = {name for tree in document.findall(addnodes.toctree) for _, name in tree["entries"]}
    if below := [docname for docname in page.children if docname not in listed]:
        top += _contents(page.docname, below)
    return outline.anchors


def _heading(page: Page, document: nodes.document) -> nodes.section:
    """Return the section under the page's title, made from ``page.title`` if nobody wrote one.

    It takes its id last: those of the sections below are permanent.
    """
    for child in document.children:
        if isinstance(child, nodes.section):
            return child
    section = nodes.section("", nodes.title("", "", nodes.Text(page.title)))
    section["names"] = [nodes.fully_normalize_name(page.title)]
    section += document.children
    document.children = []
    document += section
    document.note_implicit_target(section)
    return section


def _contents(docname: str, below: Sequence[str]) -> nodes.compound:
    toctree = addnodes.toctree(
        parent=docname,
        entries=[(None, child) for child in below],
        includefiles=list(below),
        maxdepth=-1,
        caption=None,
        glob=False,
        hidden=True,
        includehidden=False,
        numbered=0,
        titlesonly=False,
    )
    return nodes.compound("", toctree, classes=["toctree-wrapper"])


class _Outline:
    """Makes the sections of one document, and a body for what stands in each."""

    def __init__(self, docname: str, document: nodes.document) -> None:
        self._docname = docname
        self._document = document
        self._maker = NodeBuilder(docname, document["source"])
        self.anchors: dict[str, Anchor] = {}
        self._bodies = count()

    def blocks(self, blocks: Iterable[PageBlock]) -> list[nodes.Element]:
        return [
            self._section(part) if isinstance(part, Section) else self._body()
            for part in split_sections(blocks)
        ]

    def _body(self) -> DeferredBlocks:
        body = DeferredBlocks(docname=self._docname, run=next(self._bodies))
        body.source = self._document["source"]
        return body

    def _section(self, block: Section) -> nodes.section:
        # Prose may have a heading of the same name already.
        node_id = block.node_id
        while node_id in self._document.ids:
            node_id += "-1"
        title = self._maker.title(block)
        section = nodes.section("", title, ids=[node_id])
        section["classes"] += block.classes
        self._document.set_id(section)
        self.anchors[node_id] = (block.line, node_id, title.astext())
        section += self.blocks(block.blocks)
        return self._maker.set_source(section, block.line)
