"""Digests and stamps: what is compared in place of files, program code and other values."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple, TypeAlias

_INSTALLED = frozenset({"site-packages", "dist-packages"})
"""Folders of packages that have a version."""
_STANDARD = tuple(f"{sysconfig.get_path(name)}{os.sep}" for name in ("stdlib", "platstdlib"))
"""Folders of the standard library."""
_File: TypeAlias = str | Path
"""A large site has 50,000 files; to join and parse their paths as ``Path`` takes a second."""


def digest(*parts: str | bytes) -> str:
    """Return what changes with any of ``parts``, or with where one ends."""
    made = hashlib.blake2b(digest_size=12)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "little") + data)
    return made.hexdigest()


@cache
def extension_digest() -> int:
    """Return a number that changes with any file of this package."""
    return int(package_digest(Path(__file__).parent)[:12], 16)


def local_code_digest() -> str:
    """Return a digest of all code that is loaded and was not installed.

    It is what the modules were when they were loaded: a process goes on with those.
    """
    roots = sorted(set(_local_roots()))
    return " ".join(package_digest(root) for root in roots)


@cache
def package_digest(root: Path) -> str:
    """Return a digest of the module or package ``root``, with all files in it."""
    paths = [f"{root}"]
    for folder, folders, names in os.walk(root):
        folders[:] = set(folders) - {"__pycache__"}
        paths += [f"{folder}/{name}" for name in names]
    files = sorted(filter(os.path.isfile, paths))
    return digest(*(digest(file[len(f"{root}") :], Path(file).read_bytes()) for file in files))


def _local_roots() -> Iterator[Path]:
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and name != "__main__" and _is_local(file):
            yield _package(Path(file))


@cache
def _is_local(file: str) -> bool:
    path = Path(file)
    is_installed = file.startswith(_STANDARD) or not _INSTALLED.isdisjoint(path.parts)
    return not is_installed and path.is_file()


@cache
def _package(path: Path) -> Path:
    """Return the folder of the outermost package that the module ``path`` is in, or ``path``."""
    while (path.parent / "__init__.py").is_file():
        path = path.parent
    return path


class Stamp(NamedTuple):
    """Size, time and digest of a file; its bytes are compared where only the time differs.

    A copy of a file that has another time, from a cache or a backup, fits all the same. Two
    stamps are equal if the bytes are.
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
        """Return the stamp of ``path``, None if it is no file; ``then`` is what it was."""
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
