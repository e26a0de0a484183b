"""The index on disk, written by Pagefind, and only when what it holds has changed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from pagefind.service import get_executable

from confnotes.search.order import settle
from confnotes.search.records import Record

_MARK = "records.txt"


def write(records: Iterable[Record], folder: Path) -> bool:
    """Write the index of ``records`` into ``folder``; return whether that was needed.

    ``folder`` keeps a digest of what it holds. Raises OSError when Pagefind
    cannot be run, CalledProcessError when it fails.
    """
    everything = list(records)
    made = hashlib.sha256(version("pagefind").encode())
    for record in everything:
        made.update(f"{record.path}\0{record.html}\0".encode("utf-8", "replace"))
    mark = folder / _MARK
    if mark.is_file() and mark.read_text(encoding="ascii") == made.hexdigest():
        return False
    shutil.rmtree(folder, ignore_errors=True)
    _write(everything, folder)
    settle(folder)
    mark.write_text(made.hexdigest(), encoding="ascii")
    return True


def _write(records: Iterable[Record], folder: Path) -> None:
    """Have Pagefind's program write the index.

    Its Python API takes a tenth of a second for each request, and may end before
    the files are whole.
    """
    program = get_executable()
    if program is None:
        raise FileNotFoundError("Pagefind is installed without its program")
    with tempfile.TemporaryDirectory() as given:
        for record in records:
            path = Path(given, record.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(record.html, encoding="utf-8", errors="replace")
        command = [str(program), "--silent", "--site", given, "--output-path", str(folder)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 our own words
    for unused in (*folder.glob("pagefind-*ui.*"), folder / "pagefind-highlight.js"):
        unused.unlink(missing_ok=True)
