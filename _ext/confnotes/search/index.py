"""The index on disk, written by Pagefind, and only when what it holds has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from pagefind.service import get_executable

from confnotes.keeping import prune, put
from confnotes.search.order import settle
from confnotes.search.records import Record

_MARK = "records.txt"


class Index:
    """An index that Pagefind writes while others work; ``folder`` gets it when it is whole.

    ``folder`` keeps a digest of what it holds. ``workplace`` keeps what Pagefind is given:
    to write thousands of files, and to delete them, takes longer than to read them.
    """

    def __init__(self, records: Iterable[Record], folder: Path, workplace: Path) -> None:
        """Begin, if ``folder`` holds anything else. Raises OSError if Pagefind cannot be run.

        Pagefind's program is run: its Python API takes a tenth of a second for each
        request, and may end before the files are whole.
        """
        everything = list(records)
        self._folder = folder
        self._made = _digest(everything)
        self._program: subprocess.Popen[bytes] | None = None
        if self._made == self._known():
            return
        program = get_executable()
        if program is None:
            raise FileNotFoundError("Pagefind is installed without its program")
        for left in workplace.glob("index-*"):  # by a build that was killed
            shutil.rmtree(left, ignore_errors=True)
        given, self._new = workplace / "records", workplace / f"index-{os.getpid()}"
        _fill(given, {record.path: record.html for record in everything})
        command = [str(program), "--silent", "--site", str(given), "--output-path", str(self._new)]
        self._program = subprocess.Popen(  # noqa: S603  our own words
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def finish(self) -> bool:
        """Put the index in its place; return whether that was needed.

        Raises CalledProcessError when Pagefind has failed.
        """
        if self._program is None:
            return False
        _out, said = self._program.communicate()
        if status := self._program.returncode:
            raise subprocess.CalledProcessError(status, self._program.args, stderr=said)
        for unused in (*self._new.glob("pagefind-*ui.*"), self._new / "pagefind-highlight.js"):
            unused.unlink(missing_ok=True)
        settle(self._new)
        (self._new / _MARK).write_text(self._made, encoding="ascii")
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.move(self._new, self._folder)
        return True

    def give_up(self) -> None:
        """Leave ``folder`` as it is."""
        if self._program is not None:
            self._program.kill()
            self._program.communicate()

    def _known(self) -> str:
        mark = self._folder / _MARK
        return mark.read_text(encoding="ascii") if mark.is_file() else ""


def _fill(folder: Path, texts: Mapping[str, str]) -> None:
    """Have ``texts`` in ``folder``, by path, and nothing else."""
    wanted = {folder / path: text for path, text in texts.items()}
    prune(folder, wanted)
    for path, text in wanted.items():
        put(path, text)


def _digest(records: Iterable[Record]) -> str:
    made = hashlib.sha256(version("pagefind").encode())
    for record in records:
        made.update(f"{record.path}\0{record.html}\0".encode("utf-8", "replace"))
    return made.hexdigest()
