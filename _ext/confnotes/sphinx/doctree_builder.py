"""Build a document from a :class:`~confnotes.pages.page_model.Page`, without markup.

The nodes are those that the MyST parser makes of the same page as text, as a property test
shows. Building them directly is four times faster, and text that is never parsed is never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import TypeAlias, TypeVar, assert_never, cast

from docutils import nodes
from sphinx import addnodes

from confnotes.pages import page_model
from confnotes.sphinx._compat import Anchors

_Element = TypeVar("_Element", bound=nodes.Element)

Blocks: TypeAlias = tuple[page_model.PageBlock, ...]


class DeferredBlocks(nodes.General, nodes.Element):
    """A placeholder for blocks ``run`` of the page ``docname``; ``source`` is the raw file."""


def split_sections(blocks: Iterable[page_model.PageBlock]) -> Iterator[page_model.Section | Blocks]:
    """Yield the sections among ``blocks``, and each run of others."""
    for is_section, found in groupby(
        blocks, key=lambda block: isinstance(block, page_model.Section)
    ):
        if is_section:
            yield from cast("Iterator[page_model.Section]", found)
        else:
            yield tuple(found)


def append_page(page: page_model.Page, document: nodes.document) -> Anchors:
    """Add the blocks of ``page`` to ``document``, below its heading and prose if it has any.

    Paragraphs that come first, which are facts, stand above the prose.
    Children that a hand-written toctree lists are not listed again: a book would have them twice.
    Return the sections made, by anchor.
    """
    outline = _DocumentBuilder(page.docname, document)
    made = outline.blocks(page.blocks)
    top = _heading(page, document)
    if page.blocks and isinstance(page.blocks[0], page_model.Para):
        top.insert((top.first_child_matching_class(nodes.title) or 0) + 1, made.pop(0))
    top += made
    listed = {name for tree in document.findall(addnodes.toctree) for _, name in tree["entries"]}
    if below := [docname for docname in page.children if docname not in listed]:
        top += _contents(page.docname, below)
    return outline.anchors


def _heading(page: page_model.Page, document: nodes.document) -> nodes.section:
    """Return the section under the page's title, made from ``page.title`` unless it is written.

    It takes its id last, since the ids of the sections below are permanent.
    """
    for child in document.children:
        if isinstance(child, nodes.section):
            return child
    lead, rest = page.lead, page.title.removeprefix(page.lead)
    title = nodes.title("", "")
    if lead:
        title += nodes.inline("", lead, classes=["conf-lead" if rest else "conf-lead-only"])
    title += nodes.Text(rest)
    title.source = document["source"]
    section = nodes.section("", title)
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


class _DocumentBuilder:
    """Makes the sections of one document, and a placeholder for the blocks in each."""

    def __init__(self, docname: str, document: nodes.document) -> None:
        self._docname = docname
        self._document = document
        self._maker = NodeBuilder(docname, document["source"])
        self.anchors: Anchors = {}
        self._bodies = count()

    def blocks(self, blocks: Iterable[page_model.PageBlock]) -> list[nodes.Element]:
        return [
            self._section(part) if isinstance(part, page_model.Section) else self._body()
            for part in split_sections(blocks)
        ]

    def _body(self) -> DeferredBlocks:
        body = DeferredBlocks(docname=self._docname, run=next(self._bodies))
        body.source = self._document["source"]
        return body

    def _section(self, block: page_model.Section) -> nodes.section:
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


class NodeBuilder:
    """Makes nodes for the document ``docname``, whose file is ``source``.

    Every node knows the line of the raw file that its block came from.
    """

    def __init__(self, docname: str, source: str) -> None:
        self._docname = docname
        self._source = source

    def blocks(self, blocks: Iterable[page_model.PageBlock]) -> list[nodes.Node]:
        return [self._block(block) for block in blocks]

    def _block(self, block: page_model.PageBlock) -> nodes.Element:
        node: nodes.Element
        match block:
            case page_model.Para(children, _, classes):
                node = nodes.paragraph("", "", *self.inlines(children), classes=list(classes))
            case page_model.List(items, ordered, _, classes):
                node = self._list(items, ordered)
                node["classes"] += classes
            case page_model.CodeBlock(text, language):
                node = nodes.literal_block(
                    text, text, language=language, force=True, highlight_args={}
                )
            case page_model.BlockQuote(blocks):
                node = nodes.block_quote("", *self.blocks(blocks))
            case page_model.PageTable(rows, header):
                node = self._table(rows, header)
            case page_model.Rubric(children):
                node = nodes.rubric("", "", *self.inlines(children))
            case page_model.Container(classes, blocks):
                node = nodes.container("", *self.blocks(blocks), is_div=True)
                node["classes"] += classes
            case page_model.Fold(_, blocks):
                node = nodes.container("", *self.blocks(blocks), is_div=True)
            case page_model.Section():
                raise TypeError("a section stands on the page itself, or in a section")
            case _:
                assert_never(block)
        return self.set_source(node, getattr(block, "line", 0))

    def title(self, section: page_model.Section) -> nodes.title:
        return self.set_source(nodes.title("", "", *self.inlines(section.title)), section.line)

    def _list(self, items: Iterable[page_model.ListItem], ordered: bool) -> nodes.Element:
        made = [
            self.set_source(nodes.list_item("", *self.blocks(item.blocks)), item.line)
            for item in items
        ]
        if ordered:
            return nodes.enumerated_list("", *made, enumtype="arabic", prefix="", suffix=".")
        return nodes.bullet_list("", *made, bullet="-")

    def _table(
        self, rows: Sequence[Sequence[Sequence[page_model.Inline]]], header: bool
    ) -> nodes.table:
        columns = max(map(len, rows), default=1)
        group = nodes.tgroup("", cols=columns)
        group += [nodes.colspec(colwidth=100 // columns) for _ in range(columns)]
        head = 1 if header else 0
        for wrapper, part in ((nodes.thead, rows[:head]), (nodes.tbody, rows[head:])):
            if part:
                group += wrapper("", *(self._row(row, columns) for row in part))
        return nodes.table("", group, classes=["colwidths-auto"])

    def _row(self, cells: Sequence[Sequence[page_model.Inline]], columns: int) -> nodes.row:
        full = [*cells, *([()] * (columns - len(cells)))]
        return nodes.row(
            "", *(nodes.entry("", nodes.paragraph("", "", *self.inlines(c))) for c in full)
        )

    def inlines(self, inlines: Iterable[page_model.Inline]) -> Iterator[nodes.Node]:
        for inline in inlines:
            match inline:
                case page_model.Text(text):
                    yield nodes.Text(text)
                case page_model.Emphasis(children):
                    yield nodes.emphasis("", "", *self.inlines(children))
                case page_model.Strong(children):
                    yield nodes.strong("", "", *self.inlines(children))
                case page_model.Literal(text):
                    yield nodes.literal(text, text)
                case page_model.ExternalLink(url, children, resource):
                    about = {"resource": resource} if resource else {}
                    yield nodes.reference("", "", *self.inlines(children), refuri=url, **about)
                case page_model.Span(classes, children):
                    yield nodes.inline("", "", *self.inlines(children), classes=list(classes))
                case page_model.SourceLink(_, children):
                    yield from self.inlines(children)
                case page_model.Initials():
                    pass
                case page_model.CrossReference():
                    yield self._reference(inline)
                case _:
                    assert_never(inline)

    def _reference(self, ref: page_model.CrossReference) -> addnodes.pending_xref:
        domain, target = "conf", ref.target
        if ref.kind == "doc":
            domain, target = "std", f"/{ref.target.partition('#')[0]}"
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
