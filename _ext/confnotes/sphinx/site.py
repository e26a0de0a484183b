"""The site that a build makes, as :mod:`confnotes.exports` wants to know it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from confnotes.exports import Site
from confnotes.slugs import short_hash
from confnotes.sphinx.extra_files import ExtraFiles
from confnotes.sphinx.project import notes_project

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


HTML_BUILDERS = frozenset({"html", "dirhtml"})
"""The builders that make a site: a page of HTML for each document."""


def site(app: Sphinx) -> Site | None:
    """Return the site, or None if the builder makes something else, or there are no notes."""
    if app.builder.name not in HTML_BUILDERS or not notes_project(app).navigation("index"):
        return None
    base = app.config.html_baseurl.rstrip("/")
    return Site(
        app.config.project,
        f"{base}/" if base else "",
        app.builder.get_target_uri,
        app.config.language,
    )


def page_path(app: Sphinx, docname: str) -> str:
    """Return the path of a page below the output."""
    path = cast("StandaloneHTMLBuilder", app.builder).get_output_path(docname)
    return Path(path).relative_to(app.outdir).as_posix()


def extra_files(app: Sphinx, sort: str) -> ExtraFiles:
    """Return the files of one sort that stand beside the pages of this output."""
    place = short_hash(f"{app.builder.name} {app.outdir}")
    return ExtraFiles(Path(app.outdir), Path(app.doctreedir, f"{sort}-{place}.txt"))
