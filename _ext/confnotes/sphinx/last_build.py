"""The state of the last finished build: digests of its inputs and outputs, in one file."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from confnotes.digests import digest
from confnotes.file_stamps import Stamp
from confnotes.files import atomic_write
from confnotes.pages.page_cache import CachedPages
from confnotes.sitecheck import SiteLinks

NAME = "confnotes.state"

DocumentDigests: TypeAlias = dict[str, str]
"""Digests by docname."""


@dataclass(frozen=True, kw_only=True)
class Output:
    """One output, and digests of its inputs; empty if they are not known.

    ``settings`` is a digest of the settings and assets of all pages, ``notes`` of all notes and
    the code that reads them, ``read`` of all documents, ``pages`` of each page, ``records`` of
    each record in the search index. ``files`` are stamps by path below the output, ``links`` those
    of its pages.
    """

    settings: str = ""
    notes: str = ""
    read: str = ""
    pages: DocumentDigests = field(default_factory=dict)
    files: dict[str, Stamp] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    links: SiteLinks = field(default_factory=SiteLinks)


@dataclass(frozen=True, kw_only=True)
class BuildState:
    """Every document that was read, each generated page, and each output.

    ``read`` has a digest of the text of each document, ``used`` of its other inputs; ``doctrees``
    has the stamps of doctrees by file name, ``made`` the generated pages.
    """

    read: DocumentDigests = field(default_factory=dict)
    used: DocumentDigests = field(default_factory=dict)
    doctrees: dict[str, Stamp] = field(default_factory=dict)
    made: CachedPages = field(default_factory=CachedPages)
    outputs: dict[str, Output] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> BuildState:
        """Return the state in ``folder``; an empty one, which makes all stale, if it is damaged."""
        try:
            kept = (folder / NAME).read_bytes()
            checksum, _, data = kept.partition(b"\n")
            state = pickle.loads(data) if checksum == _checksum(data) else None  # noqa: S301  our own file
        except Exception:  # noqa: BLE001  its classes may be of another version
            return cls()
        return state if isinstance(state, cls) else cls()

    def save(self, folder: Path) -> None:
        data = pickle.dumps(self, pickle.HIGHEST_PROTOCOL)
        with atomic_write(folder / NAME) as new:
            new.write_bytes(_checksum(data) + b"\n" + data)


def _checksum(data: bytes) -> bytes:
    return digest(data).encode()
