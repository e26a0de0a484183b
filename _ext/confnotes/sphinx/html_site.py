"""The site that a build makes, as :mod:`confnotes.exports` wants to know it."""

from __future__ import annotations

from functools import partial

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from confnotes.exports import Site
from confnotes.pages import has_pages
from confnotes.sphinx.project import notes_project

HTML_BUILDERS = frozenset({"html", "dirhtml"})
"""The builders that make a site: a page of HTML for each document."""


def html_site(app: Sphinx) -> Site | None:
    """Return the site, or None if the builder makes something else, or there are no notes."""
    if app.builder.name not in HTML_BUILDERS or not has_pages(notes_project(app).catalogue):
        return None
    base = app.config.html_baseurl.rstrip("/")
    return Site(
        app.config.project,
        f"{base}/" if base else "",
        app.builder.get_target_uri,
        language=app.config.language,
        picture_path=partial(picture_path, app.builder, app.env),
    )


def picture_path(builder: Builder, env: BuildEnvironment, path: str) -> str:
    """Return the path of a picture in the output, empty if it is not copied."""
    return f"{builder.imagedir}/{env.images[path][1]}" if path in env.images else ""
