"""Notes read before, kept by what they were read from."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

from confnotes.code import fingerprint
from confnotes.model import Note
from confnotes.notes import Known, read_note


class Cache:
    """Reads notes, or remembers them. A file that is damaged, or of other code, is ignored."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._old: dict[bytes, Note] = _load(path) if path else {}
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
        new.write_bytes(pickle.dumps((fingerprint(), self._used), pickle.HIGHEST_PROTOCOL))
        new.replace(self._path)


def _load(path: Path) -> dict[bytes, Note]:
    try:
        kept, notes = pickle.loads(path.read_bytes())  # noqa: S301  our own file, beside Sphinx's
    except Exception:  # noqa: BLE001  a damaged pickle may raise anything
        return {}
    return notes if kept == fingerprint() and isinstance(notes, dict) else {}
