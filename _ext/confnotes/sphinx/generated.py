"""The files of generated documents: below the doctree folder, never in the source tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.keeping import prune, put
from confnotes.pages import docnames, page
from confnotes.pages.myst import myst
from confnotes.sphinx.state import digest

FOLDER = "confnotes-pages"
"""The folder of these files, in that of the doctrees."""


class Generated(NamedTuple):
    """The file of a document, and what changes with its page; empty if nobody looked."""

    path: Path
    digest: str


def write(catalogue: Catalogue, folder: Path, *, as_before: bool) -> dict[str, Generated]:
    """Write the text that Sphinx cannot find in the tree below ``folder``, and no other.

    It is that of pages that nobody wrote, and of notes in another encoding than UTF-8.
    Return these documents by name. A file whose bytes are right already keeps its time;
    with ``as_before``, every file that is there is right.
    """
    made = {}
    for docname in _unwritten(catalogue):
        path = folder / f"{docname}.md"
        if as_before and path.is_file():
            made[docname] = Generated(path, "")
            continue
        wanted = page(catalogue, docname)
        put(path, myst(wanted))
        made[docname] = Generated(path, digest(repr(wanted)))
    prune(folder, {document.path for document in made.values()})
    return made


def _unwritten(catalogue: Catalogue) -> Iterator[str]:
    for docname in docnames(catalogue):
        note = catalogue.notes.get(docname)
        if docname not in catalogue.written and not (note and _is_utf8(catalogue, note)):
            yield docname


def _is_utf8(catalogue: Catalogue, entry: NoteEntry) -> bool:
    try:
        (catalogue.root / entry.note.path).read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True
