"""Links between notes, ``[[Name]]``: to whatever of the catalogue has the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.catalogue.tracking import derived
from confnotes.names import identity_key
from confnotes.notes.syntax.fields import split_topics
from confnotes.pages import references
from confnotes.pages.inline_markup import Resolver
from confnotes.pages.model import CrossReference


def resolver(catalogue: Catalogue) -> Resolver:
    """Return what gives the reference to the person, topic, event, talk or note of a name."""

    def resolve(name: str, text: str) -> CrossReference | None:
        found = _named(catalogue, name) if identity_key(name) else None
        return replace(found, text=text) if found else None

    return resolve


def _named(catalogue: Catalogue, name: str) -> CrossReference | None:
    if person := catalogue.person(name):
        return references.person(catalogue, person.slug)
    if topic := catalogue.topic(name):
        return references.topic(catalogue, topic.slug)
    if event := catalogue.event(name):
        return references.event(event)
    return _notes_and_talks(catalogue).get(identity_key(name))


def _aliases(entry: NoteEntry) -> Iterator[str]:
    """Yield the aliases that the front matter of a note has."""
    values = (value for name, value in entry.note.fields if name in {"alias", "aliases"})
    return (alias.text for value in values for alias in split_topics(value))


@derived
def _notes_and_talks(catalogue: Catalogue) -> Mapping[str, CrossReference]:
    """Return talks by their titles, notes by their files and aliases, if no other has the name."""
    found: defaultdict[str, list[CrossReference]] = defaultdict(list)
    for entry in catalogue.notes.values():
        stem = entry.docname.rpartition("/")[2]
        for name in (stem, *_aliases(entry)):
            found[identity_key(name)].append(CrossReference("doc", entry.docname, name))
    notes = {key: same[0] for key, same in found.items() if len(same) == 1}
    found.clear()
    for talk in catalogue.talks:
        found[identity_key(talk.title)].append(references.talk(talk))
    return notes | {key: same[0] for key, same in found.items() if len(same) == 1}
