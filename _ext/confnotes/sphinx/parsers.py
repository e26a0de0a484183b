"""Source parsers: prose is parsed, and the generated part of its page is built below it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from docutils.transforms import Transform
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.parsers import Parser

from confnotes.pages.page_model import Page
from confnotes.pages.shorthands import shorten_description
from confnotes.sphinx._compat import add_anchors, load_myst
from confnotes.sphinx.doctree_builder import append_page
from confnotes.sphinx.domain import conference_domain
from confnotes.sphinx.project import NOTE_TYPE, notes_project

PORTRAIT = "conf-portrait"
"""The class of the picture of a person."""


class NoteParser(Parser):
    """The parser of plain text; it adds nothing, since :class:`PageParser` builds notes."""

    supported = (NOTE_TYPE,)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        pass


class PageParser(Parser):
    """Builds the document from its :class:`~confnotes.pages.page_model.Page`.

    The text of a note or of a generated page never reaches a markup parser, whatever
    ``source-read`` handlers make of it. The other base of each subclass parses hand-written prose
    and its translations.
    """

    environment: BuildEnvironment

    def _page(self) -> Page | None:
        return notes_project(self.environment).page(self.environment.docname)

    def get_transforms(self) -> list[type[Transform]]:
        page = self._page()
        has_prose = page is None or page.has_prose
        return super().get_transforms() if has_prose else Parser.get_transforms(self)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        page = self._page()
        if document["source"].endswith(":<translated>"):  # one paragraph of the document
            super().parse(inputstring, document)
            return
        if page is None or page.has_prose:
            super().parse(inputstring, document)
        else:
            shown = self.environment.doc2path(page.docname, base=False)
            document["source"] = str(self.environment.srcdir / shown)
        if page:
            document.settings.smart_quotes = False
            env = self.environment
            add_anchors(env, page.docname, append_page(page, document))
            if page.picture:
                _add_picture(page, document)
            env.metadata[page.docname]["description"] = page.description
            conference_domain(env).note_objects(page.docname, page.objects)
        elif not any(document.findall(nodes.meta)):
            description = next(_prose(document), "")
            self.environment.metadata[self.environment.docname]["description"] = description


def _add_picture(page: Page, document: nodes.document) -> None:
    """Put the picture of a page below its heading, where Sphinx finds and copies it."""
    title = next(document.findall(nodes.title))
    picture = nodes.image(uri=f"/{page.picture}", alt=page.title, classes=[PORTRAIT])
    picture.source, picture.line = document["source"], 1
    title.parent.insert(title.parent.index(title) + 1, picture)


def _prose(document: nodes.document) -> Iterator[str]:
    """Yield the paragraphs of ``document`` outside lists and admonitions, cut for a description."""
    for paragraph in document.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section | nodes.document):
            yield shorten_description(paragraph.astext())


def hide_former_names(app: Sphinx, path: Path, docname: str, content: list[str]) -> None:
    """``include-read``: hide former names in files that a page includes."""
    content[0] = notes_project(app).catalogue.former.hide(content[0])


def read_plain_text(app: Sphinx, config: Config) -> None:
    """``config-inited``: register plain text, unless a setting or another extension has."""
    config.source_suffix.setdefault(".txt", NOTE_TYPE)


def wrap_parsers(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """``env-before-read-docs``: wrap every parser, so that none of them parses notes."""
    for given in {*app.config.source_suffix.values()}:
        filetype = given or "restructuredtext"  # which Sphinx takes None for
        try:
            base = app.registry.get_source_parser(filetype)
        except SphinxError:
            continue  # Sphinx reports it for the first document of this type
        if not issubclass(base, PageParser):
            own = {"supported": (filetype,), "environment": env}
            made = type(f"Page{base.__name__}", (PageParser, base), own)
            app.add_source_parser(made, override=True)


def setup(app: Sphinx) -> None:
    load_myst(app)
    app.add_source_parser(NoteParser)
    app.connect("include-read", hide_former_names)
    app.connect("config-inited", read_plain_text, priority=810)  # Sphinx has merged all
    app.connect("env-before-read-docs", wrap_parsers, priority=990)  # all have added theirs
