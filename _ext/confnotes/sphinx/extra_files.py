"""Files that stand beside the pages of an output: written when they differ, removed in time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from confnotes.files import write_if_changed
from confnotes.output_folder import OutputFolder


class ExtraFiles:
    """The files beside the pages in the folder ``outdir``.

    ``kept`` lists them from build to build, one path a line; a file is listed before
    it is written, so that none is forgotten when a build is killed.
    """

    def __init__(self, outdir: Path, kept: Path) -> None:
        self._folder = OutputFolder(outdir)
        self._kept = Path(kept)

    def sync(
        self, files: Iterable[tuple[str, str | bytes]], pages: Iterable[str]
    ) -> dict[str, str]:
        """Let ``files``, paths and contents, stand there, and no others of ours.

        Where one of ``pages``, which are asked for only if a file is to go, has taken the
        place of that, it stays. Return the paths that cannot be written, and why.
        """
        before = self._listed()
        wanted = set()
        failed = {}
        with self._kept.open("a", encoding="utf-8") as listing:
            for path, content in files:
                if path not in before:
                    print(path, file=listing, flush=True)
                wanted.add(path)
                try:
                    self._folder.write(path, content)
                except OSError as error:
                    failed[path] = error.strerror or str(error)
        if gone := before - wanted:
            for path in sorted(gone.difference(pages)):
                self._folder.delete(path)
        write_if_changed(self._kept, "".join(f"{path}\n" for path in sorted(wanted)))
        return failed

    def _listed(self) -> set[str]:
        if not self._kept.exists():
            return set()
        return set(self._kept.read_text(encoding="utf-8", errors="replace").split("\n")) - {""}
