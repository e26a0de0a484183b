"""Notes from their files, each read once, and again where other notes tell who somebody is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from confnotes.catalogue.cache import Cache
from confnotes.catalogue.codes import Code
from confnotes.catalogue.events import event_of
from confnotes.model import Event, Note, Problem, Severity
from confnotes.names import identity, key
from confnotes.notes import Known
from confnotes.source_files import SourceFileError, read_file

_CERTAIN = 0.9
"""The least confidence of a talk whose speakers count as known people."""


def sources(root: Path, paths: Mapping[str, str]) -> tuple[dict[str, bytes], list[Problem]]:
    """Return what is in the files ``paths``, by docname, and which cannot be read."""
    found: dict[str, bytes] = {}
    problems = []
    for docname, path in paths.items():
        try:
            found[docname] = read_file(root / path, root)
        except SourceFileError as error:
            message = f"the file is not read: {error}"
            problems.append(Problem(path, 1, 1, Code.UNREADABLE, Severity.ERROR, message))
    return found, problems


def read(
    sources: Mapping[str, bytes],
    paths: Mapping[str, str],
    events: Mapping[str, Event],
    people: Iterable[str],
    cache: Cache,
) -> tuple[dict[str, Note], dict[str, str]]:
    """Return the notes made of ``sources``, and a digest of each, by docname as all these are.

    A note knows the event of its own folder, so that another event's page concerns it not.
    The first reading knows no people. Those it is sure of, and ``people`` (name keys), are
    known in the second, which only concerns notes that have them as candidates. So what a
    note says depends on all notes, and never on their order.
    """

    def read_one(docname: str, people: frozenset[str]) -> tuple[str, Note]:
        event = events.get(event_of(docname))
        known = Known(people, (event,) if event else ())
        return cache.read(sources[docname], paths[docname], known)

    found = {docname: read_one(docname, frozenset()) for docname in sources}
    known = {*people, *_certain(note for _digest, note in found.values())}
    met = {docname: first.candidates & known for docname, (_digest, first) in found.items()}
    found |= {docname: read_one(docname, people) for docname, people in met.items() if people}
    notes = {docname: note for docname, (_digest, note) in found.items()}
    return notes, {docname: digest for docname, (digest, _note) in found.items()}


def _certain(notes: Iterable[Note]) -> Iterator[str]:
    """Yield the name keys of speakers that no guess puts in doubt, if they have two words."""
    for note in notes:
        for talk in note.talks:
            if all(guess.confidence >= _CERTAIN for guess in talk.guesses):
                for speaker in talk.speakers:
                    if len(identity(speaker.name).split()) > 1:
                        yield key(speaker.name)
