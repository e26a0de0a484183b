"""Atom feeds (RFC 4287): of everything, and of each speaker, topic and event with talks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.tracking import cached_query
from confnotes.exports.site import Site
from confnotes.notes.syntax.inline import plain_lines
from confnotes.pages.shorthands import shorten_description

MAX_ENTRIES, _MAX_LINES = 30, 10
"""Entries of a feed, and lines of notes in the summary of one."""
MAIN_FEED = "feed.xml"

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed(NamedTuple):
    """A feed: the page it belongs to, and the newest talks there, newest first."""

    path: str
    docname: str
    title: str
    talks: Sequence[TalkEntry]


def feed_files(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, str]]:
    """Yield each feed's path and its text."""
    feeds = list(_feeds(catalogue, site))
    entries = {talk.object_name: talk for feed in feeds for talk in feed.talks}
    made = {name: "".join(_entry(catalogue, site, talk)) for name, talk in entries.items()}
    for feed in feeds:
        yield feed.path, "".join(_feed(catalogue, site, feed, made))


def feed_path(docname: str) -> str:
    folder, _, name = docname.rpartition("/")
    return f"{folder}/feed.xml" if name == "index" else f"{docname}.xml"


def has_feed(catalogue: Catalogue, docname: str) -> bool:
    return docname in _subjects(catalogue)


def _feeds(catalogue: Catalogue, site: Site) -> Iterator[Feed]:
    if catalogue.talks:
        yield Feed(MAIN_FEED, "index", site.name, _newest(catalogue.talks))
    for docname, (title, talks) in _subjects(catalogue).items():
        yield Feed(feed_path(docname), docname, f"{title} – {site.name}", _newest(talks))


@cached_query
def _subjects(catalogue: Catalogue) -> Mapping[str, tuple[str, Sequence[TalkEntry]]]:
    """Return title and talks of each speaker, topic and event with talks, by docname."""
    found: dict[str, tuple[str, Sequence[TalkEntry]]] = {}
    for slug, talks in catalogue.talks_by_person.items():
        found[catalogue.people[slug].docname] = catalogue.people[slug].label, talks
    for slug, talks in catalogue.talks_by_topic.items():
        found[catalogue.topics[slug].docname] = catalogue.topics[slug].title, talks
    for docname, talks in catalogue.talks_by_event.items():
        found[docname] = catalogue.events[docname].name, talks
    return found


def _newest(talks: Sequence[TalkEntry]) -> Sequence[TalkEntry]:
    """Return the last of ``talks``, which are in chronological order, newest first."""
    return talks[: -MAX_ENTRIES - 1 : -1]


def _feed(
    catalogue: Catalogue, site: Site, feed: Feed, entries: Mapping[str, str]
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_quoted(site.language)}>\n'
    yield _element("title", feed.title)
    yield _element("id", site.file(feed.path))
    yield _element("updated", _instant(max(map(catalogue.date_of, feed.talks))))
    yield f'<link rel="self" href={_quoted(site.file(feed.path))}/>\n'
    yield f'<link rel="alternate" href={_quoted(site.page(feed.docname))}/>\n'
    yield f"<author>{_element('name', site.name)}</author>\n"
    yield from (entries[talk.object_name] for talk in feed.talks)
    yield "</feed>\n"


def _entry(catalogue: Catalogue, site: Site, talk: TalkEntry) -> Iterator[str]:
    address = site.page(talk.docname, talk.node_id)
    published = _instant(catalogue.date_of(talk))
    yield "<entry>\n"
    yield _element("title", talk.title)
    yield _element("id", address)
    yield _element("published", published)
    yield _element("updated", published)
    yield f'<link rel="alternate" href={_quoted(address)}/>\n'
    for slug in dict.fromkeys(talk.people):
        person = catalogue.people[slug]
        uri = _element("uri", site.page(person.docname))
        yield f"<author>{_element('name', person.name)}{uri}</author>\n"
    for match in talk.topics:
        label = catalogue.topics[match.topic].title
        yield f"<category term={_quoted(match.topic)} label={_quoted(label)}/>\n"
    yield _element("summary", note_summary(catalogue, talk))
    yield "</entry>\n"


def note_summary(catalogue: Catalogue, talk: TalkEntry) -> str:
    """Return the name of the event and the beginning of the notes."""
    parts = (catalogue.events[talk.event].name, first_lines(catalogue, talk))
    return shorten_description(" · ".join(filter(None, parts)))


def first_lines(catalogue: Catalogue, talk: TalkEntry) -> str:
    """Return the first lines of the notes of a talk."""
    markup = catalogue.notes[talk.docname].note.markup
    return " · ".join(filter(None, islice(plain_lines(talk.talk.body, markup), _MAX_LINES)))


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_strip_invalid_xml(text))}</{name}>\n"


def _quoted(text: str) -> str:
    return quoteattr(_strip_invalid_xml(text))


def _strip_invalid_xml(text: str) -> str:
    return _NO_XML.sub("", text)
