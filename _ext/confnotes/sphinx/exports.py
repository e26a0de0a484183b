"""Exports in HTML builds: meta tags and citations on pages, and files such as feeds and the API."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from confnotes.exports import export_files
from confnotes.exports.citations import FORMATS
from confnotes.exports.meta_tags import meta_tags
from confnotes.pages import split_notes
from confnotes.pages.i18n import _
from confnotes.parallel import BackgroundTask
from confnotes.sphinx.html_site import HTML_BUILDERS, html_site
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.sphinx_events import PAGE_INPUTS


def head_inputs(app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
    if here := html_site(app):
        title = env.titles[docname].astext()
        description = env.metadata.get(docname, {}).get("description", "")
        yield from meta_tags(notes_project(env).catalogue, docname, title, description, here)


def add_meta_tags(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: put the tags into the head of a page."""
    if doctree is not None:
        made = "".join(f"\n    {tag}" for tag in head_inputs(app, app.env, pagename))
        context["metatags"] = context.get("metatags", "") + made


def add_citations(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: add links to the citations of a note's talks, to its parts as well."""
    if doctree is None:  # no document, so no note
        return
    catalogue = notes_project(app).catalogue
    part = split_notes.note_parts(catalogue).get(pagename)
    entry = catalogue.notes.get(part.note if part else pagename)
    if entry and entry.talks and html_site(app):
        base = escape(context["pathto"](quote(entry.docname), 1))
        first = f' data-first="{part.first}"' if part and part.first else ""
        links = " · ".join(
            f'<a href="{base}{suffix}" download>{name}</a>'
            for name, (suffix, *_functions) in FORMATS.items()
        )
        label = escape(_("Download citations:"))
        words = f'data-copy="{escape(_("Copy:"))}" data-link="{escape(_("Link"))}"{first}'
        context["body"] += f'<p class="conf-cite" {words}>{label} {links}</p>'


class ExportBuild:
    """The files of one build, made in the background; an instance belongs to one application."""

    def __init__(self) -> None:
        self._task: BackgroundTask[list[tuple[str, str | bytes]]] | None = None

    def begin(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: begin to make the files if the notes have changed."""
        is_html = app.builder.name in HTML_BUILDERS
        if is_html and app.parallel > 1 and not incremental_build(app).notes_unchanged():
            self._task = BackgroundTask(lambda: [*_export_files(app)])

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: write the files, unless the build has failed."""
        if exception is None and app.builder.name in HTML_BUILDERS:
            made = self._task.result() if self._task else _export_files(app)
            incremental_build(app).write_files("machines", made)
        if self._task:
            self._task.cancel()


def _export_files(app: Sphinx) -> Iterator[tuple[str, str | bytes]]:
    if here := html_site(app):
        yield from export_files(notes_project(app).catalogue, sorted(app.env.found_docs), here)


def setup(app: Sphinx) -> None:
    exports = ExportBuild()
    app.connect(PAGE_INPUTS, head_inputs)
    app.connect("html-page-context", add_meta_tags)
    app.connect("html-page-context", add_citations)
    app.connect("env-before-read-docs", exports.begin, priority=400)  # -j is as typed until 500
    app.connect("build-finished", exports.write)
