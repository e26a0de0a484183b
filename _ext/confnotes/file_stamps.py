"""Stamps of files: size, time and digest, which tell whether a file has changed."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple, TypeAlias

from confnotes.digests import digest

_File: TypeAlias = str | Path
"""A large site has 50,000 files; making a ``Path`` of each takes a second."""


class Stamp(NamedTuple):
    """Size, time and digest of a file. If only the time differs, the bytes decide.

    So a copy with another time, from a cache or a backup, still fits. Two stamps are equal if
    the bytes are.
    """

    size: int
    time: int
    digest: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stamp) and self[::2] == other[::2]

    def __hash__(self) -> int:
        return hash(self[::2])

    @classmethod
    def of(cls, path: _File, then: Stamp | None = None) -> Stamp | None:
        """Return the stamp of ``path``, None if it is no file; ``then`` is its previous stamp."""
        found = _stat(path)
        if found is None or (then and found == (then.size, then.time)):
            return found and then
        return cls(*found, digest(Path(path).read_bytes()))

    def fits(self, path: _File) -> bool:
        """Return True if the file ``path`` has the same bytes."""
        found = _stat(path)
        if found is None or found[0] != self.size:
            return False
        return found[1] == self.time or digest(Path(path).read_bytes()) == self.digest


def _stat(path: _File) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116  ``path`` may be a text
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if S_ISREG(found.st_mode) else None
