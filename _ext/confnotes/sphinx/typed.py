"""The note as it was typed: its raw file beside the pages, and a link to it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.locale import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from confnotes.catalogue import NoteEntry
    from confnotes.sphinx.project import NotesProject

_BUILDERS = frozenset({"html", "dirhtml"})


def link(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: lead from a note's page to its file.

    Themes that link to a page's file in a repository must not do so where there is none.
    """
    project = cast("NotesProject", app.project)
    if project.catalogue is None or not project.is_derived(pagename):
        return
    entry = project.catalogue.notes.get(pagename)
    if entry is None:
        if pagename not in project.catalogue.written:
            context["page_source_suffix"] = ""
    elif app.builder.name in _BUILDERS:
        context["page_source_suffix"] = Path(entry.note.path).suffix
        address = escape(context["pathto"](_copy(entry), 1))
        context["body"] += (
            f'<p class="conf-typed"><a href="{address}">{_("View the note as typed")}</a></p>'
        )


def copy(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: put the file of every note beside the pages, where it differs."""
    catalogue = cast("NotesProject", app.project).catalogue
    if exception is not None or catalogue is None or app.builder.name not in _BUILDERS:
        return
    for entry in catalogue.notes.values():
        data = (catalogue.root / entry.note.path).read_bytes()
        path = Path(app.outdir, _copy(entry))
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _copy(entry: NoteEntry) -> str:
    """Return where the copy is: named as Sphinx names it, so that a browser shows it."""
    path = entry.note.path
    return f"_sources/{path}" if path.endswith(".txt") else f"_sources/{path}.txt"
