"""Files put where none is: whole or not at all, and never over another."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def create(path: Path, data: bytes) -> None:
    """Write a new file. Raises FileExistsError where one stands, OSError where it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".import-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        part.chmod(0o666 & ~_umask())
        try:
            path.hardlink_to(part)
        except FileExistsError:
            raise
        except OSError:
            _move(part, path)
    finally:
        part.unlink(missing_ok=True)


def _move(part: Path, path: Path) -> None:
    """Do without hard links, which some file systems lack."""
    if path.exists():
        raise FileExistsError(path)
    part.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
