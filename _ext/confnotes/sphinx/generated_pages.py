"""The files of generated documents: below the doctree folder, never in the source tree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from confnotes.catalogue import Catalogue
from confnotes.catalogue.tracking import Query
from confnotes.notes.syntax.lines import decode
from confnotes.output_folder import OutputFolder
from confnotes.pages import docnames
from confnotes.pages.myst import render_myst
from confnotes.pages.page_cache import PageCache, PageDigests
from confnotes.parallel import map_parallel
from confnotes.source_files import read_file
from confnotes.suffixes import PAGE_SUFFIXES

FOLDER = "confnotes-pages"
"""The folder of these files, in that of the doctrees."""


class GeneratedPages(NamedTuple):
    """The digests of every derived page, and the files in ``folder`` that Sphinx reads."""

    digests: Mapping[str, PageDigests]
    files: Mapping[str, Path]
    folder: Path


class _Made(NamedTuple):
    """``text`` is None for a page whose text is in the tree."""

    digests: PageDigests
    queries: tuple[Query, ...]
    text: str | None


def write_generated_pages(
    catalogue: Catalogue, folder: Path, known: PageCache, jobs: int
) -> GeneratedPages:
    """Write the text that Sphinx cannot read in the tree below ``folder``, and no other.

    It is the text of pages that nobody wrote, and of notes and pages in another encoding than
    UTF-8 or under a name that Sphinx does not find. A file that does not change keeps its time.
    ``jobs`` processes make the pages.
    """
    digests: dict[str, PageDigests] = {}
    files: dict[str, Path] = {}
    output = OutputFolder(folder.parent)
    missing = []
    for docname in docnames(catalogue):
        if _is_generated(catalogue, docname):
            files[docname] = folder / f"{docname}.md"
        path = files.get(docname)
        same = known.get(docname)
        if same and (path is None or known.has_file(docname, path)):
            digests[docname] = same
        else:
            missing.append(docname)

    def make(docname: str) -> _Made:
        page, digests, queries = known.build(docname)
        return _Made(digests, queries, render_myst(page) if docname in files else None)

    first = {_kind(docname): docname for docname in reversed(missing)}.values()
    made = {docname: make(docname) for docname in first}  # what they work out all others need
    rest = [docname for docname in missing if docname not in made]
    made.update(zip(rest, map_parallel(make, rest, jobs), strict=True))
    for docname in missing:
        digests[docname], queries, text = made[docname]
        known.keep(docname, digests[docname], queries)
        if text is not None:
            output.write(f"{folder.name}/{docname}.md", text)
            known.keep_file(docname, files[docname])
    for docname, page in catalogue.handwritten.items():
        if not page.is_as_published or not _is_found(page.path, docname):
            files[docname] = folder / page.path
            data = read_file(catalogue.root / page.path, catalogue.root)
            public = catalogue.former.hide_page(data, page.path)
            output.write(f"{folder.name}/{page.path}", decode(public, page.path)[0])
    wanted = {path.relative_to(folder.parent).as_posix() for path in files.values()}
    output.prune(wanted, folder.name)
    return GeneratedPages(digests, files, folder)


def _kind(docname: str) -> tuple[str, int]:
    """Return a value that all pages of a kind share."""
    folder, *below = docname.split("/")
    return folder, len(below)


def _is_generated(catalogue: Catalogue, docname: str) -> bool:
    """Return True if the text of a page is not in the tree, or not as Sphinx reads it."""
    if docname in catalogue.handwritten:
        return False
    entry = catalogue.notes.get(docname)
    if entry is None:
        return True
    path = entry.note.path
    return not _is_found(path, docname) or path in catalogue.not_utf8


def _is_found(path: str, docname: str) -> bool:
    """Return True if Sphinx finds the file: its suffix is registered, its accents composed."""
    return path in {f"{docname}{suffix}" for suffix in (".txt", *PAGE_SUFFIXES)}
