"""What a bibliography says of a talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.exports.site import Site
from confnotes.names import split_name
from confnotes.plain_text import clean_line


@dataclass(frozen=True, kw_only=True)
class Citation:
    """Every text is one line of plain text; ``url`` is empty where the site has no address."""

    key: str
    title: str
    authors: tuple[tuple[str, str], ...]
    """(family, given); the given name is empty for a name of one word."""
    kind: str
    event: str
    place: str
    year: int
    date: date | None
    url: str

    @property
    def occasion(self) -> str:
        """What was given where: ``Keynote at Pipeline Days 2031, Lyon``."""
        place = f", {self.place}" if self.place else ""
        return f"{self.kind} at {self.event}{place}"


def note_citations(
    catalogue: Catalogue, docname: str, keys: Mapping[str, str], site: Site
) -> list[Citation]:
    """Return the citations of a note's talks; ``keys`` has their keys by object name."""
    return [
        _citation(catalogue, talk, keys.get(talk.object_name, ""), site)
        for talk in catalogue.notes[docname].talks
    ]


def _citation(catalogue: Catalogue, talk: TalkEntry, key: str, site: Site) -> Citation:
    event = catalogue.events[talk.event]
    names = (catalogue.people[slug].name for slug in dict.fromkeys(talk.people))
    return Citation(
        key=key,
        title=clean_line(talk.title),
        authors=tuple(split_name(clean_line(name)) for name in names),
        kind=talk.talk.kind.value.capitalize(),
        event=clean_line(event.name),
        place=clean_line(event.location),
        year=talk.date.year if talk.date else event.year,
        date=talk.date,
        url=site.page(talk.docname, talk.node_id) if site.base_url else "",
    )
