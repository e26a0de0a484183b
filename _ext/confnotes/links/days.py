"""When an address was spoken of: the day that decides which archived copy is the right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Self

from confnotes.links.redact import redact

if TYPE_CHECKING:
    from confnotes.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Days:
    """Days by talk id (``<docname>#<node_id>``), by docname, and by address (its first talk's)."""

    talks: Mapping[str, date] = field(default_factory=dict)
    notes: Mapping[str, date] = field(default_factory=dict)
    addresses: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Self:
        talks: dict[str, date] = {}
        addresses: dict[str, date] = {}
        for entry in catalogue.talks:
            if entry.date:
                talks[entry.name] = entry.date
                for link in (*entry.talk.materials, *entry.talk.links):
                    address = redact(link.url)
                    addresses[address] = min(entry.date, addresses.get(address, entry.date))
        notes = {name: entry.note.date for name, entry in catalogue.notes.items()}
        return cls(talks, {name: day for name, day in notes.items() if day}, addresses)

    def day(self, docname: str, sections: Iterable[str], address: str) -> date | None:
        """Return the day for ``address`` below ``sections`` (node ids, innermost first)."""
        for node_id in sections:
            if day := self.talks.get(f"{docname}#{node_id}"):
                return day
        return self.notes.get(docname) or self.addresses.get(redact(address))
