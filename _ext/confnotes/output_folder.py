"""Write and delete files of an output, never outside its folder.

A manifest lists the files that builds have written.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Container, Iterable
from contextlib import suppress
from pathlib import Path

MAX_NAME = 240
"""Bytes of one part of a path: file systems allow 255, and builders add their suffixes."""
MAX_PATH = 1000
"""Bytes of a path below the output."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_OF_WINDOWS = re.compile(r"\\|(?:^|/)[A-Za-z]:")
"""Separators and drives of paths on Windows."""
MANIFEST = ".confnotes-files"


class OutsideError(OSError):
    """A path is not one of a file below the folder."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EPERM, reason)


def path_fault(path: str) -> str:
    """Return why ``path`` is not the path of a file below a folder, empty if it is."""
    parts = path.split("/")
    if _CONTROL.search(path):
        return "it has a control character"
    if _OF_WINDOWS.search(path):
        return "it has a backslash or a drive"
    if not {"", ".", ".."}.isdisjoint(parts):
        return "it is not a path below the site"
    if any(len(part.encode()) > MAX_NAME for part in parts) or len(path.encode()) > MAX_PATH:
        return "it is too long"
    return ""


class OutputFolder:
    """The folder ``root``, which may itself be a symbolic link; one below it is never followed."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self._root = Path(root)
        self._real = self._root.resolve()
        self._known: set[Path] = set()

    def path(self, name: str) -> Path:
        """Return the path of the file ``name``. Raises OutsideError."""
        if reason := path_fault(name):
            raise OutsideError(f"‘{name}’: {reason}")
        path = self._root / name
        if path.parent not in self._known:
            if path.parent.resolve() != self._real / Path(name).parent:
                raise OutsideError(f"‘{path.parent}’ leads out of the output; delete this link")
            self._known.add(path.parent)
        return path

    def has_content(self, name: str, data: bytes) -> bool:
        """Return True if the file ``name`` has the bytes ``data``, and is no symbolic link."""
        try:
            path = self.path(name)
            return path.is_file() and not path.is_symlink() and path.read_bytes() == data
        except OSError:
            return False

    def write(self, name: str, content: str | bytes) -> None:
        """Write ``content`` to the file ``name``, unless it has that content already.

        A symbolic link is replaced. Raises OSError.
        """
        path = self.path(name)
        data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        if self.has_content(name, data):
            return
        if path.is_symlink():
            path.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def move_in(self, file: Path, name: str) -> None:
        """Move ``file`` to the file ``name``, also across file systems. Raises OSError."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, path)

    def delete(self, name: str) -> None:
        """Delete the file ``name``, if it exists, and the folders that this leaves empty.

        A name that leads out of the folder is ignored.
        """
        try:
            path = self.path(name)
        except OutsideError:
            return
        if not path.is_file() and not path.is_symlink():
            return
        path.unlink()
        for parent in path.parents:
            if parent == self._root or any(parent.iterdir()):
                return
            parent.rmdir()

    def prune(self, wanted: Container[str], folder: str = "") -> None:
        """Delete every file below ``folder`` that is not ``wanted``, and empty folders."""
        top = self._root / folder
        if folder and top.is_symlink():
            top.unlink()
            return
        for parent, folders, names in os.walk(top, topdown=False):
            here = Path(parent)
            links = [name for name in folders if (here / name).is_symlink()]
            for name in (*names, *links):
                path = here / name
                if path.relative_to(self._root).as_posix() not in wanted:
                    path.unlink()
            if here != top and not any(here.iterdir()):
                here.rmdir()


class Manifest:
    """The files in the folder ``root``, by the feature that writes them.

    The list is in the folder itself, so it survives the loss of the doctrees. A file is listed
    before it is written, so an interrupted build forgets none. Other files are never deleted.
    """

    def __init__(self, root: Path) -> None:
        self._folder = OutputFolder(root)
        self._path = Path(root, MANIFEST)
        self._files = self._load()

    def names(self, feature: str = "") -> set[str]:
        """Return the paths of all files, or of the files of ``feature``."""
        files = self._files
        return {*files[feature]} if feature else set().union(*files.values())

    def replace(self, feature: str, names: Iterable[str]) -> None:
        """List ``names`` as the files of ``feature``; delete its other files."""
        files, wanted = self._files, set(names)
        gone = files.pop(feature, set()) - wanted
        for name in sorted(gone.difference(*files.values())):
            self._folder.delete(name)
        files[feature] = wanted
        lines = [f"{feature} {name}\n" for feature in files for name in files[feature]]
        self._folder.write(MANIFEST, "".join(sorted(lines)))

    def write(self, feature: str, files: Iterable[tuple[str, str | bytes]]) -> dict[str, str]:
        """Write the ``files`` of ``feature``, paths and contents; delete its other files.

        Return the paths that cannot be written, and why.
        """
        before, wanted = self._files[feature], set()
        failed = {}
        for name, content in files:
            if name not in before:
                self._append(feature, name)
            wanted.add(name)
            try:
                self._folder.write(name, content)
            except OSError as error:
                failed[name] = error.strerror or str(error)
        self.replace(feature, wanted)
        return failed

    def _load(self) -> defaultdict[str, set[str]]:
        files: defaultdict[str, set[str]] = defaultdict(set)
        with suppress(OSError):
            for line in self._path.read_text(encoding="utf-8", errors="replace").split("\n"):
                feature, _, name = line.partition(" ")
                if name:
                    files[feature].add(name)
        return files

    def _append(self, feature: str, name: str) -> None:
        if self._path.is_symlink():
            self._path.unlink()
        with self._path.open("a", encoding="utf-8") as file:
            print(feature, name, file=file)
