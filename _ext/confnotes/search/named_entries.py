"""Entries of the index of names for all people, topics and events of a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from confnotes.catalogue import Catalogue
from confnotes.pages.dates import format_range
from confnotes.pages.i18n import counted
from confnotes.search.name_index import IndexEntry


def named_entries(catalogue: Catalogue, uri: Callable[[str], str]) -> Iterator[IndexEntry]:
    """Yield people, topics and events; ``uri`` returns the address of a docname."""
    for person in catalogue.people.values():
        count = len(catalogue.talks_by_person.get(person.slug, ()))
        yield IndexEntry("people", person.label, uri(person.docname), names=person.aliases,
                         detail=_talks(count), weight=count)  # fmt: skip
    for topic in catalogue.topics.values():
        count = len(catalogue.talks_under_topic.get(topic.slug, ()))
        yield IndexEntry("topics", topic.title, uri(topic.docname), names=topic.phrases,
                         detail=_talks(count), weight=count)  # fmt: skip
    for docname, event in catalogue.events.items():
        count = len(catalogue.talks_by_event.get(docname, ()))
        days = format_range(event) or f"{event.year:04}"
        yield IndexEntry("events", event.name, uri(docname), names=event.aliases,
                         detail=days, weight=count)  # fmt: skip


def _talks(number: int) -> str:
    return counted(number, "{} talk", "{} talks") if number else ""
