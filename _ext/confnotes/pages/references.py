"""References to what the catalogue knows, and lines of several of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.model import Event
from confnotes.pages.model import CrossReference, Inline, List, ListItem, Para, Span, Text


def event_name(docname: str) -> str:
    """Return an event's name in the inventory: ``2015/linux-conf-au``."""
    return docname.removeprefix("years/").removesuffix("/index")


def event(held: Event) -> CrossReference:
    return CrossReference("event", event_name(held.docname), held.name)


def person(catalogue: Catalogue, slug: str) -> CrossReference:
    return CrossReference("speaker", slug, catalogue.people[slug].name)


def topic(catalogue: Catalogue, slug: str) -> CrossReference:
    return CrossReference("topic", slug, catalogue.topics[slug].title)


def talk(entry: TalkEntry) -> CrossReference:
    return CrossReference("talk", entry.object_name, entry.title)


def join(parts: Iterable[Inline], between: str = " · ") -> tuple[Inline, ...]:
    """Return ``parts`` with ``between`` between them."""
    made: list[Inline] = []
    for part in parts:
        made += [Text(between), part] if made else [part]
    return tuple(made)


def counted_list(pairs: Sequence[tuple[CrossReference, int]]) -> List:
    """Return a list of references, each with its number."""
    items = (
        ListItem((Para((ref, Text(" "), Span(("conf-count",), (Text(f"({number})"),)))),))
        for ref, number in pairs
    )
    return List(tuple(items), classes=("conf-counts",))
