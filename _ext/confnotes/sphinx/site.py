"""The site that a build makes, as :mod:`confnotes.machines` wants to know it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from confnotes.machines import Site
from confnotes.slugs import digest
from confnotes.sphinx.beside import Beside

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from confnotes.catalogue import Catalogue
    from confnotes.sphinx.project import NotesProject

_BUILDERS = frozenset({"html", "dirhtml"})


def site(app: Sphinx) -> Site | None:
    """Return the site, or None if the builder makes something else, or there are no notes."""
    if app.builder.name not in _BUILDERS or not _project(app).place("index"):
        return None
    base = app.config.html_baseurl.rstrip("/")
    return Site(
        app.config.project,
        f"{base}/" if base else "",
        app.builder.get_target_uri,
        app.config.language,
    )


def catalogue(app: Sphinx) -> Catalogue:
    """Return the catalogue of a build that makes a :func:`site`."""
    known = _project(app).catalogue
    assert known is not None
    return known


def output(app: Sphinx, docname: str) -> str:
    """Return the path of a page below the output."""
    path = cast("StandaloneHTMLBuilder", app.builder).get_output_path(docname)
    return Path(path).relative_to(app.outdir).as_posix()


def beside(app: Sphinx, sort: str) -> Beside:
    """Return the files of one sort that stand beside the pages of this output."""
    place = digest(f"{app.builder.name} {app.outdir}")
    return Beside(Path(app.outdir), Path(app.doctreedir, f"{sort}-{place}.txt"))


def _project(app: Sphinx) -> NotesProject:
    return cast("NotesProject", app.project)
