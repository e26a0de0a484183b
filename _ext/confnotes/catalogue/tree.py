"""Which files are notes and which are pages that a person began."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from confnotes.catalogue.codes import Code
from confnotes.model import Problem, Severity
from confnotes.slugs import clashes

NOTE_SUFFIXES = (".md", ".rst", ".txt")
PAGE_SUFFIXES = (".md", ".rst")


@dataclass(frozen=True, slots=True)
class Tree:
    """Paths relative to the root, by docname, sorted."""

    notes: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def walk(root: Path) -> Tree:
    """Find what belongs to the catalogue below ``root``."""
    tree = Tree()
    for path in _pages(root):
        _add(tree, tree.pages, path)
    for year, events in _years(root):
        for name in _files(root / "years" / year):
            if name.endswith(".txt"):
                message, hint = "the note is in no event", "move it to a folder of its event"
                tree.problems.append(
                    _problem(f"years/{year}/{name}", Code.MISPLACED_NOTE, message, hint)
                )
        for event in events:
            folder = f"years/{year}/{event}"
            for name in _files(root / folder):
                path = f"{folder}/{name}"
                stem, dot, suffix = name.rpartition(".")
                if stem == "index" and dot + suffix in PAGE_SUFFIXES:
                    _add(tree, tree.pages, path)
                elif dot + suffix in NOTE_SUFFIXES:
                    _add(tree, tree.notes, path)
    for group in clashes([*tree.notes, *tree.pages]):
        for docname in group[1:]:
            path = tree.notes.get(docname) or tree.pages[docname]
            other = tree.notes.get(group[0]) or tree.pages[group[0]]
            tree.problems.append(_clash(path, other))
    return tree


def _pages(root: Path) -> Iterator[str]:
    """Yield the pages that stand at fixed places, other than those of events."""
    for folder in ("", "years", *(f"years/{year}" for year, _ in _years(root))):
        for name in _files(root / folder):
            if name in ("index.md", "index.rst"):
                yield f"{folder}/{name}".lstrip("/")
    for folder in ("speakers", "topics"):
        for name in _files(root / folder):
            if name.endswith(PAGE_SUFFIXES):
                yield f"{folder}/{name}"


def _years(root: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each year and the folders of its events."""
    for year in _folders(root / "years"):
        if len(year) == 4 and year.isascii() and year.isdigit() and year != "0000":
            yield year, _folders(root / "years" / year)


def _add(tree: Tree, kind: dict[str, str], path: str) -> None:
    docname = path.rpartition(".")[0]
    other = tree.pages.get(docname) or tree.notes.get(docname)
    if not _is_text(path):
        tree.problems.append(_problem(path, Code.UNREADABLE, "the file’s name is not UTF-8"))
    elif other:
        tree.problems.append(_clash(path, other))
    elif kind is tree.notes and docname.endswith("/index"):
        message = "‘index’ is the page of the event"
        tree.problems.append(_problem(path, Code.SAME_PAGE, message, "rename the note"))
    else:
        kind[docname] = path


def _files(folder: Path) -> list[str]:
    return _names(folder, folders=False)


def _folders(folder: Path) -> list[str]:
    return _names(folder, folders=True)


def _names(folder: Path, *, folders: bool) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(
                entry.name
                for entry in entries
                if entry.is_dir() == folders and not entry.name.startswith(".")
            )
    except (FileNotFoundError, NotADirectoryError):
        return []


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _clash(path: str, other: str) -> Problem:
    return _problem(path, Code.SAME_PAGE, f"it would be the same page as {other}", "rename one")


def _problem(path: str, code: str, message: str, suggestion: str = "") -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    return Problem(shown, 1, 1, code, Severity.ERROR, message, suggestion)
