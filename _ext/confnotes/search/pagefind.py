"""Make the search index in the background, and move it into the output.

The index is ours (``index_files.py``), what searches it in the browser is Pagefind's: its program
is run on a page of one word, for the other files of an index.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable
from functools import partial
from html import escape
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from subprocess import DEVNULL, run
from tempfile import mkdtemp
from typing import TypeAlias

from pagefind.service import get_executable

from confnotes.digests import digest, extension_digest
from confnotes.file_stamps import files_below
from confnotes.output_folder import OutputFolder
from confnotes.parallel import BackgroundTask
from confnotes.search.documents import SearchDocument
from confnotes.search.facets import facet_files
from confnotes.search.index_files import ENTRY, index_files, record_path

_UNUSED = re.compile(r"pagefind-(.*ui\..*|highlight\.js|worker\.js)")
"""Files that nothing of ours loads."""

RecordDigests: TypeAlias = tuple[str, ...]
"""A digest of the code and the language, and one of each record."""


class PagefindError(OSError):
    """Pagefind has failed."""


def find_program() -> Path:
    """Return the path of Pagefind's program. Raises FileNotFoundError."""
    program = get_executable()
    if program is None:
        raise FileNotFoundError("Pagefind is installed without its program")
    return program


def program_files(program: Path, page: str, folder: Path) -> dict[str, bytes]:
    """Return the files of an index of one ``page`` of HTML, by path. Raises OSError.

    They are written below ``folder``, which may not exist.
    """
    site, index = folder / "site", folder / "index"
    site.mkdir(parents=True)
    (site / "index.html").write_text(page, encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command: list[str | Path] = [program, "--site", "site", "--output-path", "index"]
    ended = run(command, cwd=folder, env=own, stdin=DEVNULL, capture_output=True, check=False)  # noqa: S603  our own words
    if ended.returncode or not (index / ENTRY).is_file():
        raise PagefindError(ended.stderr.decode(errors="replace").strip() or "Pagefind has failed")
    paths = (path for path in index.rglob("*") if path.is_file())
    return {path.relative_to(index).as_posix(): path.read_bytes() for path in paths}


def is_current(folder: Path) -> bool:
    """Return True if ``folder`` has an index of the Pagefind that is installed."""
    try:
        about = json.loads((folder / ENTRY).read_bytes())
        return bool(about["version"] == version("pagefind"))
    except (OSError, ValueError, LookupError, TypeError):
        return False


class PagefindRun:
    """An index that is made in the background.

    New files are written below ``workplace``, and moved into ``folder`` when all are complete. So
    nothing of an interrupted build gets into the output, not even of a process that still writes.
    Unchanged files are not touched: an index of 20,000 talks has 20,000 files, of which an edited
    note changes some thirty. If ``folder`` has a whole index, ``current`` are the digests of its
    records; nothing is made if they are the same. What words are in records is kept in ``cache``.
    """

    def __init__(
        self,
        records: Iterable[SearchDocument],
        language: str,
        folder: Path,
        workplace: Path,
        current: RecordDigests = (),
        cache: Path | None = None,
    ) -> None:
        """Begin. Raises OSError if Pagefind cannot be run."""
        program = find_program()
        self._folder, self._workplace = folder, workplace
        shutil.rmtree(workplace, ignore_errors=True)  # of a build that was killed
        workplace.mkdir(parents=True, exist_ok=True)
        self._new = Path(mkdtemp(dir=workplace), "pagefind")
        self._task = BackgroundTask(
            partial(_make, program, records, language, folder, self._new, current, cache)
        )

    def finish(self) -> RecordDigests:
        """Put the index in its place, and return the digests of its records.

        Raises OSError when it could not be made.
        """
        try:
            made_from, names = self._task.result()
            if names is None:
                return made_from
            if self._folder.is_symlink():
                self._folder.unlink()
            output = OutputFolder(self._folder)
            output.prune(names)
            for name in sorted(names):
                if (new := self._new / name).exists():
                    output.move_in(new, name)
            return made_from
        finally:
            shutil.rmtree(self._workplace, ignore_errors=True)

    def cancel(self) -> None:
        """Leave ``folder`` as it is."""
        self._task.cancel()
        shutil.rmtree(self._workplace, ignore_errors=True)


def _make(
    program: Path,
    records: Iterable[SearchDocument],
    language: str,
    folder: Path,
    new: Path,
    current: RecordDigests,
    cache: Path | None,
) -> tuple[RecordDigests, frozenset[str] | None]:
    """Make the index, and write below ``new`` the files that ``folder`` lacks.

    Return the digests of the records, and the names of all files, None if the records are
    ``current``. Raises OSError.
    """
    there, output, made = OutputFolder(folder), OutputFolder(new), set()
    records = list(records)
    made_from = (f"{extension_digest()} {language}", *(digest(repr(each)) for each in records))
    if made_from == current:
        return made_from, None
    kept = _unchanged_files(folder, made_from, current)
    page = f"<html lang='{escape(language)}'><body>a</body></html>"
    files = program_files(program, page, new.parent / "program")
    index = index_files(records, files, kept, cache)
    for path, data in chain(index, facet_files(one.facets for one in records)):
        if not _UNUSED.fullmatch(path):
            made.add(path)
            if data is not None and not there.has_content(path, data):
                output.write(path, data)
    return made_from, frozenset(made)


def _unchanged_files(folder: Path, now: RecordDigests, then: RecordDigests) -> set[str]:
    """Return the files of records that are the same, and those that are named by their content."""
    if then[:1] != now[:1]:
        return set()
    same = {
        record_path(number, len(now) - 1)
        for number, (one, other) in enumerate(zip(now[1:], then[1:], strict=False))
        if one == other
    }
    return same.intersection(files_below(folder, "fragment")).union(files_below(folder, "index"))
