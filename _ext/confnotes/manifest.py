"""The manifest of an output folder: the files that builds have put there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from confnotes.output_folder import OutputFolder

NAME = ".confnotes-files"


class Manifest:
    """The files in the folder ``root``, by the feature that puts them there.

    The list is in the folder itself, so it is there when doctrees are lost. A file is
    listed before it is written, so none is forgotten when a build is interrupted. Files
    of others are never listed, and never deleted.
    """

    def __init__(self, root: Path) -> None:
        self._folder = OutputFolder(root)
        self._path = Path(root, NAME)

    def names(self, feature: str = "") -> set[str]:
        """Return the paths of all files, or of those of ``feature``."""
        files = self._load()
        return files[feature] if feature else set().union(*files.values())

    def replace(self, feature: str, names: Iterable[str]) -> None:
        """Let ``names`` be the files of ``feature``; delete the others that it had."""
        files, wanted = self._load(), set(names)
        gone = files.pop(feature, set()) - wanted
        for name in sorted(gone.difference(*files.values())):
            self._folder.delete(name)
        self._save({**files, feature: wanted})

    def write(self, feature: str, files: Iterable[tuple[str, str | bytes]]) -> dict[str, str]:
        """Write the ``files`` of ``feature``, paths and contents; delete the others that it had.

        Return the paths that cannot be written, and why.
        """
        before, wanted = self._load()[feature], set()
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

    def _save(self, files: dict[str, set[str]]) -> None:
        lines = [f"{feature} {name}\n" for feature in files for name in files[feature]]
        self._folder.write(NAME, "".join(sorted(lines)))
