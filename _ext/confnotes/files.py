"""Read files of the source tree, of bounded size and inside the project; write atomically."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

MAX_BYTES = 10_000_000


class SourceFileError(Exception):
    """Why a file of the source tree cannot be read."""


def read_file(path: Path, root: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the content of ``path``, a file below ``root``.

    Symbolic links are followed as long as they stay below ``root``. Raises
    :class:`SourceFileError` for a link that leads elsewhere or in a circle, for a folder, FIFO,
    socket or device, for a file of more than ``max_bytes``, and for one that cannot be opened.
    """
    try:
        real = Path(os.path.realpath(path, strict=True))
        if leads_out(real, root):
            raise SourceFileError("the link leads out of the project; copy the file")
        if not stat.S_ISREG(real.stat().st_mode):
            raise SourceFileError("it is no regular file; delete it")
        with real.open("rb") as file:
            return read_stream(file, max_bytes)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise SourceFileError(getattr(error, "strerror", None) or str(error)) from None


def leads_out(path: Path, root: Path) -> bool:
    """Return True if ``path``, with its symbolic links followed, is not below ``root``."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def read_stream(stream: BinaryIO, max_bytes: int = MAX_BYTES) -> bytes:
    """Return what is left of ``stream``. Raises SourceFileError if that is too large."""
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise SourceFileError(f"it is larger than {max_bytes // 1_000_000} MB; split it")
    return data


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yield a temporary file to write, which then replaces ``path`` atomically."""
    path = Path(path)  # one of Sphinx's own cannot be replaced
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)  # it may be a symbolic link
    try:
        yield new
        new.replace(path)
    except OSError as error:
        error.filename = str(path)  # not the temporary one
        raise
    finally:
        new.unlink(missing_ok=True)


def replace_file(path: Path, text: str) -> None:
    """Write a file atomically, with the permissions of an existing one.

    A symbolic link stays one. Raises OSError.
    """
    path = Path(os.path.realpath(path))
    with atomic_write(path) as new:
        new.write_bytes(text.encode("utf-8", "surrogateescape"))
        if path.exists():
            new.chmod(stat.S_IMODE(path.stat().st_mode))


def create_file(path: Path, data: bytes, *, below: Path) -> None:
    """Write a new file ``path`` below the folder ``below``.

    Raises FileExistsError if something is at ``path``, and OSError if it cannot be written or a
    symbolic link would lead it elsewhere.
    """
    _check_inside(path.parent, below)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        message = "a folder’s place is taken"
        raise NotADirectoryError(errno.ENOTDIR, message, error.filename) from None
    path.open("xb").close()  # the name is taken now, and the content follows at once
    try:
        with atomic_write(path) as new:
            new.write_bytes(data)
    except OSError:
        path.unlink()
        raise


def _check_inside(folder: Path, below: Path) -> None:
    top = Path(os.path.realpath(below))
    if not top.is_relative_to(os.path.realpath(below.parent)):
        raise PermissionError(errno.EPERM, "a link leads out of the project", str(below))
    if not Path(os.path.realpath(folder)).is_relative_to(top):
        raise PermissionError(errno.EPERM, f"a link leads out of {below.name}/", str(folder))
