"""Copies of notes as typed, without their comments and properties, and links to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.catalogue.discovery import docname_of
from confnotes.model import Markup, Note
from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.comments import public_text
from confnotes.notes.syntax.lines import LINE_BREAK
from confnotes.pages.i18n import _
from confnotes.sphinx.html_site import HTML_BUILDERS
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.project import NotesProject, notes_project
from confnotes.sphinx.sphinx_events import PAGE_INPUTS
from confnotes.suffixes import PAGE_SUFFIXES


def add_source_link(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: link from a note's page to the copy of the note.

    A generated page has no source, so a theme must not link to one in a repository.
    """
    project = notes_project(app)
    if project.has_prose(pagename):
        return
    entry = project.catalogue.notes.get(pagename)
    context["sourcename"] = ""  # Sphinx would copy the file with its comments
    context["page_source_suffix"] = Path(entry.note.path).suffix if entry else ""
    if entry and _has_copies(app.builder):
        address = escape(context["pathto"](quote(_copy(entry)), 1))
        words = escape(_("View the note as typed"))
        context["body"] += f'<p class="conf-source-link"><a href="{address}">{words}</a></p>'


def copy_inputs(app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield the path of the note of a page, to whose copy it links."""
    if entry := notes_project(env).catalogue.notes.get(docname):
        yield entry.note.path


def raw_note_addresses(
    builder: Builder, project: NotesProject, docname: str
) -> Callable[[str], str | None]:
    """Return a function from a note's path to the address of its copy, relative to ``docname``."""
    folder = posixpath.dirname(builder.get_target_uri(docname))

    def address(path: str) -> str | None:
        entry = project.catalogue.notes.get(docname_of(path))
        if entry is None or not _has_copies(builder):
            return None
        return posixpath.relpath(quote(_copy(entry)), folder or ".")

    return address


def copy_raw_notes(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: copy the public text of every note to the output."""
    if exception is None and app.builder.name in HTML_BUILDERS:
        copies = _copies(notes_project(app).catalogue) if app.config.html_copy_source else ()
        incremental_build(app).write_files("sources", copies)


def _copies(catalogue: Catalogue) -> Iterator[tuple[str, str | bytes]]:
    for entry in catalogue.notes.values():
        with suppress(OSError):  # it has just been deleted; the link to it is reported
            typed = (catalogue.root / entry.note.path).read_bytes()
            data = catalogue.former.hide_bytes(typed, entry.note.path)
            yield _copy(entry), _public_text(data, entry.note) if _has_private(entry.note) else data


def _has_private(note: Note) -> bool:
    """Return True if a note may have comments or properties; plain text seldom has."""
    reasons = {drop.reason for drop in note.dropped}
    return note.markup is not Markup.PLAIN or DropReason.COMMENT in reasons


def _public_text(data: bytes, note: Note) -> str:
    """Return the text of a note without its comments and properties."""
    parts = re.split(f"({LINE_BREAK.pattern})", public_text(data, note.path))
    for drop in note.dropped:
        if drop.reason == DropReason.PROPERTY:
            row = 2 * (drop.line - 1)
            parts[row] = parts[row].replace(drop.text, "", 1)
    return "".join(parts)


def _has_copies(builder: Builder) -> bool:
    """Return True if the output has the notes as typed."""
    return builder.name in HTML_BUILDERS and bool(builder.config.html_copy_source)


def _copy(entry: NoteEntry) -> str:
    """Return the path of the copy of a note. It ends in ``.txt``, so that a browser shows it.

    Notes ``wed.md`` and ``wed.md.txt`` have different copies.
    """
    suffix = Path(entry.note.path).suffix
    path = f"{entry.docname}{suffix}"
    is_named_so = suffix == ".txt" and not entry.docname.endswith(PAGE_SUFFIXES)
    return f"_sources/{path}" if is_named_so else f"_sources/{path}.txt"


def setup(app: Sphinx) -> None:
    app.connect(PAGE_INPUTS, copy_inputs)
    app.connect("html-page-context", add_source_link)
    app.connect("build-finished", copy_raw_notes)
