"""Lazy bodies: the blocks below a heading are one node until a document is written.

Sphinx visits every node of a document a hundred times between reading and writing it. So the
blocks become nodes as late as possible, and in HTML never: they are rendered directly. A doctree
does not keep them, since the page is made again from the notes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from html import unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from confnotes.pages.cross_references import pictures
from confnotes.pages.html_renderer import HtmlRenderer, NeedsSphinxWriterError
from confnotes.pages.page_model import CrossReference, Inline, PageBlock, Para, Section
from confnotes.sphinx import raw_notes
from confnotes.sphinx.doctree_builder import Blocks, DeferredBlocks, NodeBuilder, split_sections
from confnotes.sphinx.domain import conference_domain
from confnotes.sphinx.html_site import HTML_BUILDERS, picture_path
from confnotes.sphinx.project import NotesProject, notes_project
from confnotes.sphinx.sphinx_events import PAGE_INPUTS

_TAG = re.compile("<[^>]*>")


class RenderedHtml(nodes.General, nodes.Element):
    """HTML to be written unchanged; its child, if any, is the text for Sphinx's search index."""


def visit_rendered_html(writer: HTML5Translator, node: RenderedHtml) -> None:
    """Write the HTML of ``node``. Raises SkipNode, as its text is in the HTML."""
    writer.body.append(node["html"])
    raise nodes.SkipNode


def block_runs(blocks: Iterable[PageBlock]) -> Iterator[Blocks]:
    """Yield each run of blocks between two headings, in the order of the page."""
    for part in split_sections(blocks):
        if isinstance(part, Section):
            yield from block_runs(part.blocks)
        else:
            yield part


def deferred_blocks(
    document: nodes.document, project: NotesProject
) -> list[tuple[DeferredBlocks, Blocks]]:
    """Return the bodies in ``document``, which may be assembled of many, each with its blocks."""
    of_page = lru_cache(maxsize=1)(lambda docname: _runs(project, docname))
    found = list(document.findall(DeferredBlocks))
    return [(body, of_page(body["docname"])[body["run"]]) for body in found]


def expand_blocks(
    document: nodes.document, project: NotesProject, wanted: Callable[[Blocks], bool] = bool
) -> None:
    """Replace each body whose blocks are ``wanted`` by their nodes."""
    for body, blocks in deferred_blocks(document, project):
        if wanted(blocks):
            body.replace_self(_maker(body).blocks(blocks))


class LazyBodies(SphinxPostTransform):
    """Replaces bodies by HTML, or by nodes where only Sphinx's writers can write them."""

    default_priority = 2  # after those that need nodes and expand some bodies

    def run(self, **kwargs: Any) -> None:
        docname, project = self.env.current_document.docname, notes_project(self.env)
        if project.builder.name not in HTML_BUILDERS:
            expand_blocks(self.document, project)
            return
        renderer = HtmlRenderer(
            _addresses(project.builder, self.env, docname),
            raw_notes.raw_note_addresses(project.builder, project, docname),
            partial(_picture_address, project.builder, self.env, docname),
        )
        for body, blocks in deferred_blocks(self.document, project):
            is_note = project.is_of_note(body["docname"])
            body.replace_self(list(_rendered(body, blocks, renderer, is_note=is_note)))


def _rendered(
    body: DeferredBlocks, blocks: Blocks, renderer: HtmlRenderer, *, is_note: bool
) -> Iterator[nodes.Node]:
    """Yield the ``blocks`` of ``body`` as HTML, and as nodes where only Sphinx can write them.

    Lists that are not of a note are not searched: the pages that they list are.
    """
    maker = _InlineRenderer(body["docname"], body.source or "", renderer)
    for block in blocks:
        try:
            is_searched = is_note or isinstance(block, Para)
            yield _html_node(renderer.block(block), is_searched=is_searched)
        except NeedsSphinxWriterError:
            yield from maker.blocks([block])


class _InlineRenderer(NodeBuilder):
    """Makes nodes of blocks, with the text of paragraphs as HTML."""

    def __init__(self, docname: str, source: str, renderer: HtmlRenderer) -> None:
        super().__init__(docname, source)
        self._renderer = renderer

    def inlines(self, inlines: Iterable[Inline]) -> Iterator[nodes.Node]:
        inlines = tuple(inlines)
        try:
            yield _html_node(self._renderer.inlines(inlines))
        except NeedsSphinxWriterError:
            yield from super().inlines(inlines)


def _html_node(html: str, *, is_searched: bool = True) -> RenderedHtml:
    text = [nodes.Text(unescape(_TAG.sub(" ", html)))] if is_searched else []
    return RenderedHtml("", *text, html=html)


def _addresses(
    builder: Builder, env: BuildEnvironment, docname: str
) -> Callable[[CrossReference], str | None]:
    """Return a function from a reference to its address, relative to ``docname``."""
    domain = conference_domain(env)

    def address(ref: CrossReference) -> str | None:
        if ref.kind == "doc":
            page, mark, anchor = ref.target.partition("#")
            uri = builder.get_relative_uri(docname, page) if page in env.all_docs else None
            return uri and uri + mark + anchor
        found = domain.find([ref.kind], ref.target)
        if len(found) != 1:
            return None
        other, defined = found[0]
        if other == docname and defined.node_id:
            return f"#{defined.node_id}"
        uri = builder.get_relative_uri(docname, other)
        return f"{uri}#{defined.node_id}" if defined.node_id else uri

    return address


def _picture_address(builder: Builder, env: BuildEnvironment, docname: str, path: str) -> str:
    found = picture_path(builder, env, path)
    return relative_uri(builder.get_target_uri(docname), found) if found else ""


def picture_inputs(app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield where the pictures of people are, which any page may show."""
    for path in pictures(notes_project(env).catalogue):
        yield picture_path(app.builder, env, path)


def _runs(project: NotesProject, docname: str) -> list[Blocks]:
    page = project.page(docname)
    return list(block_runs(page.blocks)) if page else []


def _maker(body: DeferredBlocks) -> NodeBuilder:
    return NodeBuilder(body["docname"], body.source or "")


def setup(app: Sphinx) -> None:
    app.add_node(RenderedHtml, html=(visit_rendered_html, None))
    app.add_post_transform(LazyBodies)
    app.connect(PAGE_INPUTS, picture_inputs)
