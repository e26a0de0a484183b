"""What can be found: one small HTML document for each talk, as Pagefind reads it.

Only the index sees these documents. Weights put a title above names, and names above the
body; names are also there in every other spelling, and without accents. The body comes
first, up to :data:`END`, so that an excerpt can be cut from it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from confnotes.body_lines import iter_lines
from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.names import normalize

END = "⁂"
MATCH_ALL = "zqtalk"
"""In every record, so that filters alone are a question, too; nobody types it."""

Uri = Callable[[str], str]
"""From a docname to the address of its page, relative to the site's root; so is a record's."""
Day = Callable[[date], str]
"""How a date is shown."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A talk in the index: a document, and a path for it that no other talk has."""

    path: str
    html: str


def search_documents(
    catalogue: Catalogue, uri: Uri, day: Day, language: str
) -> Iterator[SearchDocument]:
    """Yield a record for every talk."""
    for talk in catalogue.talks:
        html = "".join(_document(catalogue, talk))
        if talk.date:
            html += _meta("date", day(talk.date))
        html += _meta("url", f"{uri(talk.docname)}#{talk.node_id}")
        page = f"<html lang='{escape(language)}'><body data-pagefind-body>{html}</body></html>"
        yield SearchDocument(f"{talk.docname}/{talk.node_id}.html", page)


def _document(catalogue: Catalogue, talk: TalkEntry) -> Iterator[str]:
    event = catalogue.events[talk.event]
    people = [catalogue.people[slug] for slug in dict.fromkeys(talk.people)]
    topics = [catalogue.topics[match.topic].title for match in talk.topics]
    names = [person.name for person in people]
    yield _words(1, (text for _, _, text in iter_lines(talk.talk.body)), " · ")
    yield f"<p>{END} {MATCH_ALL}</p>"
    yield f'<h1 data-pagefind-weight="10" data-pagefind-meta="title">{escape(talk.title)}</h1>'
    yield _words(6, names)
    yield _words(4, topics)
    yield _words(2, [event.name, talk.talk.track])
    yield _words(
        3, _alternative_spellings(names, (alias for person in people for alias in person.aliases))
    )
    yield _meta("speakers", ", ".join(names))
    yield _meta("event", event.name)
    yield f'<i data-pagefind-sort="date:{talk.date or event.year}"></i>'
    for name, values in (
        ("speaker", names),
        ("topic", topics),
        ("event", [event.name]),
        ("year", [str(event.year)]),
        ("kind", [talk.talk.kind.value]),
    ):
        for value in dict.fromkeys(values):
            yield f'<i data-pagefind-filter="{name}:{escape(value)}"></i>'


def _words(weight: int, texts: Iterable[str], between: str = ". ") -> str:
    said = between.join(filter(None, texts))
    return f'<p data-pagefind-weight="{weight}">{escape(said)}</p>' if said else ""


def _alternative_spellings(names: list[str], aliases: Iterable[str]) -> Iterator[str]:
    """Yield what else to find people by: their aliases, and every name without accents."""
    seen = set(names)
    for name in (*names, *aliases):
        for spelling in (name, normalize(name)):
            if spelling not in seen and spelling != name.casefold():
                seen.add(spelling)
                yield spelling


def _meta(name: str, value: str) -> str:
    return f'<i data-pagefind-meta="{name}:{escape(value)}"></i>' if value else ""
