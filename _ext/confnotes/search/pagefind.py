"""Run Pagefind's program in the background, and move its index into the output.

Pagefind reads folders in the order of the file system, so a separate process sends it the
documents one by one, in their order. Pagefind's Python API does the same, but waits a tenth of a
second for each reply. The files are requested, not written by Pagefind, which exits before all
are written. The protocol is that of ``pagefind.service``: JSON in base64, with a comma behind
each message.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import version
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from tempfile import mkdtemp
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

from confnotes.code_digests import extension_digest
from confnotes.digests import digest
from confnotes.output_folder import OutputFolder
from confnotes.search.documents import SearchDocument
from confnotes.search.facets import facet_files
from confnotes.search.reproducible_index import make_deterministic

_METHOD = "fork" if "fork" in get_all_start_methods() else None
"""How the process starts: by a fork if possible, since this process has the notes."""
_UNUSED = re.compile(r"pagefind-(.*ui\..*|highlight\.js|worker\.js)")
"""Files that nothing of ours loads."""


class PagefindError(OSError):
    """Pagefind has refused a request, or has exited early."""


def find_program() -> Path:
    """Return the path of Pagefind's program. Raises FileNotFoundError."""
    program = get_executable()
    if program is None:
        raise FileNotFoundError("Pagefind is installed without its program")
    return program


def make_files(program: Path, records: Iterable[SearchDocument]) -> dict[str, bytes]:
    """Return the files of an index of ``records``, by path. Raises OSError."""
    with Popen([program, "--service"], stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as process:  # noqa: S603  our own words
        assert process.stdin
        assert process.stdout
        sender = Thread(target=_send, args=(process.stdin, _requests(records)), daemon=True)
        sender.start()
        try:
            for reply in _replies(process.stdout):
                if reply["type"] == "Error":
                    raise PagefindError(reply.get("message", "Pagefind has failed"))
                if reply["type"] == "GetFiles":
                    return {file["path"]: b64decode(file["content"]) for file in reply["files"]}
            raise PagefindError("Pagefind has ended before the index was made")
        finally:
            process.kill()
            sender.join()
            with suppress(BrokenPipeError):  # unsent requests
                process.stdin.close()


def _requests(records: Iterable[SearchDocument]) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {}}
    for record in records:
        yield {
            "type": "AddFile",
            "index_id": 0,
            "file_path": record.path,
            "file_contents": record.html,
        }
    yield {"type": "GetFiles", "index_id": 0}


def _send(file: IO[bytes], requests: Iterable[dict[str, Any]]) -> None:
    with suppress(BrokenPipeError):  # the replies say why
        for number, request in enumerate(requests):
            message = json.dumps({"message_id": number, "payload": request})
            file.write(b64encode(message.encode()) + b",")
        file.flush()


def _replies(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    parts: list[bytes] = []
    while read := file.read1(1 << 20):  # type: ignore[attr-defined]  # a pipe is buffered
        *ends, rest = read.split(b",")
        for end in ends:
            yield json.loads(b64decode(b"".join([*parts, end])))["payload"]
            parts.clear()
        parts.append(rest)


def is_current(folder: Path) -> bool:
    """Return True if ``folder`` has an index of the Pagefind that is installed."""
    try:
        about = json.loads((folder / "pagefind-entry.json").read_bytes())
        return bool(about["version"] == version("pagefind"))
    except (OSError, ValueError, LookupError, TypeError):
        return False


class PagefindRun:
    """An index that is made in the background.

    New files are written below ``workplace``, and moved into ``folder`` when all are complete. So
    nothing of an interrupted build gets into the output, not even of a process that still writes.
    Unchanged files are not touched: an index of 20,000 talks has 20,000 files, of which an edited
    note changes some thirty. Pagefind is not run if ``folder`` has the index of the same records,
    whose digest is ``current``.
    """

    def __init__(
        self,
        records: Iterable[SearchDocument],
        folder: Path,
        workplace: Path,
        current: str = "",
    ) -> None:
        """Begin. Raises OSError if Pagefind cannot be run."""
        program = find_program()
        self._folder, self._workplace = folder, workplace
        shutil.rmtree(workplace, ignore_errors=True)  # of a build that was killed
        workplace.mkdir(parents=True, exist_ok=True)
        self._new = Path(mkdtemp(dir=workplace), "pagefind")
        self._results, results = get_context().Pipe(duplex=False)
        if _METHOD is None:
            records = list(records)
        self._process = get_context(_METHOD).Process(  # type: ignore[attr-defined]  # every context has it
            target=_make, args=(program, records, folder, self._new, current, results), daemon=True
        )
        self._process.start()
        results.close()

    def finish(self) -> str:
        """Put the index in its place, and return a digest of its records.

        Raises OSError when it could not be made.
        """
        try:
            made: tuple[str, frozenset[str] | None] | OSError = self._results.recv()
        except EOFError:
            made = PagefindError("its process has ended early")
        self._process.join()
        try:
            if isinstance(made, OSError):
                raise made
            made_from, names = made
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
        self._process.kill()
        self._process.join()
        shutil.rmtree(self._workplace, ignore_errors=True)


def _end_with_parent() -> None:
    """End this process after a build that was killed: it holds the lock of the build's folders."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _make(
    program: Path,
    records: Iterable[SearchDocument],
    folder: Path,
    new: Path,
    current: str,
    results: Connection,
) -> None:
    """Make the index, write below ``new`` the files that ``folder`` lacks, and send all names.

    A digest of the records is sent with them, and None in their place if it is ``current``. An
    error is sent in place of both.
    """
    Thread(target=_end_with_parent, daemon=True).start()
    there, output, made = OutputFolder(folder), OutputFolder(new), set()
    records = list(records)
    made_from = digest(f"{extension_digest()}", *map(repr, records))
    if made_from == current:
        results.send((made_from, None))
        return
    try:
        index = make_deterministic(make_files(program, records))
        for path, data in (index | dict(facet_files(one.facets for one in records))).items():
            if not _UNUSED.fullmatch(path):
                made.add(path)
                if not there.has_content(path, data):
                    output.write(path, data)
    except OSError as error:
        results.send(error)
    else:
        results.send((made_from, frozenset(made)))
