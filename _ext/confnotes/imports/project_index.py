"""Index of the files that a project has already, by content and by docname."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from confnotes.catalogue import load_catalogue
from confnotes.digests import digest
from confnotes.files import SourceFileError, read_file
from confnotes.model import NO_KNOWN_ENTITIES, KnownEntities
from confnotes.names import name_key


@dataclass(frozen=True, slots=True)
class ProjectIndex:
    """The files of a project; paths begin with ``years/``, whatever the name of that folder."""

    known: KnownEntities = NO_KNOWN_ENTITIES
    by_content: dict[str, str] = field(default_factory=dict)
    """The path of a file by the digest of its bytes."""
    by_docname: dict[str, str] = field(default_factory=dict)
    """The path of a file by its docname, case folded: an address leads to one page."""

    def find_or_add(self, target: str, contents: Sequence[bytes]) -> tuple[str, str]:
        """Return the path of a file with one of ``contents``, and of the one at ``target``.

        If there is neither, a file ``target`` is added with the first of ``contents``.
        """
        same = next(filter(None, (self.by_content.get(digest(data)) for data in contents)), "")
        other = self.by_docname.get(document_key(target), "")
        if not same and not other:
            self.by_docname[document_key(target)] = target
            self.by_content[digest(contents[0])] = target
        return same, other


def scan_project(years: Path) -> ProjectIndex:
    """Return the index of ``years``; a folder of another name is no project, without events."""
    by_content: dict[str, str] = {}
    by_docname: dict[str, str] = {}
    for parent, folders, names in os.walk(years):
        folders.sort()
        for path in (Path(parent, name) for name in sorted(names) if not name.startswith(".")):
            shown = f"years/{path.relative_to(years).as_posix()}"
            by_docname.setdefault(document_key(shown), shown)
            with suppress(SourceFileError, OSError):
                if path.stat().st_size:  # a file of the system without a size may wait for ever
                    by_content.setdefault(digest(read_file(path, years)), shown)
    known = NO_KNOWN_ENTITIES
    if years.name == "years" and years.is_dir():
        catalogue = load_catalogue(years.parent)
        people = frozenset(name_key(person.name) for person in catalogue.people.values())
        known = KnownEntities(people, tuple(catalogue.events.values()))
    return ProjectIndex(known, by_content, by_docname)


def file_of(path: str, years: Path) -> Path:
    """Return the file at ``path``, which begins with ``years/``, below the folder ``years``."""
    return years / PurePosixPath(path).relative_to("years")


def document_key(path: str) -> str:
    """Return the key that the paths of one page share."""
    return PurePosixPath(path).with_suffix("").as_posix().casefold()
