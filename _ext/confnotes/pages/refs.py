"""References to what the catalogue knows, and lines of several of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.model import Event
from confnotes.pages.blocks import Inline, List, ListItem, Para, Ref, Span, Text


def event_name(docname: str) -> str:
    """Return an event's name in the inventory: ``2015/linux-conf-au``."""
    return docname.removeprefix("years/").removesuffix("/index")


def event(held: Event) -> Ref:
    return Ref("event", event_name(held.docname), held.name)


def person(catalogue: Catalogue, slug: str) -> Ref:
    return Ref("speaker", slug, catalogue.people[slug].name)


def topic(catalogue: Catalogue, slug: str) -> Ref:
    return Ref("topic", slug, catalogue.topics[slug].title)


def talk(entry: TalkEntry) -> Ref:
    return Ref("talk", entry.object_name, entry.title)


def joined(parts: Iterable[Inline], between: str = " · ") -> tuple[Inline, ...]:
    """Return ``parts`` with ``between`` between them."""
    made: list[Inline] = []
    for part in parts:
        made += [Text(between), part] if made else [part]
    return tuple(made)


def counts(pairs: Sequence[tuple[Ref, int]]) -> List:
    """Return a list of references, each with its number."""
    items = (
        ListItem((Para((ref, Text(" "), Span(("conf-count",), (Text(f"({number})"),)))),))
        for ref, number in pairs
    )
    return List(tuple(items), classes=("conf-counts",))
