"""Summaries of notes: what is compared across all notes, without their text.

Thousands of these take a fraction of the time and memory of the notes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from confnotes.catalogue import talks
from confnotes.catalogue.topics import TopicMatch, Vocabulary
from confnotes.model import FieldValue, Note, Problem
from confnotes.notes.codes import GuessCode
from confnotes.notes.syntax.fields import split_topics

_TAGS = frozenset({"tags", "tag", "filetags", "categories", "category", "keywords"})


class SpeakerSummary(NamedTuple):
    """A speaker as typed; ``id`` is the address of a page, if one was typed."""

    name: str
    line: int
    id: str


class TalkSummary(NamedTuple):
    """A talk. ``topics`` are slugs."""

    node_id: str
    line: int
    title: str
    """As typed; :attr:`shown` is what to call the talk where its author gave none."""
    shown: str
    speakers: tuple[SpeakerSummary, ...]
    unsure: frozenset[str]
    """Names that are too unsure for a page of their own."""
    topics: tuple[str, ...]
    also: tuple[str, ...]
    """Events where the talk was given, too, as typed."""


class NoteSummary(NamedTuple):
    """A note. ``order`` sorts the notes of an event."""

    path: str
    event: str
    series: str
    date: date | None
    order: talks.Order
    talks: tuple[TalkSummary, ...]
    is_event_typed: bool
    """False where ``event`` and ``series`` are guessed from the path."""


class NoteTopics(NamedTuple):
    """The topics of a note's talks, and the problems with them."""

    topics: tuple[tuple[TopicMatch, ...], ...]
    unclear: tuple[Problem, ...]


def summarize(docname: str, note: Note, vocabulary: Vocabulary) -> tuple[NoteSummary, NoteTopics]:
    """Return the summary of a note, and the topics of its talks."""
    tags = _tags(note) if len(note.talks) == 1 else ()
    found = [vocabulary.match_topics(talk, note.path, tags) for talk in note.talks]
    matches = tuple(matches for matches, _ in found)
    unclear = tuple(problem for _, problems in found for problem in problems)
    brief = tuple(
        TalkSummary(
            node_id=node_id,
            line=talk.line,
            title=talk.title,
            shown=talks.display_title(talk),
            speakers=tuple(SpeakerSummary(one.name, one.line, one.id) for one in talk.speakers),
            unsure=frozenset(
                one.name
                for one in talk.speakers
                if talks.speaker_confidence(talk, one) < talks.MIN_PERSON_CONFIDENCE
            ),
            topics=tuple(match.topic for match in topics),
            also=tuple(value.text for value in talk.also),
        )
        for talk, node_id, topics in zip(
            note.talks, talks.node_ids(note.talks), matches, strict=True
        )
    )
    order = talks.session_sort_key(docname, note)
    typed = all(guess.code != GuessCode.EVENT_FROM_PATH for guess in note.guesses)
    summary = NoteSummary(
        path=note.path,
        event=note.event,
        series=note.series,
        date=note.date,
        order=order,
        talks=brief,
        is_event_typed=typed,
    )
    return summary, NoteTopics(matches, unclear)


def _tags(note: Note) -> tuple[FieldValue, ...]:
    values = (value for name, value in note.fields if name in _TAGS)
    return tuple(
        replace(tag, text=tag.text.strip("#[] ")) for value in values for tag in split_topics(value)
    )


def sure_speakers(summaries: Iterable[NoteSummary]) -> Iterable[SpeakerSummary]:
    """Yield each speaker of each talk whose name is sure enough for a page."""
    return (
        speaker
        for note in summaries
        for talk in note.talks
        for speaker in talk.speakers
        if speaker.name not in talk.unsure
    )
