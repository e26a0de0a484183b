"""The files of generated documents: below the doctree folder, never in the source tree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.notes.syntax.lines import decode
from confnotes.output_folder import OutputFolder
from confnotes.pages import docnames
from confnotes.pages.myst import render_myst
from confnotes.pages.page_cache import PageCache, PageDigests
from confnotes.source_files import read_file
from confnotes.suffixes import PAGE_SUFFIXES

FOLDER = "confnotes-pages"
"""The folder of these files, in that of the doctrees."""


class GeneratedPages(NamedTuple):
    """The digests of every derived page, and the files in ``folder`` that Sphinx reads."""

    digests: Mapping[str, PageDigests]
    files: Mapping[str, Path]
    folder: Path


def write_generated_pages(catalogue: Catalogue, folder: Path, known: PageCache) -> GeneratedPages:
    """Write the text that Sphinx cannot read in the tree below ``folder``, and no other.

    It is the text of pages that nobody wrote, and of notes and pages in another encoding than
    UTF-8 or under a name that Sphinx does not find. A file that does not change keeps its time.
    """
    digests: dict[str, PageDigests] = {}
    files: dict[str, Path] = {}
    output = OutputFolder(folder.parent)
    for docname in docnames(catalogue):
        if _is_generated(catalogue, docname):
            files[docname] = folder / f"{docname}.md"
        path = files.get(docname)
        same = known.get(docname)
        if same and (path is None or known.has_file(docname, path)):
            digests[docname] = same
            continue
        made, digests[docname] = known.build(docname)
        if path:
            output.write(f"{folder.name}/{docname}.md", render_myst(made))
            known.keep_file(docname, path)
    for docname, page in catalogue.handwritten.items():
        if not page.is_utf8 or not _is_found(page.path, docname):
            files[docname] = folder / page.path
            data = read_file(catalogue.root / page.path, catalogue.root)
            output.write(f"{folder.name}/{page.path}", decode(data, page.path)[0])
    wanted = {path.relative_to(folder.parent).as_posix() for path in files.values()}
    output.prune(wanted, folder.name)
    known.save()
    return GeneratedPages(digests, files, folder)


def _is_generated(catalogue: Catalogue, docname: str) -> bool:
    """Return True if the text of a page is not in the tree, or not as Sphinx reads it."""
    if docname in catalogue.handwritten:
        return False
    entry = catalogue.notes.get(docname)
    return not entry or not _is_found(entry.note.path, docname) or not _is_utf8(catalogue, entry)


def _is_found(path: str, docname: str) -> bool:
    """Return True if Sphinx finds the file: its suffix is registered, its accents composed."""
    return path in {f"{docname}{suffix}" for suffix in (".txt", *PAGE_SUFFIXES)}


def _is_utf8(catalogue: Catalogue, entry: NoteEntry) -> bool:
    try:
        (catalogue.root / entry.note.path).read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True
