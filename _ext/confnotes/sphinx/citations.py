"""Citations at the foot of a note's page: links to their files, and COinS for Zotero."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from confnotes.exports.citations import FORMATS, coins
from confnotes.exports.citations.citation import note_citations
from confnotes.pages import talk_pages
from confnotes.pages.i18n import _
from confnotes.sphinx.event_names import PAGE_INPUTS
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.site import site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def page_inputs(app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield the COinS of the talks on a page, none where each talk has a page of its own."""
    catalogue, here = notes_project(env).catalogue, site(app)
    if here and docname in catalogue.notes and not talk_pages.pages_of(catalogue, docname):
        yield from map(coins.render, note_citations(catalogue, docname, {}, here))


def add_links(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: lead from a note's page to the citations of its talks."""
    entry = notes_project(app).catalogue.notes.get(pagename)
    if entry and entry.talks and site(app):
        data = "".join(page_inputs(app, app.env, pagename))
        base = escape(context["pathto"](quote(pagename), 1))
        links = " · ".join(
            f'<a href="{base}{suffix}" download>{name}</a>'
            for name, (suffix, _module) in FORMATS.items()
        )
        talks = " ".join(talk.node_id for talk in entry.talks)
        label, copy = escape(_("Download citations:")), escape(_("Copy citation:"))
        context["body"] += (
            f'<p class="conf-cite" data-talks="{talks}" data-copy="{copy}">'
            f"{label} {links}</p>{data}"
        )


def setup(app: Sphinx) -> None:
    app.connect(PAGE_INPUTS, page_inputs)
    app.connect("html-page-context", add_links)
