"""Stamps of files: size, time and digest, which tell whether a file has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
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


class StampedFiles:
    """The files below ``root``, and ``then``, their stamps after the last build."""

    def __init__(self, root: Path, then: Mapping[str, Stamp]) -> None:
        self._root, self._then = root, then

    def fits(self, name: str) -> bool:
        """Return True if the file ``name`` has a stamp and fits it."""
        return name in self._then and self._then[name].fits(f"{self._root}/{name}")

    def are_damaged(self, names: Iterable[str]) -> bool:
        """Return True if a file of ``names`` that has a stamp does not fit it."""
        return any(name in self._then and not self.fits(name) for name in names)

    def are_whole(self, folder: str) -> bool:
        """Return True if ``folder`` has exactly the files of the last build."""
        then = {name for name in self._then if name.startswith(f"{folder}/")}
        now = set(files_below(self._root, folder))
        return then == now and not self.are_damaged(now)

    def stamps(self, names: Iterable[str]) -> dict[str, Stamp]:
        """Return the present stamps of ``names``, without those that are no files."""
        found = {
            name: Stamp.of(f"{self._root}/{name}", self._then.get(name)) for name in sorted(names)
        }
        return {name: stamp for name, stamp in found.items() if stamp}


def files_below(root: Path, folder: str) -> Iterator[str]:
    """Yield the files in a folder, as paths below ``root``."""
    for parent, _folders, names in os.walk(root / folder):
        within = Path(parent).relative_to(root).as_posix()
        for name in names:
            yield f"{within}/{name}"


def _stat(path: _File) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116  ``path`` may be a text
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if S_ISREG(found.st_mode) else None
