"""Load the catalogue, and register every generated page as a document."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from confnotes.catalogue import load_catalogue
from confnotes.pages.i18n import _
from confnotes.sphinx import _compat, logging, source_files
from confnotes.sphinx.hook_names import CATALOGUE_LOADED
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.project import NotesProject


def read_project(app: Sphinx) -> None:
    """``builder-inited``: load the catalogue and replace Sphinx's project."""
    catalogue = load_catalogue(
        app.srcdir,
        cache=app.doctreedir / "notes.sqlite",
        is_excluded=source_files.excluded_by_settings(app),
        jobs=app.parallel,
        translate=_,
    )
    logging.log_problems(catalogue.problems, app.srcdir)
    logging.log_excluded(catalogue.excluded)
    app.emit(CATALOGUE_LOADED, catalogue)
    pages = incremental_build(app).load_pages(catalogue, app.parallel)
    types = app.config.source_suffix
    project = NotesProject(app.project, catalogue, pages, types, Path(app.doctreedir))
    _compat.replace_project(app, project)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", read_project)
