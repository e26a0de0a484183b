"""The index on disk, written by Pagefind."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from pagefind.service import get_executable

from confnotes.output_folder import OutputFolder
from confnotes.search.order import settle
from confnotes.search.records import Record


def is_there(folder: Path) -> bool:
    """Say whether ``folder`` has an index that the Pagefind which is installed has written."""
    try:
        about = json.loads((folder / "pagefind-entry.json").read_bytes())
        return bool(about["version"] == version("pagefind"))
    except (OSError, ValueError, LookupError, TypeError):
        return False


class Index:
    """An index that Pagefind writes while others work; ``folder`` gets it when it is whole.

    ``workplace`` keeps what Pagefind is given: to write thousands of files, and to delete
    them, takes longer than to read them.
    """

    def __init__(self, records: Iterable[Record], folder: Path, workplace: Path) -> None:
        """Begin. Raises OSError if Pagefind cannot be run.

        Pagefind's program is run: its Python API takes a tenth of a second for each
        request, and may end before the files are whole.
        """
        self._folder = folder
        program = get_executable()
        if program is None:
            raise FileNotFoundError("Pagefind is installed without its program")
        for left in workplace.glob("index-*"):  # by a build that was killed
            shutil.rmtree(left, ignore_errors=True)
        given, self._new = workplace / "records", workplace / f"index-{os.getpid()}"
        _fill(given, {record.path: record.html for record in records})
        command = [str(program), "--silent", "--site", str(given), "--output-path", str(self._new)]
        self._program = subprocess.Popen(  # noqa: S603  our own words
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        atexit.register(self._program.kill)  # of a build that ends before it began

    def finish(self) -> None:
        """Put the index in its place. Raises CalledProcessError when Pagefind has failed."""
        _out, said = self._program.communicate()
        if status := self._program.returncode:
            raise subprocess.CalledProcessError(status, self._program.args, stderr=said)
        for unused in (*self._new.glob("pagefind-*ui.*"), self._new / "pagefind-highlight.js"):
            unused.unlink(missing_ok=True)
        settle(self._new)
        if self._folder.exists():
            shutil.rmtree(self._folder)
        shutil.move(self._new, self._folder)

    def give_up(self) -> None:
        """Leave ``folder`` as it is."""
        self._program.kill()
        self._program.communicate()


def _fill(folder: Path, texts: Mapping[str, str]) -> None:
    """Have ``texts`` in ``folder``, by path, and nothing else."""
    output = OutputFolder(folder)
    output.prune(texts)
    for path, text in texts.items():
        output.write(path, text)
