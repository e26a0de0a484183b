"""Stamps of files: they tell whether a file is what it was, mostly without reading it."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from confnotes.digests import digest


class Stamp(NamedTuple):
    """Size, time and digest of a file; its bytes are compared where only the time differs.

    A copy of a file that has another time, from a cache or a backup, fits all the same.
    """

    size: int
    time: int
    digest: str

    @classmethod
    def of(cls, path: Path, then: Stamp | None = None) -> Stamp | None:
        """Return the stamp of ``path``, None if it is no file; ``then`` is what it was."""
        found = _stat(path)
        if found is None or (then and found == (then.size, then.time)):
            return found and then
        return cls(*found, digest(path.read_bytes()))

    def fits(self, path: Path) -> bool:
        """Return True if the file ``path`` has the same bytes."""
        found = _stat(path)
        if found is None or found[0] != self.size:
            return False
        return found[1] == self.time or digest(path.read_bytes()) == self.digest


def _stat(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if S_ISREG(found.st_mode) else None
