"""Index of a project: its events, and every file below ``years/``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from confnotes.catalogue import load
from confnotes.digests import digest
from confnotes.model import NO_KNOWN_ENTITIES, KnownEntities
from confnotes.names import name_key
from confnotes.source_files import SourceFileError, read_file


@dataclass(frozen=True, slots=True)
class ProjectIndex:
    """Paths begin with ``years/``, whatever the folder is really called."""

    known: KnownEntities = NO_KNOWN_ENTITIES
    by_content: Mapping[str, str] = field(default_factory=dict)
    """The path of a file by the digest of its bytes."""
    by_docname: Mapping[str, str] = field(default_factory=dict)
    """The path of a file by its docname, case folded: an address leads to one page."""


def scan(years: Path) -> ProjectIndex:
    """Return what is below ``years``. A folder of another name is no project: no event is known."""
    by_content: dict[str, str] = {}
    by_docname: dict[str, str] = {}
    for parent, folders, names in os.walk(years):
        folders.sort()
        for path in (Path(parent, name) for name in sorted(names) if not name.startswith(".")):
            shown = f"years/{path.relative_to(years).as_posix()}"
            by_docname.setdefault(docname_of(shown), shown)
            with suppress(SourceFileError):
                by_content.setdefault(digest(read_file(path, years)), shown)
    known = NO_KNOWN_ENTITIES
    if years.name == "years" and years.is_dir():
        catalogue = load(years.parent)
        people = frozenset(name_key(person.name) for person in catalogue.people.values())
        known = KnownEntities(people, tuple(catalogue.events.values()))
    return ProjectIndex(known, by_content, by_docname)


def docname_of(path: str) -> str:
    """Return what two paths share that would be one page."""
    return PurePosixPath(path).with_suffix("").as_posix().casefold()
