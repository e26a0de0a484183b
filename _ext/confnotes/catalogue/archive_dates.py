"""Dates for archived copies: a dead link is replaced by the copy nearest to the talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from confnotes.catalogue.catalogue import Catalogue
from confnotes.urls import redact


@dataclass(frozen=True, slots=True)
class ArchiveDates:
    """Days by talk id (``<docname>#<node_id>``), by address, and by docname.

    An address has the day of the first talk that links to it, else of the speaker or event. A note
    without a date has the first day of its event, or the last day of its year. A speaker has the
    day of the first talk.
    """

    talks: Mapping[str, date] = field(default_factory=dict)
    addresses: Mapping[str, date] = field(default_factory=dict)
    pages: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def from_catalogue(cls, catalogue: Catalogue) -> Self:
        pages = {
            name: event.start or date(event.year, 12, 31)
            for name, event in catalogue.events.items()
        }
        for name, note in catalogue.notes.items():
            pages[name] = note.note.date or pages[note.event]
        talks: dict[str, date] = {}
        addresses: dict[str, date] = {}
        for entry in catalogue.talks:
            day = talks[entry.object_name] = entry.date or pages[entry.docname]
            for link in (*entry.talk.materials, *entry.talk.links):
                address = redact(link.url)
                addresses[address] = min(day, addresses.get(address, day))
        for slug, given in catalogue.talks_by_person.items():
            person = catalogue.people[slug]
            first = pages[person.docname] = min(talks[entry.object_name] for entry in given)
            for link in person.links:
                addresses.setdefault(redact(link.url), first)
        for name, event in catalogue.events.items():
            addresses.setdefault(redact(event.url), pages[name])
        return cls(talks, addresses, pages)

    def date_for(self, docname: str, sections: Iterable[str], address: str) -> date | None:
        """Return the day for ``address`` below ``sections`` (node ids, innermost first)."""
        for node_id in sections:
            if day := self.talks.get(f"{docname}#{node_id}"):
                return day
        return self.addresses.get(redact(address)) or self.pages.get(docname)
