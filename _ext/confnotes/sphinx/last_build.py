"""What the last finished build was made from and has made: one file in the doctree folder."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from confnotes.digests import digest
from confnotes.file_stamps import Stamp
from confnotes.files import atomic_write
from confnotes.pages.page_cache import CachedPages
from confnotes.sitecheck import StoredLinks

NAME = "confnotes.state"

DocumentDigests: TypeAlias = dict[str, str]
"""Digests by docname."""


@dataclass(frozen=True, kw_only=True)
class Output:
    """What is in one output, and digests of what that was made from; empty if that is not known.

    ``settings`` stands for what all pages are made with, ``notes`` for all notes and what
    reads them, ``read`` for all documents, ``pages`` for each; ``files`` are the stamps of
    files, by path below the output; ``records`` stands for what the search index has, ``links``
    are the links of its pages.
    """

    settings: str = ""
    notes: str = ""
    read: str = ""
    pages: DocumentDigests = field(default_factory=dict)
    files: dict[str, Stamp] = field(default_factory=dict)
    records: str = ""
    links: StoredLinks = field(default_factory=StoredLinks)


@dataclass(frozen=True, kw_only=True)
class BuildState:
    """Every document that was read, each generated page, and each output.

    ``read`` has a digest of the text of a document, ``used`` of what else it was read with,
    ``doctrees`` the stamp of its doctree.
    """

    read: DocumentDigests = field(default_factory=dict)
    used: DocumentDigests = field(default_factory=dict)
    doctrees: dict[str, Stamp] = field(default_factory=dict)
    made: CachedPages = field(default_factory=CachedPages)
    outputs: dict[str, Output] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> BuildState:
        """Return the state kept in ``folder``; none, or a damaged one, means that all is stale."""
        try:
            kept = (folder / NAME).read_bytes()
            checksum, _, data = kept.partition(b"\n")
            state = pickle.loads(data) if checksum == _checksum(data) else None  # noqa: S301  our own file
        except Exception:  # noqa: BLE001  the classes in the pickle may be those of other code
            return cls()
        return state if isinstance(state, cls) else cls()

    def output(self, name: str) -> Output:
        """Return the output of this name, an empty one where there is none."""
        return self.outputs.get(name, Output())

    def with_output(self, name: str, output: Output) -> BuildState:
        """Return the state in which the output of this name is ``output``."""
        return replace(self, outputs={**self.outputs, name: output})

    def save(self, folder: Path) -> None:
        """Keep the state in ``folder``, whole or not at all."""
        data = pickle.dumps(self, pickle.HIGHEST_PROTOCOL)
        with atomic_write(folder / NAME) as new:
            new.write_bytes(_checksum(data) + b"\n" + data)


def _checksum(data: bytes) -> bytes:
    return digest(data).encode()
