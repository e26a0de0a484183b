"""Load the catalogue, and register every generated page as a document."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from confnotes.catalogue import load_catalogue
from confnotes.catalogue.cache import cache_file
from confnotes.pages.i18n import _
from confnotes.sphinx import _compat, _workarounds, logging, source_files
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.project import NotesProject, notes_project
from confnotes.sphinx.sphinx_events import CATALOGUE_LOADED


def read_project(app: Sphinx) -> None:
    """``builder-inited``, before other extensions: load the catalogue and replace the project."""
    catalogue = load_catalogue(
        app.srcdir,
        cache=build_cache(app),
        is_excluded=source_files.excluded_by_settings(app),
        jobs=app.parallel,
        translate=_,
    )
    logging.log_problems(catalogue.problems, app.srcdir)
    logging.log_excluded(catalogue.excluded)
    app.emit(CATALOGUE_LOADED, catalogue)
    pages = incremental_build(app).load_pages(catalogue, app.parallel)
    _workarounds.end_discovery_silence()
    _compat.replace_project(app, NotesProject(app, catalogue, pages))


def build_cache(app: Sphinx) -> Path | None:
    """Return the file of the cache, in the doctree folder, None if there can be none."""
    path = Path(app.doctreedir, "notes.sqlite")
    if app.doctreedir.is_relative_to(app.outdir):  # which somebody may publish as a whole
        path.unlink(missing_ok=True)  # of version 0.1.0
        return cache_file(app.srcdir)
    return path


def show_notes(app: Sphinx) -> None:
    """``builder-inited``, after other extensions: some, as autosummary, run what documents name."""
    notes_project(app).show_notes()


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", read_project, priority=3)
    app.connect("builder-inited", show_notes, priority=999)
