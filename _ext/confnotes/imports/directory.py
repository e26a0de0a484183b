"""A folder of notes: which of its files may be notes, each left as it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from confnotes.imports.codes import ImportCode
from confnotes.imports.source_post import Skipped, SourceError
from confnotes.model import Problem
from confnotes.plain_text import escape_invisible
from confnotes.suffixes import NOTE_SUFFIXES, suffix_of

ARCHIVES = frozenset({".mhtml", ".mht"})
"""Pages that a browser saved with all that is on them in one file."""
PAGES = frozenset({".html", ".htm", ".xhtml"}) | ARCHIVES
EXPORTS = frozenset({".xml", ".wxr"})
_OF_REPOSITORY = re.compile(
    r"(?:licen[cs]e|copying|contributing|code[_-]of[_-]conduct|changelog|changes|authors|makefile|"
    r"dockerfile|gemfile|rakefile|procfile|requirements|cname|robots)(?:[.-].*)?",
    re.IGNORECASE,
)
"""Files of a repository that nobody typed during a talk."""


def may_be_note(path: Path) -> bool:
    """Return True if the suffix of ``path`` is that of notes, pages or exports."""
    suffix = suffix_of(path.name)
    return suffix in NOTE_SUFFIXES or suffix in PAGES or suffix in EXPORTS


def iter_files(root: Path) -> Iterator[Path | Skipped | SourceError]:
    """Yield each regular file below ``root`` in a stable order, and why others are left out.

    Hidden folders are not entered. Links are not followed: one that leads out of ``root`` may
    lead to what is nobody else's business. The readme of ``root`` itself tells of the notes.
    """
    errors: list[OSError] = []
    for parent, folders, names in os.walk(root, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "node_modules")))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for path in (Path(parent, name) for name in sorted([*names, *links])):
            yield _left_out(path, root) or path
    for error in errors:
        yield unreadable(Path(error.filename), error.strerror or str(error))


def _left_out(path: Path, root: Path) -> Skipped | SourceError | None:
    origin = escape_invisible(path.as_posix())
    if path.name.startswith(".") or _OF_REPOSITORY.fullmatch(path.name):
        return Skipped(origin, 1, "file of a repository")
    if path.is_symlink():
        if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            return Skipped(origin, 1, "link inside the folder")
        return unreadable(path, "a link that leads out of the folder; import what it leads to")
    if path.parent == root and path.stem.casefold() == "readme":
        return Skipped(origin, 1, "readme")
    return None


def unreadable(path: Path, reason: str, advice: str = "") -> SourceError:
    return SourceError(
        Problem.error(ImportCode.UNREADABLE, escape_invisible(path.as_posix()), reason, advice)
    )
