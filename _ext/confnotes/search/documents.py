"""Search documents: a small HTML document for each talk, which Pagefind indexes.

They are not part of the site. Weights rank titles above names, and names above the body; phrases
of topics have none, so that they find a talk and do not exclude it. Names are repeated in every
other spelling and without accents. The body follows :data:`BODY`, so that excerpts are cut from it
alone; it is last, since the places of all other words are small numbers then. Talks are in
chronological order, which the index keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.repeated_talks import repeated_talks
from confnotes.names import normalize
from confnotes.notes.syntax.inline import plain_lines
from confnotes.pages.dates import format_date
from confnotes.pages.i18n import _
from confnotes.search.words import segment

BODY = "⁂"
MATCH_ALL = "zqtalk"
"""The first word of every document, so that facets alone are a query; nobody types it."""

Uri = Callable[[str], str]
"""From a docname to the address of its page, relative to the root of the site."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A talk in the index: a document, and a path for it that no other talk has.

    ``facets`` are pairs of a facet of the search page and a value.
    """

    path: str
    html: str
    facets: tuple[tuple[str, str], ...] = ()


def search_documents(catalogue: Catalogue, uri: Uri, language: str) -> Iterator[SearchDocument]:
    """Yield a document for each talk, oldest first; of a repeated talk, for the last one."""
    for talk in sorted(catalogue.talks, key=catalogue.date_of):
        given = repeated_talks(catalogue).get(talk.object_name, (talk,))
        if talk != given[-1]:
            continue
        html = "".join(_document(catalogue, talk, given))
        if talk.date:
            html += _meta("date", format_date(talk.date))
        spoken = catalogue.notes[talk.docname].note.language
        html += _meta("lang", spoken if spoken != language.partition("_")[0] else "")
        html += _meta("url", f"{uri(talk.docname)}#{talk.node_id}")
        page = f"<html lang='{escape(language)}'><body data-pagefind-body>{html}</body></html>"
        facets = tuple(_facets(catalogue, talk, given))
        yield SearchDocument(f"{talk.docname}/{talk.node_id}.html", page, facets)


def _document(catalogue: Catalogue, talk: TalkEntry, given: tuple[TalkEntry, ...]) -> Iterator[str]:
    """Yield the parts of a document; ``given`` is the talk at each of its events."""
    event = catalogue.events[talk.event]
    events = [catalogue.events[one.event] for one in given]
    people = [catalogue.people[slug] for slug in dict.fromkeys(talk.people)]
    matched = dict.fromkeys(match.topic for one in given for match in one.topics)
    topics = [catalogue.topics[slug] for slug in matched]
    titles = [topic.title for topic in topics]
    names = [person.label for person in people]
    yield f"<p>{MATCH_ALL}</p>"
    yield f'<h1 data-pagefind-weight="10">{escape(segment(talk.title))}</h1>'
    yield _meta("title", talk.title)
    yield _words(6, names)
    yield _words(4, titles)
    phrases = (phrase for topic in topics for phrase in topic.phrases)
    yield _words(0, dict.fromkeys(word for phrase in phrases for word in phrase.split()))
    yield _words(2, [*(one.name for one in events), talk.talk.track])
    yield _words(
        3, _alternative_spellings(names, (alias for person in people for alias in person.aliases))
    )
    yield f"<p>{BODY}</p>"
    yield _words(1, (text for one in given for text in _body(catalogue, one)), " · ")
    yield _meta("speakers", ", ".join(names))
    yield _meta("event", event.name)


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


def _words(weight: int, texts: Iterable[str], between: str = ". ") -> str:
    said = between.join(filter(None, texts))
    return f'<p data-pagefind-weight="{weight}">{escape(segment(said))}</p>' if said else ""


def _alternative_spellings(names: list[str], aliases: Iterable[str]) -> Iterator[str]:
    """Yield the aliases of people, and every name without accents."""
    seen = set(names)
    for name in (*names, *aliases):
        for spelling in (name, normalize(name)):
            if spelling not in seen and spelling != name.casefold():
                seen.add(spelling)
                yield spelling


def _meta(name: str, value: str) -> str:
    return f'<i data-pagefind-meta="{name}:{escape(value)}"></i>' if value else ""
