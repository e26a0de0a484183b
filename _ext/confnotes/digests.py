"""Digests of values and of Python code: of this extension, and of all that is not installed."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_INSTALLED = frozenset({"site-packages", "dist-packages"})
"""Folders of packages that have a version."""
_STANDARD = tuple(f"{sysconfig.get_path(name)}{os.sep}" for name in ("stdlib", "platstdlib"))
"""Folders of the standard library."""


def digest(*parts: str | bytes) -> str:
    """Return a digest of ``parts`` and of their lengths."""
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
    """Return a digest of all loaded code that is not installed.

    Files are read once, since a process keeps the modules that it has loaded.
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
    main = sys.modules["__main__"]  # which multiprocessing names a second time
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and module is not main and _is_local(file):
            yield _package(file)


@cache
def _is_local(file: str) -> bool:
    path = Path(file)
    is_installed = file.startswith(_STANDARD) or not _INSTALLED.isdisjoint(path.parts)
    return not is_installed and path.is_file()


@cache
def _package(file: str) -> Path:
    """Return the folder of the outermost package that the module ``file`` is in, or ``file``."""
    path = Path(file)
    while (path.parent / "__init__.py").is_file():
        path = path.parent
    return path
