"""A conversation with Pagefind's program, which makes an index of documents in a given order.

Pagefind reads folders in the order of the file system, so documents are sent one by one. Its
Python API does the same, but waits a tenth of a second for each reply. The files of the
index are asked for, not written by it: it ends before all it writes is written. The protocol
is that of ``pagefind.service``: JSON in base64, with a comma behind each message.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

from confnotes.search.documents import SearchDocument


class PagefindError(OSError):
    """Pagefind has refused a request, or has ended too early."""


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
