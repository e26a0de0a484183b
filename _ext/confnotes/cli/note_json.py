"""A note as JSON: the contract of ``confnotes show --json``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TypeAlias

from confnotes.body import Block, iter_lines
from confnotes.catalogue.topics import Vocabulary
from confnotes.model import Note, Talk

Json: TypeAlias = dict[str, object]


def note_as_json(note: Note, vocabulary: Vocabulary | None) -> Json:
    """Return ``note``; with a ``vocabulary``, talks have the topics it finds."""
    return {
        "path": note.path,
        "line": note.line,
        "title": note.title,
        "event": note.event,
        "series": note.series,
        "year": note.year,
        "day": note.day,
        "date": note.date.isoformat() if note.date else None,
        "session": note.session,
        "markup": note.markup.value,
        "intro": _body(note.intro),
        "talks": [_talk(talk, vocabulary) for talk in note.talks],
        "outro": _body(note.closing),
        "guesses": [asdict(guess) for guess in note.guesses],
        "problems": [
            {key: value for key, value in asdict(problem).items() if key != "path"}
            for problem in note.problems
        ],
        "dropped": [asdict(line) for line in note.dropped],
    }


def _talk(talk: Talk, vocabulary: Vocabulary | None) -> Json:
    body = _body(talk.body)
    topics = (
        [vocabulary.topics[match.topic].title for match in vocabulary.match_topics(talk, "")[0]]
        if vocabulary
        else [value.text for value in talk.topics]
    )
    return {
        "line": talk.line,
        "head": talk.heading,
        "title": talk.title,
        "kind": talk.kind.value,
        "track": talk.track,
        "speakers": [asdict(speaker) for speaker in talk.speakers],
        "topics": topics,
        "date": talk.date.isoformat() if talk.date else None,
        "materials": [asdict(link) for link in talk.materials],
        "links": [asdict(link) for link in talk.links],
        "body_lines": len(body),
        "body": body,
        "guesses": [asdict(guess) for guess in talk.guesses],
    }


def _body(blocks: Iterable[Block]) -> list[Json]:
    """Return each line; ``depth`` is 1 and more for bullets, 0 for other lines."""
    return [
        {"line": line, "depth": depth, "text": text} for line, depth, text in iter_lines(blocks)
    ]
