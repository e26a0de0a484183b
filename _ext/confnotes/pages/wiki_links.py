"""Links between notes, ``[[Name]]``: to whatever of the catalogue has the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from confnotes.catalogue import Catalogue
from confnotes.catalogue.tracking import derived
from confnotes.names import identity_key
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


@derived
def _notes_and_talks(catalogue: Catalogue) -> Mapping[str, CrossReference]:
    """Return talks by their titles, and notes by the names of their files, if no other has it."""
    found: defaultdict[str, list[CrossReference]] = defaultdict(list)
    for entry in catalogue.notes.values():
        stem = entry.docname.rpartition("/")[2]
        found[identity_key(stem)].append(CrossReference("doc", entry.docname, stem))
    notes = {key: same[0] for key, same in found.items() if len(same) == 1}
    found.clear()
    for talk in catalogue.talks:
        found[identity_key(talk.title)].append(references.talk(talk))
    return notes | {key: same[0] for key, same in found.items() if len(same) == 1}
