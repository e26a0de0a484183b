"""Find the notes, the hand-written pages and the other files of a project."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from confnotes.catalogue import programme
from confnotes.catalogue.codes import CatalogueCode
from confnotes.invisible_characters import CONTROL_SPACE, escape_invisible, strip_invisible
from confnotes.model import Markup, Problem
from confnotes.notes.entities.event_names import is_year
from confnotes.slugs import case_collisions
from confnotes.suffixes import NOTE_SUFFIXES, PAGE_SUFFIXES, suffix_of

_INDEXES = tuple(f"index{suffix}" for suffix in PAGE_SUFFIXES)
FOLDERS = ("speakers", "topics", "years")
"""Where notes and pages are."""
_MAX_NAME_BYTES = 200
"""A builder adds to a file's name; most file systems allow 255 bytes."""
_MAX_PATH_BYTES = 1000
_RENAME_ONE = "rename one of the two"
_UNQUOTED = re.compile(r'["#%<>?\\]|&#?\w+;')
_HIDDEN = re.compile(r"(?:^|/)\.")
_SCHEME = re.compile(r"(?:^|/)[A-Za-z][A-Za-z0-9+.-]*:")
"""A relative address that begins so is taken for a URL, such as ``javascript:``."""
_OUTPUT = re.compile(
    r"\.(?:x?html?|bib|ris|csl\.json)/|(?:^|/)index\.x?html?\.[^./]+$", re.IGNORECASE
)
"""A folder with the name of an output file, or a file whose folder in the output has one."""


@dataclass(slots=True, kw_only=True)
class SourceTree:
    """The files of a project, as paths relative to its root."""

    notes: dict[str, str] = field(default_factory=dict)
    """By docname."""
    pages: dict[str, str] = field(default_factory=dict)
    """By docname."""
    programmes: dict[str, str] = field(default_factory=dict)
    """By the docname of their event."""
    assets: list[str] = field(default_factory=list)
    """Files below ``years/`` that are neither notes nor pages."""
    excluded: list[str] = field(default_factory=list)
    """Files and folders that the settings of the site exclude."""
    unread: list[str] = field(default_factory=list)
    """Files and folders that are on no page; each has its problem."""
    problems: list[Problem] = field(default_factory=list)


def discover(root: Path, is_excluded: Callable[[str], bool]) -> SourceTree:
    """Find the files below ``root``; ``is_excluded`` tells which paths are left out."""
    return _Finder(root, is_excluded).find()


class _Finder:
    def __init__(self, root: Path, is_excluded: Callable[[str], bool]) -> None:
        self.tree = SourceTree()
        self._root = root
        self._is_excluded = is_excluded

    def find(self) -> SourceTree:
        files, folders = self._scan("", only={*_INDEXES, *FOLDERS})
        for name in files:
            if name in _INDEXES:
                self._add(self.tree.pages, name)
        for folder in folders:
            if folder == "years":
                self._walk_years()
            elif folder.lower() == "years":
                message = "the folder of notes is called ‘years’, in small letters"
                self._refuse(folder, CatalogueCode.MISPLACED_NOTE, message, "rename it")
            elif folder in FOLDERS:
                for name in self._scan(folder)[0]:
                    self._add_page(f"{folder}/{name}")
        documents = {**self.tree.notes, **self.tree.pages}
        for first, *others in case_collisions(documents):
            for docname in others:
                path, message = documents[docname], f"same output page as {documents[first]}"
                self._add_problem(path, CatalogueCode.DUPLICATE_PAGE, message, _RENAME_ONE)
        return self.tree

    def _walk_years(self) -> None:
        todo = ["years"]
        while todo:
            folder = todo.pop()
            files, folders = self._scan(folder)
            todo += [f"{folder}/{name}" for name in reversed(folders)]
            for name in files:
                self._add_below_years(f"{folder}/{name}")

    def _scan(self, folder: str, only: set[str] | None = None) -> tuple[list[str], list[str]]:
        """Return the names of the files and folders in ``folder``, sorted.

        Hidden ones are left out, and those that must not be read.
        """
        files: list[str] = []
        folders: list[str] = []
        try:
            with os.scandir(self._root / folder) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except FileNotFoundError:
            return files, folders
        except OSError as reason:
            message = f"the folder cannot be opened: {reason.strerror}"
            self._refuse(folder, CatalogueCode.UNREADABLE, message, "change its permissions")
            return files, folders
        for entry in entries:
            path = f"{folder}/{entry.name}".lstrip("/")
            if entry.name.startswith(".") or (only and entry.name.lower() not in only):
                continue
            is_folder = _is_folder(entry)
            if fault := _fault_of_name(entry.name, path):
                self._refuse(path, CatalogueCode.UNREADABLE, fault, "rename it")
            elif is_folder and entry.is_symlink():
                message = "links to folders are not followed"
                self._refuse(path, CatalogueCode.UNREADABLE, message, "copy the folder")
            elif self._is_excluded(path):
                self.tree.excluded.append(path)
            else:
                (folders if is_folder else files).append(entry.name)
        return files, folders

    def _add_below_years(self, path: str) -> None:
        top, *folders, name = path.split("/")
        suffix = suffix_of(path)
        is_in_event = len(folders) > 1 and is_year(folders[0])
        if name in _INDEXES:
            self._add(self.tree.pages, path)
        elif name == programme.NAME and len(folders) == 2 and is_in_event:
            self.tree.programmes["/".join((top, *folders, "index"))] = path
        elif suffix not in NOTE_SUFFIXES:
            self.tree.assets.append(path)
        elif name.casefold() == f"index{suffix}":
            message = "‘index’ is the page of the folder"
            hint = "rename the file to index.md, or to another name if it is a note"
            self._refuse(path, CatalogueCode.DUPLICATE_PAGE, message, hint)
        elif is_in_event:
            self._add(self.tree.notes, path)
        elif name.endswith(PAGE_SUFFIXES):
            self._add(self.tree.pages, path)
        else:
            hint = "move it to years/<year>/<event>/"
            self._refuse(path, CatalogueCode.MISPLACED_NOTE, "the note is in no event", hint)

    def _add_page(self, path: str) -> None:
        if path.endswith(PAGE_SUFFIXES):
            self._add(self.tree.pages, path)
        elif NOTE_SUFFIXES.get(suffix_of(path), Markup.PLAIN) is not Markup.PLAIN:
            message = "a page is Markdown (.md) or reStructuredText (.rst)"
            hint = f"rename it to {PurePosixPath(path).stem}.md if it is Markdown"
            self._refuse(path, CatalogueCode.UNREAD_FORMAT, message, hint)

    def _add(self, documents: dict[str, str], path: str) -> None:
        docname = docname_of(path)
        if other := self.tree.pages.get(docname) or self.tree.notes.get(docname):
            message = f"same output page as {other}"
            self._refuse(path, CatalogueCode.DUPLICATE_PAGE, message, _RENAME_ONE)
        elif fault := fault_of_document(path):
            self._refuse(path, CatalogueCode.UNREADABLE, fault, "rename it")
        else:
            documents[docname] = path

    def _refuse(self, path: str, code: CatalogueCode, message: str, suggestion: str) -> None:
        self.tree.unread.append(path)
        self._add_problem(path, code, message, suggestion)

    def _add_problem(self, path: str, code: CatalogueCode, message: str, suggestion: str) -> None:
        self.tree.problems.append(Problem.of(code, escape_invisible(path), message, suggestion))


def linked_folders(root: Path) -> Iterator[str]:
    """Yield the symbolic links to folders, which are not followed."""
    for top in FOLDERS:
        if (root / top).is_symlink():
            yield top
            continue
        for parent, folders, _files in os.walk(root / top):
            paths = (Path(parent, name) for name in folders)
            yield from (path.relative_to(root).as_posix() for path in paths if path.is_symlink())


def docname_of(path: str) -> str:
    """Return the docname of a file; Sphinx composes the accents of its letters."""
    return unicodedata.normalize("NFC", path[: len(path) - len(suffix_of(path))])


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle, which cannot be read as a file either
        return False


def fault_of_page(path: str) -> str:
    """Return why a file cannot be a page, empty if it can.

    Sphinx and themes put docnames into addresses and HTML as they are.
    """
    if found := _UNQUOTED.search(path):
        return f"the name has ‘{found[0]}’, which means something else in an address"
    faults = (_fault_of_name(name, path) for name in path.split("/"))
    return next(filter(None, faults), "")


def fault_of_document(path: str) -> str:
    """Return why a file cannot be a note or a page of ours, empty if it can."""
    if _HIDDEN.search(path):
        return "a file or folder whose name begins with a dot is not read"
    if _SCHEME.search(path):
        return "what the name has before ‘:’ is a scheme in an address"
    if _OUTPUT.search(path):
        return "a file of the site may have this name"
    return fault_of_page(path)


def _fault_of_name(name: str, path: str) -> str:
    """Return why a file or folder cannot be read, empty if it can."""
    if path.isascii() and path.isprintable() and len(path) <= _MAX_NAME_BYTES:
        return ""  # the usual case
    try:
        name_bytes, path_bytes = len(name.encode()), len(path.encode())
    except UnicodeEncodeError:
        return "the name is not UTF-8"
    if strip_invisible(name) != name or CONTROL_SPACE.search(name):
        return "the name has control characters"
    if name_bytes > _MAX_NAME_BYTES:
        return f"the name is longer than {_MAX_NAME_BYTES} bytes"
    if path_bytes > _MAX_PATH_BYTES:
        return f"the path is longer than {_MAX_PATH_BYTES} bytes"
    return ""
