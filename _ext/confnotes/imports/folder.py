"""A folder of notes: which of its files are notes, each left as it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = {
    ".txt": ".txt",
    ".text": ".txt",
    "": ".txt",
    ".md": ".md",
    ".markdown": ".md",
    ".mdown": ".md",
    ".mkd": ".md",
    ".rst": ".rst",
    ".rest": ".rst",
}
"""What a note's suffix is in the project, by its suffix outside."""
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


def files(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file below ``root`` in a stable order, and why it is no note (empty if it may be).

    Hidden folders are not entered, and links are not followed: they may lead to what is nobody
    else's business. The readme of ``root`` itself tells of the notes and is none.
    """
    for parent, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "node_modules")))
        for name in sorted(names):
            path = Path(parent) / name
            yield path, _why_not(path, is_top=Path(parent) == root)


def _why_not(path: Path, *, is_top: bool) -> str:
    suffix = path.suffix.casefold()
    if path.name.startswith(".") or _OF_REPOSITORY.fullmatch(path.name):
        return "file of a repository"
    if path.is_symlink() or not path.is_file():
        return "link or device"
    if is_top and path.stem.casefold() == "readme":
        return "readme"
    if suffix not in SUFFIXES and suffix not in PAGES and suffix not in EXPORTS:
        return f"{suffix} file"
    return ""
