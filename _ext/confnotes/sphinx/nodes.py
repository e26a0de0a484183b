"""From a :class:`~confnotes.pages.blocks.Page` to docutils nodes, without a detour over markup.

The nodes are those that the MyST parser makes of :func:`confnotes.pages.myst.myst`;
a property test holds the two together. Going straight is four times faster, and
text that never was markup cannot turn into any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar, assert_never

from docutils import nodes
from sphinx import addnodes

from confnotes.pages.blocks import (
    IN_PICTURES,
    IN_WORDS,
    BlockQuote,
    Box,
    CodeBlock,
    Emphasis,
    Grid,
    Inline,
    List,
    ListItem,
    Literal,
    Page,
    PageBlock,
    Para,
    Picture,
    Ref,
    Rubric,
    Section,
    Span,
    Strong,
    Text,
    Url,
)
from confnotes.pages.languages import lexer

Anchor: TypeAlias = tuple[int, str, str]
"""Line, id and title of a section, as MyST keeps them to resolve links."""
_Element = TypeVar("_Element", bound=nodes.Element)


def append(page: Page, document: nodes.document) -> dict[str, Anchor]:
    """Add the blocks of ``page`` to ``document``, below the heading and prose it may hold.

    Return the sections made, by anchor.
    """
    maker = _Maker(page.docname, document)
    made = maker.blocks(page.blocks)
    top = _heading(page, document)
    top += made
    if page.contents:
        top += _contents(page.docname, page.contents)
    return maker.anchors


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


class _Maker:
    """Makes nodes for one document; every block knows the line of the raw file it came from."""

    def __init__(self, docname: str, document: nodes.document) -> None:
        self._docname = docname
        self._document = document
        self._source: str = document["source"]
        self.anchors: dict[str, Anchor] = {}

    def blocks(self, blocks: Iterable[PageBlock]) -> list[nodes.Node]:
        return [self._block(block) for block in blocks]

    def _block(self, block: PageBlock) -> nodes.Element:
        node: nodes.Element
        match block:
            case Para(children, _, classes):
                node = nodes.paragraph("", "", *self._inlines(children), classes=list(classes))
            case List(items, ordered, _, classes):
                node = self._list(items, ordered)
                node["classes"] += classes
            case CodeBlock(text, language):
                node = nodes.literal_block(
                    text, text, language=lexer(language), force=True, highlight_args={}
                )
            case BlockQuote(blocks):
                node = nodes.block_quote("", *self.blocks(blocks))
            case Grid(rows, header):
                node = self._table(rows, header)
            case Rubric(children):
                node = nodes.rubric("", "", *self._inlines(children))
            case Box(classes, blocks):
                node = nodes.container("", *self.blocks(blocks), is_div=True)
                node["classes"] += classes
            case Picture(svg, text):
                drawn, words = nodes.raw(svg, svg, format="html"), nodes.paragraph("", text)
                both = addnodes.only(expr=IN_PICTURES), addnodes.only(expr=IN_WORDS)
                node = nodes.container("", *both, is_div=True, classes=["conf-picture"])
                both[0] += self._place(drawn, 0)
                both[1] += words
            case Section():
                node = self._section(block)
            case _:
                assert_never(block)
        return self._place(node, getattr(block, "line", 0))

    def _section(self, block: Section) -> nodes.section:
        title = nodes.title("", "", *self._inlines(block.title))
        # Prose may have a heading of the same name already.
        node_id = block.node_id
        while node_id in self._document.ids:
            node_id += "-1"
        section = nodes.section("", self._place(title, block.line), ids=[node_id])
        section["classes"] += block.classes
        self._document.set_id(section)
        self.anchors[node_id] = (block.line, node_id, title.astext())
        section += self.blocks(block.blocks)
        return section

    def _list(self, items: Iterable[ListItem], ordered: bool) -> nodes.Element:
        made = [
            self._place(nodes.list_item("", *self.blocks(item.blocks)), item.line) for item in items
        ]
        if ordered:
            return nodes.enumerated_list("", *made, enumtype="arabic", prefix="", suffix=".")
        return nodes.bullet_list("", *made, bullet="-")

    def _table(self, rows: Sequence[Sequence[Sequence[Inline]]], header: bool) -> nodes.table:
        columns = max(map(len, rows), default=1)
        group = nodes.tgroup("", cols=columns)
        group += [nodes.colspec(colwidth=100 // columns) for _ in range(columns)]
        head = 1 if header else 0
        for wrapper, part in ((nodes.thead, rows[:head]), (nodes.tbody, rows[head:])):
            if part:
                group += wrapper("", *(self._row(row, columns) for row in part))
        return nodes.table("", group, classes=["colwidths-auto"])

    def _row(self, cells: Sequence[Sequence[Inline]], columns: int) -> nodes.row:
        full = [*cells, *([()] * (columns - len(cells)))]
        return nodes.row(
            "", *(nodes.entry("", nodes.paragraph("", "", *self._inlines(c))) for c in full)
        )

    def _inlines(self, inlines: Iterable[Inline]) -> Iterator[nodes.Node]:
        for inline in inlines:
            match inline:
                case Text(text):
                    yield nodes.Text(text)
                case Emphasis(children):
                    yield nodes.emphasis("", "", *self._inlines(children))
                case Strong(children):
                    yield nodes.strong("", "", *self._inlines(children))
                case Literal(text):
                    yield nodes.literal(text, text)
                case Url(url, children):
                    yield nodes.reference("", "", *self._inlines(children), refuri=url)
                case Span(classes, children):
                    yield nodes.inline("", "", *self._inlines(children), classes=list(classes))
                case Ref():
                    yield self._reference(inline)
                case _:
                    assert_never(inline)

    def _reference(self, ref: Ref) -> addnodes.pending_xref:
        domain, target = ("std", f"/{ref.target}") if ref.kind == "doc" else ("conf", ref.target)
        shown = nodes.inline("", ref.text, classes=["xref", domain, f"{domain}-{ref.kind}"])
        return addnodes.pending_xref(
            "",
            shown,
            refdoc=self._docname,
            refdomain=domain,
            reftype=ref.kind,
            reftarget=target,
            refexplicit=True,
            refwarn=True,
        )

    def _place(self, node: _Element, line: int) -> _Element:
        node.source = self._source
        node.line = line or None
        return node
