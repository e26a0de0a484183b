"""Citations at the foot of a note's page: links to their files, and COinS for Zotero."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from confnotes.catalogue import Catalogue
from confnotes.exports import Site
from confnotes.exports.citations import FORMATS, coins
from confnotes.exports.citations.citation import note_citations
from confnotes.pages import talk_pages
from confnotes.pages.i18n import _
from confnotes.sphinx.events import CATALOGUE_LOADED, PAGE_INPUTS
from confnotes.sphinx.site import site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class CitationLinks:
    """One build; an instance belongs to one application."""

    _site: Site | None
    _catalogue: Catalogue

    def begin(self, app: Sphinx, catalogue: Catalogue) -> None:
        """``confnotes-catalogue-loaded``."""
        self._site, self._catalogue = site(app, catalogue), catalogue

    def page_inputs(self, app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
        """Yield the COinS of the talks on a page, none where each talk has a page of its own."""
        is_note = docname in self._catalogue.notes
        if self._site and is_note and not talk_pages.pages_of(self._catalogue, docname):
            cited = note_citations(self._catalogue, docname, {}, self._site)
            yield from map(coins.render, cited)

    def add_links(
        self, app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """``html-page-context``: lead from a note's page to the citations of its talks."""
        entry = self._catalogue.notes.get(page)
        if self._site and entry and entry.talks:
            data = "".join(self.page_inputs(app, app.env, page))
            base = escape(context["pathto"](quote(page), 1))
            links = " · ".join(
                f'<a href="{base}{suffix}" download>{name}</a>'
                for name, (suffix, _module) in FORMATS.items()
            )
            talks = " ".join(talk.node_id for talk in self._catalogue.notes[page].talks)
            label, copy = escape(_("Download citations:")), escape(_("Copy citation:"))
            context["body"] += (
                f'<p class="conf-cite" data-talks="{talks}" data-copy="{copy}">'
                f"{label} {links}</p>{data}"
            )


def setup(app: Sphinx) -> None:
    links = CitationLinks()
    app.connect(CATALOGUE_LOADED, links.begin)
    app.connect(PAGE_INPUTS, links.page_inputs)
    app.connect("html-page-context", links.add_links)
