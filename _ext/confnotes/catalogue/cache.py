"""What was read before, kept by what it was read from."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from confnotes.code import fingerprint
from confnotes.digests import digest
from confnotes.keeping import whole
from confnotes.model import Note
from confnotes.notes import Known, read_note

if TYPE_CHECKING:
    from confnotes.catalogue.records import Catalogue, NoteEntry


class Cache:
    """Reads notes, or remembers them. A file that is damaged, or of other code, is ignored."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._old: dict[str, Note] = {}
        self._used: dict[str, Note] = {}
        self._catalogue: Catalogue | None = None
        if path:
            self._load(path)

    def catalogue(self, root: Path, made_from: str) -> Catalogue | None:
        """Return the catalogue that was made of the same texts, if it is the one that is kept."""
        kept = self._catalogue
        return kept if kept and (kept.root, kept.made_from) == (root, made_from) else None

    def read(self, data: bytes, path: str, known: Known) -> tuple[str, Note]:
        """Return what :func:`confnotes.notes.read_note` makes of ``data``, and its digest."""
        made_from = digest(data, repr((path, sorted(known.people), known.events)))
        note = self._old.get(made_from) or self._used.get(made_from)
        self._used[made_from] = note or read_note(data, path, known=known)
        return made_from, self._used[made_from]

    def entry(self, docname: str, mark: str) -> NoteEntry | None:
        """Return the entry of a note which had this mark already."""
        kept = self._catalogue.notes.get(docname) if self._catalogue else None
        return kept if kept and kept.mark == mark else None

    def save(self, catalogue: Catalogue) -> None:
        """Keep the catalogue and the notes that were read for it, whole or not at all."""
        if self._path is None:
            return
        kept = fingerprint(), self._used, catalogue
        with whole(self._path) as new:
            new.write_bytes(pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))

    def _load(self, path: Path) -> None:
        try:
            code, notes, catalogue = pickle.loads(path.read_bytes())  # noqa: S301  our own file
        except Exception:  # noqa: BLE001  a damaged pickle may raise anything
            return
        if code == fingerprint():
            self._old, self._catalogue = notes, catalogue
