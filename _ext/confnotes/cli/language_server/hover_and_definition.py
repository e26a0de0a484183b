"""People and topics at a position of a note, for hover and definitions."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

import click

from confnotes.catalogue import Catalogue, Person, TalkEntry
from confnotes.catalogue.events import event_of
from confnotes.catalogue.summaries import TalkSummary
from confnotes.catalogue.topics import Topic
from confnotes.cli.note_text import render_talk
from confnotes.cli.output import pluralize
from confnotes.lint.speaker_rules import mentions_by_person

_MAX_TALKS = 10
"""Talks that are listed of a person or topic."""
_WORDS_OF_NAME = 5


def explain(catalogue: Catalogue, path: str, line: str, number: int, column: int) -> str:
    """Return the hover text at ``column``, from 0, of the line with this number, from 1."""
    named = find_named(catalogue, line, column)
    if named is not None:
        return "\n".join(_about(catalogue, named))
    talk = _talk_at(catalogue, path, number)
    return click.unstyle("\n".join(render_talk(talk.talk, catalogue.vocabulary))) if talk else ""


def find_named(catalogue: Catalogue, line: str, column: int) -> Person | Topic | None:
    """Return the person or topic whose name in ``line`` includes ``column``.

    The name of most words wins.
    """
    words = [match.span() for match in re.finditer(r"[^\s,;:–—()]+", line)]
    here = next((at for at, (start, end) in enumerate(words) if start <= column <= end), None)
    if here is None:
        return None
    for size in range(_WORDS_OF_NAME, 0, -1):
        for first in range(max(0, here - size + 1), here + 1):
            chosen = words[first : first + size]
            if len(chosen) == size and chosen[-1][1] >= column:
                name = line[chosen[0][0] : chosen[-1][1]]
                if found := catalogue.person(name) or catalogue.topic(name):
                    return found
    return None


def find_definitions(catalogue: Catalogue, line: str, column: int) -> list[tuple[str, int]]:
    """Return the places of a definition: the page of the person or topic, else each talk."""
    named = find_named(catalogue, line, column)
    if named is None:
        return []
    page = catalogue.handwritten.get(named.docname)
    if page is not None:
        return [(page.path, 1)]
    return [(path, talk.line) for _event, path, talk in _talks_of(catalogue, named)]


def _talk_at(catalogue: Catalogue, path: str, line: int) -> TalkEntry | None:
    """Return the talk that begins at or last before a line of the note at ``path``."""
    entries = (entry for entry in catalogue.notes.values() if entry.note.path == path)
    talks = [talk for entry in entries for talk in entry.talks if talk.talk.line <= line]
    return talks[-1] if talks else None


def _talks_of(catalogue: Catalogue, named: Person | Topic) -> list[tuple[str, str, TalkSummary]]:
    """Return the event, the path of the note, and the talk, for each of a person or topic."""
    places: Container[str] = ()
    if isinstance(named, Person):
        places = {one.talk for one in mentions_by_person(catalogue).get(named.slug, ())}
    return [
        (catalogue.events[event_of(docname)].name, note.path, talk)
        for docname, note in catalogue.summaries.items()
        for talk in note.talks
        if f"{docname}#{talk.node_id}" in places
        or (isinstance(named, Topic) and named.slug in talk.topics)
    ]


def _about(catalogue: Catalogue, named: Person | Topic) -> Iterator[str]:
    talks = _talks_of(catalogue, named)
    title = named.label if isinstance(named, Person) else named.title
    yield f"{title}: {pluralize(len(talks), 'talk')}"
    for event, _path, talk in reversed(talks[-_MAX_TALKS:]):
        yield f"  {talk.shown} – {event}"
    if len(talks) > _MAX_TALKS:
        yield f"  … and {pluralize(len(talks) - _MAX_TALKS, 'older talk')}"
