"""Exports in HTML builds: meta tags of pages, and files such as feeds and the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from confnotes.exports import export_files
from confnotes.exports.meta_tags import meta_tags
from confnotes.sphinx import logging
from confnotes.sphinx.event_names import PAGE_INPUTS
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.site import HTML_BUILDERS, manifest, site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def page_inputs(app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield the tags in the head of a document's page."""
    if here := site(app):
        title = env.titles[docname].astext()
        description = env.metadata.get(docname, {}).get("description", "")
        yield from meta_tags(notes_project(env).catalogue, docname, title, description, here)


def add_meta_tags(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: put the tags into the head of a page."""
    if doctree is not None:
        made = "".join(f"\n    {tag}" for tag in page_inputs(app, app.env, pagename))
        context["metatags"] = context.get("metatags", "") + made


def write(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write what is no page."""
    if exception is None and app.builder.name in HTML_BUILDERS:
        if incremental_build(app).has_same_files(manifest(app).names("machines")):
            return
        found, here = sorted(app.env.found_docs), site(app)
        made = export_files(notes_project(app).catalogue, found, here) if here else ()
        logging.report_unwritten(manifest(app).write("machines", made))


def setup(app: Sphinx) -> None:
    app.connect(PAGE_INPUTS, page_inputs)
    app.connect("html-page-context", add_meta_tags)
    app.connect("build-finished", write)
