"""Search documents: the texts of each talk that the index has, with their weights.

Weights rank titles above names, and names above the body; phrases
of topics have none, so that they find a talk and do not exclude it, and only the words that the
talk does not say. Names are repeated in every
other spelling and without accents. The body follows :data:`BODY`, so that excerpts are cut from it
alone; it is last, since the places of all other words are small numbers then. Talks are in
chronological order, which the index keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from confnotes.catalogue import Catalogue, Person, TalkEntry
from confnotes.catalogue.repeated_talks import repeated_talks
from confnotes.names import normalize
from confnotes.notes.syntax.inline import plain_lines
from confnotes.pages.dates import format_date
from confnotes.pages.i18n import _
from confnotes.pages.programme_blocks import recording
from confnotes.search.words import segment

BODY = "⁂"
MATCH_ALL = "zqtalk"
"""The first word of every document, so that facets alone are a query; nobody types it."""

Uri = Callable[[str], str]
"""From a docname to the address of its page, relative to the root of the site."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A talk in the index: texts with their weights, and what a result shows of it.

    ``facets`` are pairs of a facet of the search page and a value.
    """

    texts: tuple[tuple[int, str], ...]
    meta: Mapping[str, str]
    facets: tuple[tuple[str, str], ...] = ()


def search_documents(catalogue: Catalogue, uri: Uri, language: str) -> Iterator[SearchDocument]:
    """Yield a document for each talk, oldest first; of a repeated talk, for the last one."""
    for talk in sorted(catalogue.talks, key=catalogue.date_of):
        given = repeated_talks(catalogue).get(talk.object_name, (talk,))
        if talk != given[-1]:
            continue
        spoken = catalogue.notes[talk.docname].note.language
        people = [catalogue.people[slug] for slug in dict.fromkeys(talk.people)]
        meta = {
            "title": talk.title,
            "speakers": ", ".join(person.label for person in people),
            "event": catalogue.events[talk.event].name,
            "date": format_date(talk.date) if talk.date else "",
            "recorded": f"({_('Recording')})" if recording(catalogue, talk) else "",
            "lang": spoken if spoken != language.partition("_")[0] else "",
            "url": f"{uri(talk.docname)}#{talk.node_id}",
        }
        yield SearchDocument(
            texts=tuple(
                (weight, " ".join(segment(text).split()))
                for weight, text in _texts(catalogue, talk, given, people)
                if text
            ),
            meta={name: " ".join(value.split()) for name, value in meta.items() if value},
            facets=tuple(_facets(catalogue, talk, given)),
        )


def _texts(
    catalogue: Catalogue, talk: TalkEntry, given: tuple[TalkEntry, ...], people: Sequence[Person]
) -> Iterator[tuple[int, str]]:
    """Yield texts and their weights; ``given`` is the talk at each of its events."""
    events = [catalogue.events[one.event] for one in given]
    matched = dict.fromkeys(match.topic for one in given for match in one.topics)
    topics = [catalogue.topics[slug] for slug in matched]
    names = [person.label for person in people]
    titles = _joined(topic.title for topic in topics)
    body = _joined((text for one in given for text in _body(catalogue, one)), " · ")
    said = {word.casefold() for text in (talk.title, titles, body) for word in text.split()}
    phrases = dict.fromkeys(
        word for topic in topics for phrase in topic.phrases for word in phrase.split()
    )
    aliases = (alias for person in people for alias in person.aliases)
    yield 1, MATCH_ALL
    yield 10, talk.title
    yield 6, _joined(names)
    yield 4, titles
    yield 0, _joined(word for word in phrases if word.casefold() not in said)
    yield 2, _joined([*(one.name for one in events), talk.talk.track])
    yield 3, _joined(_alternative_spellings(names, aliases))
    yield 1, BODY
    yield 1, body


def _facets(
    catalogue: Catalogue, talk: TalkEntry, given: tuple[TalkEntry, ...]
) -> Iterator[tuple[str, str]]:
    for slug in talk.people:
        yield "speaker", catalogue.people[slug].label
    for match in (match for one in given for match in one.topics):
        yield "topic", catalogue.topics[match.topic].title
        yield from (("topic", broader.title) for broader in catalogue.ancestors(match.topic))
    for event in (catalogue.events[one.event] for one in given):
        yield "event", event.name
        yield "year", str(event.year)
    yield "kind", _(talk.talk.kind.value.capitalize())


def _body(catalogue: Catalogue, talk: TalkEntry) -> Iterator[str]:
    markup = catalogue.notes[talk.docname].note.markup
    return plain_lines(talk.talk.body, markup)


def _joined(texts: Iterable[str], between: str = ". ") -> str:
    return between.join(filter(None, texts))


def _alternative_spellings(names: list[str], aliases: Iterable[str]) -> Iterator[str]:
    """Yield the aliases of people, and every name without accents."""
    seen = set(names)
    for name in (*names, *aliases):
        for spelling in (name, normalize(name)):
            if spelling not in seen and spelling != name.casefold():
                seen.add(spelling)
                yield spelling
