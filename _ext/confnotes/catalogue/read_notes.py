"""Read notes from their files; again if they name people who other notes or pages make known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from confnotes.catalogue.cache import Cache, CacheTable
from confnotes.catalogue.codes import CatalogueCode
from confnotes.catalogue.events import event_of
from confnotes.catalogue.hide_former_names import FormerNames
from confnotes.catalogue.read_files import ProjectFiles
from confnotes.digests import digest
from confnotes.files import SourceFileError
from confnotes.model import Event, KnownEntities, Note, Problem
from confnotes.names import identity_key, name_key
from confnotes.parallel import map_parallel

_MIN_CONFIDENCE = 0.9
"""The least confidence of a talk whose speakers count as known people."""
_NOBODY: frozenset[str] = frozenset()


def readable_files(
    files: ProjectFiles, paths: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the readable files of ``paths``, by docname, and problems of the others."""
    found: dict[str, str] = {}
    problems = []
    for docname, path in paths.items():
        try:
            files.digest(path)
            found[docname] = path
        except SourceFileError as reason:
            message = f"the file is not read: {reason}"
            problems.append(Problem.of(CatalogueCode.UNREADABLE, path, message))
    return found, problems


@dataclass(frozen=True, slots=True)
class Names:
    """The keys of names in a note: of speakers without doubt, and of its candidates."""

    certain: frozenset[str]
    candidates: frozenset[str]

    def learnt(self, people: frozenset[str]) -> frozenset[str]:
        """Return the candidates among ``people``, none if the note is certain of all of them."""
        met = self.candidates & people
        return met if met - self.certain else _NOBODY


class NoteReadings:
    """The notes in the files ``paths``; all mappings are by docname.

    A note knows the event of its own folder alone, so it does not depend on pages of others. The
    first reading knows no people. Speakers without doubt, and ``people`` (name keys), are known
    people: a note with a doubtful candidate among them is read again and knows its candidates
    there. So a note depends on all notes, and never on their order. ``jobs`` processes read.
    """

    def __init__(
        self,
        paths: Mapping[str, str],
        files: ProjectFiles,
        cache: Cache,
        *,
        events: Mapping[str, Event],
        people: Iterable[str],
        former: FormerNames,
        jobs: int,
    ) -> None:
        self._paths, self._files, self._cache, self._events = paths, files, cache, events
        self._former, self._jobs = former, jobs
        self._met = dict.fromkeys(paths, _NOBODY)
        self._fresh: dict[str, Note] = {}
        """Notes read in this run, by digest."""
        keys, names = self._names()
        self.people = frozenset(people).union(*(one.certain for one in names.values()))
        """The name keys of all known people."""
        self._met = {docname: one.learnt(self.people) for docname, one in names.items()}
        self.digests = {
            docname: self._digest(docname) if met else keys[docname]
            for docname, met in self._met.items()
        }
        """A digest of all inputs of a note."""
        self._add(self._fresh.keys() & self.digests.values())

    def notes(self, docnames: Iterable[str]) -> dict[str, Note]:
        keys = {docname: self.digests[docname] for docname in docnames}
        kept = (
            self._cache.find(CacheTable.NOTE, set(keys.values()) - self._fresh.keys()) | self._fresh
        )
        missing = [docname for docname, key in keys.items() if key not in kept]
        fresh = self._read(missing)
        self.digests |= {docname: self._digest(docname) for docname in missing}
        self._add(self.digests[docname] for docname in missing)
        return {docname: fresh.get(docname) or kept[key] for docname, key in keys.items()}

    def known(self, docname: str) -> KnownEntities:
        """Return the people and the event that the reader of a note knows."""
        event = self._events.get(event_of(docname))
        return KnownEntities(self._met[docname], (event,) if event else ())

    def _names(self) -> tuple[dict[str, str], dict[str, Names]]:
        """Return digests of the first readings, and the names in them."""
        keys = {docname: self._digest(docname) for docname in self._paths}
        kept = self._cache.find(CacheTable.NAMES, keys.values())
        missing = [docname for docname, key in keys.items() if key not in kept]
        fresh = {docname: _names(note) for docname, note in self._read(missing).items()}
        names = {docname: fresh.get(docname) or kept[key] for docname, key in keys.items()}
        keys |= {docname: self._digest(docname) for docname in missing}
        found = {keys[docname]: one for docname, one in fresh.items()}
        self._cache.add(CacheTable.NAMES, found, keys.values())
        return keys, names

    def _read(self, docnames: Iterable[str]) -> dict[str, Note]:
        names = [*docnames]
        if not names:
            return {}
        from confnotes.notes.pipeline import read_note  # slow, and needless with a full cache

        def parse(docname: str) -> Note:
            path = self._paths[docname]
            data = self._former.hide_bytes(self._files.read(path), path)
            return read_note(data, path, known=self.known(docname))

        for docname in names:
            self._files.read(self._paths[docname])  # in this process, which knows its digest then
        found = dict(zip(names, map_parallel(parse, names, self._jobs), strict=True))
        self._fresh |= {self._digest(docname): note for docname, note in found.items()}
        return found

    def _digest(self, docname: str) -> str:
        path, known = self._paths[docname], self.known(docname)
        about = repr((path, sorted(known.people), known.events, self._former.names))
        return digest(self._files.digest(path), about)

    def _add(self, digests: Iterable[str]) -> None:
        fresh = {key: self._fresh[key] for key in digests}
        self._cache.add(CacheTable.NOTE, fresh, self.digests.values())


def _names(note: Note) -> Names:
    return Names(frozenset(_confident_speakers(note)), note.name_candidates)


def _confident_speakers(note: Note) -> Iterator[str]:
    """Yield the name keys of speakers that no guess puts in doubt, if they have two words."""
    for talk in note.talks:
        if all(guess.confidence >= _MIN_CONFIDENCE for guess in talk.guesses):
            for speaker in talk.speakers:
                if len(identity_key(speaker.name).split()) > 1:
                    yield name_key(speaker.name)
