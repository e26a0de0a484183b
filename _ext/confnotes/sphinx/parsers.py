"""Source parsers: what a person wrote is parsed, what is derived is built and follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from myst_parser.parsers.sphinx_ import MystParser
from sphinx.parsers import Parser, RSTParser

from confnotes.sphinx.outline import append
from confnotes.sphinx.project import notes_project

if TYPE_CHECKING:
    from docutils import nodes
    from docutils.transforms import Transform

    from confnotes.pages.blocks import Page
    from confnotes.sphinx.domain import ConferenceDomain


class _PageParser(Parser):
    """Builds the document from its :class:`~confnotes.pages.blocks.Page`.

    The text of a note or of a generated page never meets a markup parser; the other
    base of each subclass parses prose that a person wrote.
    """

    def _page(self) -> Page | None:
        return notes_project(self._env).page(self._env.docname)

    def _has_prose(self) -> bool:
        page = self._page()
        return page is None or page.written

    def get_transforms(self) -> list[type[Transform]]:
        return super().get_transforms() if self._has_prose() else Parser.get_transforms(self)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        if self._has_prose():
            super().parse(inputstring, document)
        if page := self._page():
            document.settings.smart_quotes = False
            anchors = append(page, document)
            about = self._env.metadata[page.docname]
            about.setdefault("myst_slugs", {}).update(anchors)
            about["description"] = page.description
            domain = cast("ConferenceDomain", self._env.domains["conf"])
            domain.note_objects(page.docname, page.objects)


class NoteParser(_PageParser):
    """Notes in plain text; a text file that is none is no document."""

    supported = ("note",)


class MarkdownParser(_PageParser, MystParser):
    """MyST pages, notes in Markdown, generated pages."""


class RestParser(_PageParser, RSTParser):  # type: ignore[misc]  # its text is never a StringList
    """reStructuredText pages, and notes typed in it."""
