"""A Sphinx project in which generated pages are documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.project import Project

from confnotes.catalogue import Catalogue
from confnotes.catalogue.discovery import FOLDERS
from confnotes.output_folder import OutputFolder
from confnotes.pages.navigation import Navigation, navigation_for
from confnotes.pages.page_cache import CachedPage, PageCache
from confnotes.pages.page_model import Page
from confnotes.pages.split_notes import shows_note
from confnotes.sphinx.source_files import COPIES, copy_as_utf8, literal_pattern
from confnotes.suffixes import PAGE_SUFFIXES

_GENERATED = "confnotes-pages"
"""The folder, below the doctrees, of the one file that all generated documents share."""
_TEXT = "# A generated page\n\nThe extension builds the document from the notes.\n"
NOTE_TYPE = "note"
"""The file type of plain text, unless a setting or another extension gives it one."""


def notes_project(of: Sphinx | BuildEnvironment) -> NotesProject:
    """Return the project of an application or an environment, whose notes have been read."""
    return cast("NotesProject", of.project)


class NotesProject(Project):
    """A project of hand-written documents, notes, and generated documents.

    Sphinx reads one shared file for each generated document, and for each note that it cannot
    read itself; their parser ignores its text. Where readers see a path (search data, relative
    links) such a document is in the source tree, at ``<docname>.md`` if it is generated. A file of
    the type ``note`` is a document only if it is a note. ``pages`` are all generated pages and
    generated parts of pages.
    """

    def __init__(self, app: Sphinx, catalogue: Catalogue, pages: PageCache) -> None:
        super().__init__(app.project.srcdir, app.project.source_suffix)
        self.restore(app.project)
        self.builder = app.builder
        self._doctrees = Path(app.doctreedir)
        self._pages = pages
        self._generated = {name for name in pages.docnames if _is_generated(catalogue, name)}
        self._copies: dict[str, Path] = {}
        self._docnames: dict[Path, str] = {}
        types = app.config.source_suffix
        self._only_notes = tuple(suffix for suffix, kind in types.items() if kind == NOTE_TYPE)
        self.catalogue = catalogue
        self._hidden = {name for name in self.docnames if not self._is_prose(name)}
        self.docnames = self.docnames - self._hidden
        # A document's parser, its transforms and its events ask one after the other.
        self._page = lru_cache(maxsize=1)(pages.page)
        self._page_file = type(self.srcdir)(self._doctrees / _GENERATED / "page.md")
        OutputFolder(self._doctrees).write(f"{_GENERATED}/page.md", _TEXT)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out of the pickled environment what the next build sets again."""
        return {**self.__dict__, **dict.fromkeys(("builder", "catalogue", "_pages", "_page"))}

    def has_generated_part(self, docname: str) -> bool:
        """Return True if ``docname``, or a part of it, is generated."""
        return docname in self._pages.docnames

    def has_prose(self, docname: str) -> bool:
        """Return True if a person has written ``docname`` as a page."""
        return docname in self.catalogue.handwritten or not self.has_generated_part(docname)

    def is_of_note(self, docname: str) -> bool:
        """Return True if ``docname`` shows a note, or a talk of one."""
        return shows_note(self.catalogue, docname)

    def show_notes(self) -> None:
        """Have the documents of the last build that are not prose; until then they are hidden."""
        self.docnames |= self._hidden
        self._hidden = set()

    def _is_prose(self, docname: str) -> bool:
        is_ours = docname.partition("/")[0] in FOLDERS or self.has_generated_part(docname)
        return docname in self.catalogue.handwritten or not is_ours

    def cached_page(self, docname: str) -> CachedPage | None:
        """Return the digests of a generated page or part; None before a new one is read."""
        return self._pages.find(docname)

    def page(self, docname: str) -> Page | None:
        """Return the generated page, or generated part of a page, that ``docname`` shows."""
        return self._page(docname) if self.has_generated_part(docname) else None

    def navigation(self, docname: str) -> Navigation | None:
        """Return the navigation of ``docname``, None if no part of it is generated."""
        is_generated = self.has_generated_part(docname)
        return navigation_for(self.catalogue, docname) if is_generated else None

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        super().discover((*exclude_paths, *self._not_for_sphinx()), include_paths)
        self.docnames |= self._generated
        self._copy_pages()
        return self.docnames

    def _copy_pages(self) -> None:
        """Copy as UTF-8 each hand-written page that Sphinx cannot open or decode."""
        ours = self.catalogue.handwritten.keys() | self.catalogue.notes.keys() | self._generated
        others = {
            docname: super(NotesProject, self).doc2path(docname, absolute=False)
            for docname in self.docnames - ours
        }
        known = dict(self._unreadable_pages())
        folder = self._doctrees / COPIES
        former = self.catalogue.former
        self._copies, unread = copy_as_utf8(self.srcdir, others, known, folder, former)
        self._docnames = {path: docname for docname, path in self._copies.items()}
        self.docnames |= known.keys()
        self.docnames -= unread

    def _unreadable_pages(self) -> Iterator[tuple[str, Path]]:
        for docname, page in self.catalogue.handwritten.items():
            if not page.is_as_published or not _is_found(page.path, docname):
                yield docname, Path(page.path)

    def _not_for_sphinx(self) -> Iterator[str]:
        """Yield patterns of hidden files, and of those that Sphinx cannot or must not open."""
        for folder in FOLDERS:
            yield from (f"{folder}/.*", f"{folder}/**/.*")
        yield from map(literal_pattern, self.catalogue.unread)
        for _docname, path in self._unreadable_pages():
            yield literal_pattern(path.as_posix())

    def typed_path(self, docname: str) -> str | None:
        """Return the path of the source of ``docname``, None if it is generated."""
        if page := self.catalogue.handwritten.get(docname):
            return page.path
        if entry := self.catalogue.notes.get(docname):
            return entry.note.path
        is_page = docname in self.docnames and docname not in self._generated
        return super().doc2path(docname, absolute=False).as_posix() if is_page else None

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        if docname := self._docnames.get(Path(self.srcdir, filename)):
            return docname  # whether the doctree folder is in the source tree or not
        if {_GENERATED, COPIES} & {*Path(filename).parts}:
            return None  # of another build, or of no single document
        docname = super().path2doc(filename)
        path = Path(filename).as_posix()
        entry = self.catalogue.notes.get(docname) if docname else None
        if entry is not None:
            return docname if path.endswith(entry.note.path) else None
        return None if path.endswith(self._only_notes) else docname

    def doc2path(self, docname: str, absolute: bool) -> Any:
        path = type(self.srcdir)  # a class of Sphinx's own
        if absolute and (file := self._copies.get(docname)):
            return path(file)
        if absolute and docname in self._generated:
            return self._page_file
        if docname in self._generated or docname in self._copies:
            typed = self.typed_path(docname)
            return path(f"{docname}{Path(typed).suffix if typed else '.md'}")
        return super().doc2path(docname, absolute)


def _is_generated(catalogue: Catalogue, docname: str) -> bool:
    """Return True if a page has no source in the tree, or one that Sphinx cannot read."""
    if docname in catalogue.handwritten:
        return False
    entry = catalogue.notes.get(docname)
    if entry is None:
        return True
    path = entry.note.path
    return not _is_found(path, docname) or path in catalogue.not_utf8


def _is_found(path: str, docname: str) -> bool:
    """Return True if Sphinx finds the file by its docname: suffix and accents are as it expects."""
    return path in {f"{docname}{suffix}" for suffix in (".txt", *PAGE_SUFFIXES)}
