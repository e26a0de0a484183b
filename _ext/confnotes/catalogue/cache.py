"""Notes read before, kept by what they were read from."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import confnotes
from confnotes.model import Note
from confnotes.notes import Known, read_note


class Cache:
    """Reads notes, or remembers them. A file that is damaged, or of other code, is ignored."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._code = _code() if path else b""
        self._old: dict[bytes, Note] = _load(path, self._code) if path else {}
        self._used: dict[bytes, Note] = {}

    def read(self, data: bytes, path: str, known: Known) -> Note:
        """Return what :func:`confnotes.notes.read_note` makes of ``data``."""
        made_from = hashlib.blake2b(data, digest_size=16)
        made_from.update(repr((path, sorted(known.people), known.events)).encode())
        name = made_from.digest()
        note = self._old.get(name) or self._used.get(name)
        self._used[name] = note or read_note(data, path, known=known)
        return self._used[name]

    def fingerprint(self) -> bytes:
        """Return what changes if a note that was read does."""
        return b"".join(sorted(self._used))

    def save(self) -> None:
        """Keep what was read, whole or not at all, if it is not what was kept."""
        if self._path is None or self._used.keys() == self._old.keys():
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.write_bytes(pickle.dumps((self._code, self._used), pickle.HIGHEST_PROTOCOL))
        new.replace(self._path)


def _load(path: Path, code: bytes) -> dict[bytes, Note]:
    try:
        kept, notes = pickle.loads(path.read_bytes())  # noqa: S301  our own file, beside Sphinx's
    except Exception:  # noqa: BLE001  a damaged pickle may raise anything
        return {}
    return notes if kept == code and isinstance(notes, dict) else {}


def _code() -> bytes:
    """Return a digest of the code that reads notes."""
    made = hashlib.blake2b(digest_size=16)
    root = Path(confnotes.__file__).parent
    for path in sorted(
        [*root.glob("*.py"), *(root / "notes").glob("*"), *(root / "links").glob("*.py")]
    ):
        if path.is_file():
            made.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return made.digest()
