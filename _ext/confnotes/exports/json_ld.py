"""Structured data (schema.org) of each page: its subject and breadcrumbs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.exports.api_types import iso_date
from confnotes.exports.atom import first_lines
from confnotes.exports.site import Site
from confnotes.invisible_characters import clean_line
from confnotes.model import Event
from confnotes.names import split_name
from confnotes.pages import split_notes
from confnotes.pages.navigation import navigation_for
from confnotes.pages.shorthands import shorten_description

JsonObject: TypeAlias = dict[str, Any]
_MAX_DESCRIPTION = 100
"""Characters of the description of a talk."""


def json_ld_graph(catalogue: Catalogue, docname: str, title: str, site: Site) -> JsonObject:
    graph_items = list(_items_of(catalogue, docname, title, site))
    if trail := navigation_for(catalogue, docname).breadcrumbs:
        items = [
            {"@type": "ListItem", "position": number, "name": name, "item": site.page(page)}
            for number, (page, name) in enumerate(trail, 1)
        ]
        here = {"@type": "ListItem", "position": len(items) + 1, "name": title}
        graph_items.append({"@type": "BreadcrumbList", "itemListElement": [*items, here]})
    return {"@context": "https://schema.org", "@graph": graph_items}


def _items_of(catalogue: Catalogue, docname: str, title: str, site: Site) -> Iterator[JsonObject]:
    folder, _, slug = docname.partition("/")
    if docname in catalogue.events:
        yield _event(catalogue.events[docname], site)
    elif folder == "speakers" and slug in catalogue.people:
        yield _person(catalogue, slug, site)
    elif talks := split_notes.talks_on_page(catalogue, docname):
        given = [_talk(catalogue, talk) for talk in talks]
        yield _event(catalogue.events[talks[0].event], site, subEvent=given)
    else:
        kind, name = ("WebSite", site.name) if docname == "index" else ("CollectionPage", title)
        known = folder == "topics" and slug in catalogue.topics
        about = _topic(catalogue, slug) if known else None
        yield _item(kind, site.page(docname), name, about=about)


def _event(event: Event, site: Site, **properties: Any) -> JsonObject:
    return _item(
        "Event",
        site.page(event.docname),
        event.name,
        alternateName=event.aliases,
        startDate=iso_date(event.start) or f"{event.year:04}",
        endDate=iso_date(event.end),
        location=_place(event),
        superEvent={"@type": "EventSeries", "name": event.series},
        sameAs=event.url,
        **properties,
    )


def _talk(catalogue: Catalogue, talk: TalkEntry) -> JsonObject:
    """Return a talk of the page, whose address is relative, as a part of its event."""
    return _item(
        "Event",
        f"#{talk.node_id}",
        talk.title,
        description=shorten_description(first_lines(catalogue, talk), _MAX_DESCRIPTION),
        startDate=iso_date(talk.date),
        performer=[_performer(catalogue.people[slug].name) for slug in dict.fromkeys(talk.people)],
    )


def _performer(name: str) -> JsonObject:
    """Return a speaker, with the family name where it is not the last word."""
    shown = clean_line(name)
    family, _given = split_name(shown)
    known = {} if family == shown.rpartition(" ")[2] else {"familyName": family}
    return {"@type": "Person", "name": shown, **known}


def _person(catalogue: Catalogue, slug: str, site: Site) -> JsonObject:
    person = catalogue.people[slug]
    links = (link.url for link in person.links)
    return _item(
        "Person",
        site.page(person.docname),
        person.name,
        alternateName=person.aliases,
        disambiguatingDescription=person.distinction,
        pronouns=person.pronouns,
        image=site.picture(person.picture),
        identifier=person.orcid_url,
        sameAs=[url for url in (*links, person.website, person.orcid_url) if url],
    )


def _topic(catalogue: Catalogue, slug: str) -> JsonObject:
    return {"@type": "Thing", "name": catalogue.topics[slug].title}


def _place(event: Event) -> JsonObject | None:
    if not event.location:
        return None
    return {"@type": "Place", "name": event.location, "address": event.location}


def _item(kind: str, address: str, name: str, **properties: Any) -> JsonObject:
    """Return an item with a URL, and the non-empty ``properties``."""
    known = {key: value for key, value in properties.items() if value}
    return {"@type": kind, "url": address, "name": name, **known}
