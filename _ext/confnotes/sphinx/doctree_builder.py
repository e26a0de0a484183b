"""From the blocks of a :class:`~confnotes.pages.model.Page` to docutils nodes, without markup.

The nodes are those that the MyST parser makes of :func:`confnotes.pages.myst.myst`;
a property test holds the two together. Going straight is four times faster, and
text that never was markup cannot turn into any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, assert_never

from docutils import nodes
from sphinx import addnodes

from confnotes.pages.lexers import lexer_or_text
from confnotes.pages.model import (
    BlockQuote,
    CodeBlock,
    Container,
    CrossReference,
    Emphasis,
    ExternalLink,
    Fold,
    Initials,
    Inline,
    List,
    ListItem,
    Literal,
    PageBlock,
    PageTable,
    Para,
    Rubric,
    Section,
    SourceLink,
    Span,
    Strong,
    Text,
)

_Element = TypeVar("_Element", bound=nodes.Element)


class NodeBuilder:
    """Makes nodes for the document ``docname``, which was read from the file ``source``.

    Every node knows the line of the raw file that its block came from.
    """

    def __init__(self, docname: str, source: str) -> None:
        self._docname = docname
        self._source = source

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
                    text, text, language=lexer_or_text(language), force=True, highlight_args={}
                )
            case BlockQuote(blocks):
                node = nodes.block_quote("", *self.blocks(blocks))
            case PageTable(rows, header):
                node = self._table(rows, header)
            case Rubric(children):
                node = nodes.rubric("", "", *self._inlines(children))
            case Container(classes, blocks):
                node = nodes.container("", *self.blocks(blocks), is_div=True)
                node["classes"] += classes
            case Fold(_, blocks):
                node = nodes.container("", *self.blocks(blocks), is_div=True)
            case Section():
                raise TypeError("a section stands on the page itself, or in a section")
            case _:
                assert_never(block)
        return self.set_source(node, getattr(block, "line", 0))

    def title(self, section: Section) -> nodes.title:
        return self.set_source(nodes.title("", "", *self._inlines(section.title)), section.line)

    def _list(self, items: Iterable[ListItem], ordered: bool) -> nodes.Element:
        made = [
            self.set_source(nodes.list_item("", *self.blocks(item.blocks)), item.line)
            for item in items
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
                case ExternalLink(url, children):
                    yield nodes.reference("", "", *self._inlines(children), refuri=url)
                case Span(classes, children):
                    yield nodes.inline("", "", *self._inlines(children), classes=list(classes))
                case SourceLink(_, children):
                    yield from self._inlines(children)
                case Initials():
                    pass
                case CrossReference():
                    yield self._reference(inline)
                case _:
                    assert_never(inline)

    def _reference(self, ref: CrossReference) -> addnodes.pending_xref:
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

    def set_source(self, node: _Element, line: int) -> _Element:
        node.source = self._source
        node.line = line or None
        return node
