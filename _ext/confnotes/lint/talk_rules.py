"""Rules on notes and their talks."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.events import event_of
from confnotes.catalogue.people import find_slug
from confnotes.catalogue.repeated_talks import title_similarity
from confnotes.catalogue.talks import speaker_confidence
from confnotes.lint.codes import LintCode
from confnotes.lint.source_lines import lines_of
from confnotes.lint.speaker_rules import Mention, mentions_by_person
from confnotes.model import Note, Problem, Speaker, TalkKind
from confnotes.names import identity_key, normalize
from confnotes.notes.codes import DropReason
from confnotes.notes.codes import NoteCode as Notes
from confnotes.notes.syntax.fields import names_speakers
from confnotes.suggest import did_you_mean

_CONFIDENT = 0.7
"""The least confidence of a guess that is not reported."""
_NO_TALKS = frozenset({TalkKind.QUESTIONS, TalkKind.PANEL, TalkKind.LIGHTNING, TalkKind.OTHER})
"""Kinds that need no speaker."""
_MIN_WORDS, _NEAR_TITLES = 3, 90.0
"""Words of a distinctive title; similarity of two titles of one talk, in percent."""
_WITHOUT_TEXT = frozenset({Notes.EMPTY_NOTE, Notes.NOT_TEXT})
_REPORTED = frozenset(
    {
        DropReason.COMMENT,
        DropReason.HEADING,
        DropReason.ATTRIBUTES,
        DropReason.TAGS,
        DropReason.BESIDE_DATE,
    }
)
"""Reasons for dropping text of the author; all others drop boilerplate."""


def low_confidence(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each unsure guess; :func:`without_speaker` reports those on a talk without one."""
    for entry in catalogue.notes.values():
        for talk in entry.talks:
            if not talk.slugs or _is_bare(entry.note):
                continue
            reported = {speaker.line for speaker in _without_page(talk)}
            for guess in talk.talk.guesses:
                if guess.confidence < _CONFIDENT and guess.line not in reported:
                    message = f"{guess.message} ({guess.confidence:.0%} sure)"
                    hint = "a line ‘Speakers: …’ below the heading settles it"
                    yield Problem.of(LintCode.UNSURE, entry.note.path, message, hint, guess.line)


def without_page(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each speaker whose name is too unsure for a page."""
    for entry in catalogue.notes.values():
        for talk in entry.talks:
            for speaker in _without_page(talk):
                sure = speaker_confidence(talk.talk, speaker)
                message = f"the speaker ‘{speaker.name}’ gets no page ({sure:.0%} sure)"
                hint = f"a line ‘Speakers: {speaker.name}’ below the heading makes one"
                code, line = LintCode.UNSURE_SPEAKER, speaker.line
                yield Problem.of(code, entry.note.path, message, hint, line)


def _without_page(talk: TalkEntry) -> list[Speaker]:
    return [
        speaker for slug, speaker in zip(talk.slugs, talk.talk.speakers, strict=True) if not slug
    ]


def without_speaker(catalogue: Catalogue) -> Iterator[Problem]:
    for entry in catalogue.notes.values():
        if _is_bare(entry.note):
            continue
        starts = [*(talk.talk.line for talk in entry.talks), sys.maxsize]
        for talk, after in zip(entry.talks, starts[1:], strict=True):
            if not talk.slugs and talk.talk.kind not in _NO_TALKS:
                lines = lines_of(catalogue, entry.note.path)
                if any(names_speakers(line) for line in lines[talk.talk.line - 1 : after - 1]):
                    continue
                sure = min((guess.confidence for guess in talk.talk.guesses), default=1.0)
                doubt = f" ({sure:.0%} sure)" if sure < _CONFIDENT else ""
                message = f"the talk ‘{talk.title}’ names no speaker{doubt}"
                hint, code = "add a line ‘Speakers: …’ below its heading", LintCode.NO_SPEAKER
                yield Problem.of(code, entry.note.path, message, hint, talk.talk.line)


def duplicate_talks(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each duplicate talk of an event; one without a speaker needs a distinctive title."""
    present = {entry.event for entry in catalogue.notes.values()}
    first: dict[object, str] = {}
    by_name = catalogue.people_by_name
    for docname, note in catalogue.summaries.items():
        event = event_of(docname)
        for talk in note.talks if event in present else ():
            title = identity_key(talk.title)
            slugs = (find_slug(by_name, one.name, one.id) for one in talk.speakers)
            people = frozenset(filter(None, slugs))
            if not talk.title or not (people or len(title.split()) > 2):
                continue
            here = f"{note.path}:{talk.line}"
            place = first.setdefault((event, title, people), here)
            if place != here:
                message = f"duplicate talk ‘{talk.title}’, first in {place}"
                hint = "delete one of the two, or tell them apart by their titles"
                yield Problem.of(LintCode.DUPLICATE_TALK, note.path, message, hint, talk.line)


def given_before(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each talk that one of its speakers has given under nearly the same title before.

    A field at any of the two settles it.
    """
    for talk in catalogue.talks:
        title, also = talk.talk.title, (value.text for value in talk.talk.also)
        near = (
            place
            for place in _earlier(catalogue, talk)
            if place.event != talk.event
            and title_similarity(title, place.summary.title) >= _NEAR_TITLES
        )
        is_distinctive = len(normalize(title).split()) >= _MIN_WORDS
        first = next(near, None) if is_distinctive else None
        if first is None or _is_among(catalogue, first.event, also):
            continue
        other = first.summary
        if not _is_among(catalogue, talk.event, other.also):
            path, name = catalogue.notes[talk.docname].note.path, catalogue.events[first.event].name
            message = f"‘{title}’ may be ‘{other.title}’ of {first.path}:{other.line}"
            hint = f"type ‘Also at: {name}’ below its heading if it is"
            yield Problem.of(LintCode.SAME_TALK, path, message, hint, talk.talk.line)


def _earlier(catalogue: Catalogue, talk: TalkEntry) -> Iterator[Mention]:
    """Yield the earlier talks of the speakers of ``talk``, the last of each speaker first."""
    mentions = mentions_by_person(catalogue)
    for slug in sorted({*talk.people}):
        before = takewhile(lambda one: one.talk != talk.object_name, mentions[slug])
        yield from reversed([*before])


def _is_among(catalogue: Catalogue, event: str, names: Iterable[str]) -> bool:
    return any((one := catalogue.event(name)) and one.docname == event for name in names)


def also_at_unknown(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each unknown event of an ``Also at:`` field that is similar to a known one."""
    names = [event.name for event in catalogue.events.values()]
    for talk in catalogue.talks:
        for value in (one for one in talk.talk.also if catalogue.event(one.text) is None):
            if hint := did_you_mean(value.text, names):
                path, line = catalogue.notes[talk.docname].note.path, value.line
                message = f"there is no event ‘{value.text}’"
                yield Problem.of(LintCode.UNKNOWN_EVENT, path, message, hint, line, value.column)


def without_text(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield notes with a heading and nothing else; the reader reports empty files."""
    for entry in catalogue.notes.values():
        note = entry.note
        if _is_bare(note) and _WITHOUT_TEXT.isdisjoint(one.code for one in note.problems):
            message, hint = "the note has a heading but no text", "add text or delete the file"
            yield Problem.of(LintCode.EMPTY_BODY, note.path, message, hint, note.line)


def _is_bare(note: Note) -> bool:
    """Return True if a note has nothing but a heading, which is then that of its talk."""
    nothing = not note.intro and not note.closing
    return nothing and all(not talk.body and talk.line == note.line for talk in note.talks)


def dropped_text(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield one problem for the dropped lines of each reason that are no boilerplate."""
    for entry in catalogue.notes.values():
        dropped = entry.note.dropped
        for reason, number in Counter(one.reason for one in dropped).items():
            if reason in _REPORTED:
                first = next(one.line for one in dropped if one.reason == reason)
                count = f"{number} lines are" if number > 1 else "the line is"
                message = f"{count} not shown on any page: {reason}"
                yield Problem.of(LintCode.DROPPED, entry.note.path, message, line=first)
