"""The files of generated documents: below the doctree folder, never in the source tree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.output_folder import OutputFolder
from confnotes.pages import docnames
from confnotes.pages.known import Digests, Known
from confnotes.pages.myst import myst

FOLDER = "confnotes-pages"
"""The folder of these files, in that of the doctrees."""


class Derived(NamedTuple):
    """The digests of every derived page, and the files of those that are in no other."""

    digests: Mapping[str, Digests]
    files: Mapping[str, Path]


def write(catalogue: Catalogue, folder: Path, known: Known) -> Derived:
    """Write the text that Sphinx cannot find in the tree below ``folder``, and no other.

    It is that of pages that nobody wrote, and of notes in another encoding than UTF-8.
    The file of a page that is what it was keeps its time.
    """
    digests: dict[str, Digests] = {}
    files: dict[str, Path] = {}
    output = OutputFolder(folder.parent)
    for docname in docnames(catalogue):
        if _is_generated(catalogue, docname):
            files[docname] = folder / f"{docname}.md"
        path = files.get(docname)
        same = known.digests(docname)
        if same and (path is None or path.is_file()):
            digests[docname] = same
            continue
        made, digests[docname] = known.make(docname)
        if path:
            output.write(f"{folder.name}/{docname}.md", myst(made))
    output.prune({f"{folder.name}/{docname}.md" for docname in files}, folder.name)
    known.save()
    return Derived(digests, files)


def _is_generated(catalogue: Catalogue, docname: str) -> bool:
    note = catalogue.notes.get(docname)
    return docname not in catalogue.written and not (note and _is_utf8(catalogue, note))


def _is_utf8(catalogue: Catalogue, entry: NoteEntry) -> bool:
    try:
        (catalogue.root / entry.note.path).read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True
