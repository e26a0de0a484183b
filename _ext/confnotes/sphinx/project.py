"""A Sphinx project in which pages that nobody wrote are documents like any other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.project import Project

from confnotes import pages
from confnotes.catalogue import Catalogue
from confnotes.catalogue.discovery import FOLDERS
from confnotes.pages.model import Page
from confnotes.pages.navigation import Navigation, navigation_for
from confnotes.pages.page_cache import PageDigests
from confnotes.sphinx import _compat
from confnotes.sphinx.generated_pages import FOLDER
from confnotes.sphinx.sources import COPIES, copy_as_utf8, pattern_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from confnotes.sphinx.generated_pages import GeneratedPages


NOTE_TYPE = "note"
"""The file type of plain text, where no other extension and no setting gives it one."""


def notes_project(of: Sphinx | BuildEnvironment) -> NotesProject:
    """Return the project of an application or an environment, whose notes have been read."""
    return cast("NotesProject", of.project)


class NotesProject(Project):
    """Knows three sorts of documents: written ones, raw notes, and generated ones.

    ``derived`` says in which file the text of each generated document is; for
    everything that people see (search data, copied sources, relative links) it
    stands in the source tree, at ``<docname>.md`` if nobody typed it. A file of the
    type ``note`` is a document only where it is a note. ``file_types`` are by suffix.
    """

    def __init__(
        self,
        old: Project,
        catalogue: Catalogue,
        derived: GeneratedPages,
        file_types: Mapping[str, str],
    ) -> None:
        super().__init__(old.srcdir, old.source_suffix)
        _compat.end_silence()
        self.restore(old)
        self._digests, self._files, folder = derived
        self._folder = folder.with_name(COPIES)
        self._copies: dict[str, Path] = {}
        self._docnames = {path: docname for docname, path in self._files.items()}
        self._only_notes = tuple(name for name, kind in file_types.items() if kind == NOTE_TYPE)
        self.catalogue = catalogue
        # A document's parser, its transforms and its events ask one after the other.
        self._page = lru_cache(maxsize=1)(partial(pages.page, catalogue))

    def __getstate__(self) -> dict[str, Any]:
        """Return what is kept with the environment: the next build reads the notes anew."""
        return {**self.__dict__, "catalogue": None, "_digests": {}, "_page": None}

    def has_generated_part(self, docname: str) -> bool:
        """Return True if the notes make ``docname``, or a part of it."""
        return docname in self._digests

    def digests(self, docname: str) -> PageDigests | None:
        """Return what stands for the derived page that ``docname`` shows, and for its place."""
        return self._digests.get(docname)

    def page(self, docname: str) -> Page | None:
        """Return the derived page, or derived part of a page, that ``docname`` shows."""
        return self._page(docname) if docname in self._digests else None

    def navigation(self, docname: str) -> Navigation | None:
        """Return where ``docname`` stands and what is near, or None for a page of no part in it."""
        return navigation_for(self.catalogue, docname) if docname in self._digests else None

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        super().discover((*exclude_paths, *self._not_for_sphinx()), include_paths)
        self.docnames.update(self._files)
        self._copy_others()
        return self.docnames

    def _copy_others(self) -> None:
        """Copy as UTF-8 each other page that Sphinx could not decode."""
        ours = self.catalogue.handwritten.keys() | self.catalogue.notes.keys() | self._files.keys()
        others = {
            docname: super(NotesProject, self).doc2path(docname, absolute=False)
            for docname in self.docnames - ours
        }
        self._copies, unread = copy_as_utf8(
            self.srcdir, others, self._folder, self.catalogue.former
        )
        self.docnames -= unread

    def _not_for_sphinx(self) -> Iterator[str]:
        """Yield patterns of the files that Sphinx cannot or must not open, and of hidden ones."""
        for folder in FOLDERS:
            yield from (f"{folder}/.*", f"{folder}/**/.*")
        yield from map(pattern_of, self.catalogue.unread)
        for docname in self._files.keys() & self.catalogue.handwritten.keys():
            yield pattern_of(self.catalogue.handwritten[docname].path)

    def typed_path(self, docname: str) -> str | None:
        """Return the path of the file that a person typed for ``docname``, if any did."""
        if page := self.catalogue.handwritten.get(docname):
            return page.path
        if entry := self.catalogue.notes.get(docname):
            return entry.note.path
        is_page = docname in self.docnames and docname not in self._files
        return super().doc2path(docname, absolute=False).as_posix() if is_page else None

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        if docname := self._docnames.get(Path(self.srcdir, filename)):
            return docname  # whether the doctree folder is in the source tree or not
        if {FOLDER, COPIES} & {*Path(filename).parts}:
            return None  # of another build
        docname = super().path2doc(filename)
        path = Path(filename).as_posix()
        entry = self.catalogue.notes.get(docname) if docname else None
        if entry is not None:
            return docname if path.endswith(entry.note.path) else None
        return None if path.endswith(self._only_notes) else docname

    def doc2path(self, docname: str, absolute: bool) -> _compat.StrPath:
        if absolute and (file := self._files.get(docname) or self._copies.get(docname)):
            return _compat.StrPath(file)
        if docname in self._files:
            suffix = Path(self.typed_path(docname) or f"{docname}.md").suffix
            return _compat.StrPath(f"{docname}{suffix}")
        return super().doc2path(docname, absolute)
