"""Fields and headings of a note that its page does not show elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from confnotes.catalogue import Catalogue, NoteEntry, TalkEntry
from confnotes.model import FieldValue
from confnotes.notes.openings.unshown_words import connectives
from confnotes.notes.syntax.wiki_links import strip_wiki_links
from confnotes.url_finder import find_urls

_SHOWN_ELSEWHERE = frozenset(
    "title event conference date year speaker speakers presenter presenters affiliation kind type "
    "topic topics tag tags filetags category categories keywords slides video recording".split()
)
"""Fields of a note that its heading or its talk may show."""
_WORD = re.compile(r"\w+")


def shows_heading(talk: TalkEntry) -> bool:
    """Return True if the section of a talk shows all of its heading as typed."""
    return _covers(_shown_of_heading(talk), talk.talk.heading, talk.talk.heading)


def remaining_fields(
    catalogue: Catalogue, entry: NoteEntry, title: str
) -> Iterator[tuple[str, FieldValue]]:
    """Yield the fields of a note that its page, called ``title``, does not show elsewhere."""
    note = entry.note
    shown = f"{title} {catalogue.events[entry.event].name} {note.date or ''}"
    if len(entry.talks) == 1:
        shown += f" {_shown_of(catalogue, entry.talks[0])}"
    for name, value in note.fields:
        is_shown = name in _SHOWN_ELSEWHERE and _covers(
            shown, value.text, strip_wiki_links(value.text)
        )
        if value.text and not is_shown:
            yield name, value


def _shown_of_heading(talk: TalkEntry) -> str:
    """Return what a talk's section shows of its heading."""
    typed = talk.talk
    people = (f"{s.name} {s.affiliation} {s.role} {s.handle} {s.id}" for s in typed.speakers)
    return " ".join((talk.title, typed.track, typed.kind.value, *people))


def _shown_of(catalogue: Catalogue, talk: TalkEntry) -> str:
    """Return what the section of a talk shows of the fields of its note."""
    topics = (catalogue.topics[match.topic].title for match in talk.topics)
    return " ".join((_shown_of_heading(talk), *topics, *(to.url for to in talk.talk.materials)))


def _covers(shown: str, text: str, words: str) -> bool:
    """Return True if ``shown`` has every URL of ``text`` and each of ``words`` but connectives."""
    known = Counter(_WORD.findall(shown.casefold()))
    typed = Counter(word for word in _WORD.findall(words.casefold()) if word not in connectives())
    has_urls = all(text[start:end] in shown for start, end, _url in find_urls(text))
    return has_urls and typed <= known
