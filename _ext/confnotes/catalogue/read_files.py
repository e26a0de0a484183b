"""The files of a project: digests of their bytes, and the bytes where they are needed.

A file whose size, times and inode have not changed since it was read has the same bytes. As in
Git's index, this does not hold for one that was written just before it was read: a second change
within the resolution of the clock would go unnoticed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from confnotes.catalogue.cache import Cache, FileState
from confnotes.digests import digest
from confnotes.files import SourceFileError, read_file

_RESOLUTION = 2_000_000_000
"""Nanoseconds after which a second change is seen in the times of every file system."""


class ProjectFiles:
    """Files below ``root``, by their paths relative to it, each read once at most.

    With ``by_stat``, a file that ``stat`` shows to be unchanged is not read for its digest.
    ``unsaved`` has bytes by path, which replace those of files.
    """

    def __init__(
        self,
        root: Path,
        cache: Cache,
        *,
        by_stat: bool = False,
        unsaved: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        self._root = root
        self._unsaved = unsaved
        self._before = cache.file_states() if by_stat else {}
        self._data: dict[str, bytes] = {}
        self.states: dict[str, FileState] = {}
        """The files whose digests were asked for."""
        self.not_utf8: set[str] = set()
        """Those among the files read that are not UTF-8."""

    def digest(self, path: str) -> str:
        """Return a digest of the bytes of a file. Raises SourceFileError."""
        if path not in self.states:
            before = self._before.get(path)
            is_saved = path not in self._unsaved
            if before and is_saved and _is_unchanged(f"{self._root}/{path}", before):
                self.states[path] = before
            else:
                self._read(path)
        return self.states[path].digest

    def read(self, path: str) -> bytes:
        """Return the bytes of a file, and take their digest.

        They are empty if the file has become unreadable since its digest was taken.
        """
        if path not in self._data:
            try:
                self._read(path)
            except SourceFileError:
                self._data[path] = b""
                self.states[path] = FileState(digest(b""), 0, 0, 0, 0, 0)
        return self._data[path]

    def _read(self, path: str) -> None:
        now = time.time_ns()
        state = 0, 0, 0, 0
        data = self._unsaved.get(path)
        if data is None:
            with suppress(OSError, ValueError):
                state = _state(f"{self._root}/{path}")
            data = read_file(self._root / path, self._root)
        self._data[path] = data
        self.states[path] = FileState(digest(data), *state, now)
        try:
            data.decode()
        except UnicodeDecodeError:
            self.not_utf8.add(path)


def _state(path: str) -> tuple[int, int, int, int]:
    found = os.stat(path)  # noqa: PTH116  thousands of ``Path`` take longer than their files
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _is_unchanged(path: str, before: FileState) -> bool:
    is_settled = before.checked - max(before.mtime, before.ctime) > _RESOLUTION
    try:
        return is_settled and _state(path) == before[1:5]
    except (OSError, ValueError):
        return False
