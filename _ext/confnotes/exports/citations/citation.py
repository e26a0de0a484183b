"""The citation of a talk, and its key, which is made of the first address of the talk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.tracking import cached_query
from confnotes.exports import redirects
from confnotes.exports.redirects import RedirectTarget
from confnotes.exports.site import Site
from confnotes.invisible_characters import clean_line
from confnotes.names import split_name
from confnotes.slugs import slug_suffix

_UNSAFE = re.compile(r"[^A-Za-z0-9/._-]+")
"""Characters that BibTeX or a command line could misread in a key."""


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
        """Kind, event and place: ``Keynote at Pipeline Days 2031, Lyon``."""
        place = f", {self.place}" if self.place else ""
        return f"{self.kind} at {self.event}{place}"


def cite(catalogue: Catalogue, talk: TalkEntry, key: str, site: Site) -> Citation:
    """Return the citation of a talk."""
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


@cached_query
def citation_keys(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the key of each talk by its object name.

    A talk that has moved, as ``redirects.txt`` says, keeps its key.
    """
    typed, _problems = redirects.load_redirects(catalogue.root)
    sources = {redirect.old for redirect in typed}
    moves = {
        redirect.new: redirect.old
        for redirect in reversed(typed)
        if bool(redirect.new.anchor) == bool(redirect.old.anchor)
    }

    def first_address(place: RedirectTarget) -> RedirectTarget:
        seen = set()
        while place not in seen:
            seen.add(place)
            if place in moves:
                place = moves[place]
            elif page := moves.get(RedirectTarget(place.docname)):
                moved = RedirectTarget(page.docname, place.anchor)
                place = place if moved in sources else moved
        return place

    return {
        talk.object_name: _key(first_address(RedirectTarget(talk.docname, talk.node_id)))
        for talk in catalogue.talks
    }


def _key(address: RedirectTarget) -> str:
    path = address.docname.removeprefix("years/")
    safe = _UNSAFE.sub("-", path)
    unique = "" if safe == path else f"-{slug_suffix(path)}"
    return f"{safe}{unique}:{address.anchor}"
