"""Differences between notes and the programmes of their events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from rapidfuzz import fuzz

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.programme import ScheduledTalk, day_of
from confnotes.catalogue.programme_match import scheduled_talks
from confnotes.documented_enum import ProblemCode, Severity
from confnotes.lint.source_lines import field_at
from confnotes.model import Problem
from confnotes.names import family_key, name_key, normalize
from confnotes.notes.syntax.fields import FieldName

_WORD = re.compile(r"\w+")
_SAME_SPELLING = 92
"""Similarity of two titles, of 100, from which one of them is only misspelt."""


class ProgrammeCode(ProblemCode):
    """Differences between a note and a programme."""

    RENAMED = "renamed-talk", "the programme has a talk under another title", Severity.INFO
    OTHER_SPEAKER = "other-speaker", "the programme names other speakers of a talk", Severity.INFO
    MOVED = "moved-talk", "the programme has a talk on another day", Severity.INFO
    CANCELLED = "cancelled-talk", "the programme says that a talk was cancelled", Severity.INFO


Difference: TypeAlias = tuple[Problem, str]
"""A problem, and the field line that resolves it, empty if none can."""


def differences(catalogue: Catalogue) -> Iterator[Difference]:
    """Yield the differences, note by note; field lines overrule the programme."""
    scheduled = scheduled_talks(catalogue)
    for note in catalogue.notes.values():
        for talk in note.talks:
            if found := scheduled.get(talk.object_name):
                yield from _differences(catalogue, note.note.path, talk, found)


def _differences(
    catalogue: Catalogue, path: str, talk: TalkEntry, scheduled: ScheduledTalk
) -> Iterator[Difference]:
    if talk.is_titled and not _is_same_title(talk.title, scheduled):
        message = f"the programme calls ‘{talk.title}’ ‘{scheduled.title}’"
        yield _difference(ProgrammeCode.RENAMED, path, talk, message, "rename it if that is right")
    names = [speaker.name for speaker in talk.talk.speakers]
    is_said = _has_speakers_field(catalogue, path, talk)
    if names and not is_said and not _are_same_people(catalogue, names, scheduled.speakers):
        announced, typed = ", ".join(scheduled.speakers), ", ".join(names)
        message = f"the programme names {announced}, the note {typed}"
        hint, field = "", f"Speakers: {announced}"
        if any(name in talk.talk.heading for name in names if not _is_named(name, announced)):
            hint = f"type {announced} in place of {typed} in the heading if that is right"
            field = ""
        yield _difference(ProgrammeCode.OTHER_SPEAKER, path, talk, message, hint, field)
    day = day_of(scheduled.start)
    if day and talk.date and talk.date != day and not talk.talk.date:
        message = f"the programme has it on {day}, the note on {talk.date}"
        yield _difference(ProgrammeCode.MOVED, path, talk, message, field=f"Date: {day}")
    if scheduled.cancelled:
        message = f"the programme says that ‘{scheduled.title}’ was cancelled"
        yield _difference(ProgrammeCode.CANCELLED, path, talk, message, "delete it if it was")


def _difference(
    code: ProgrammeCode, path: str, talk: TalkEntry, message: str, hint: str = "", field: str = ""
) -> Difference:
    hint = hint or f"type ‘{field}’ below the heading if that is right"
    return Problem.of(code, path, message, hint, talk.talk.line), field


def _is_named(name: str, announced: str) -> bool:
    """Return True if a field of the ``announced`` takes the family name off the heading."""
    return family_key(name) in name_key(announced).split()


def _has_speakers_field(catalogue: Catalogue, path: str, talk: TalkEntry) -> bool:
    fields = (field_at(catalogue, path, speaker.line) for speaker in talk.talk.speakers)
    return any(field is not None and field.name is FieldName.SPEAKERS for field in fields)


def _are_same_people(catalogue: Catalogue, names: list[str], announced: tuple[str, ...]) -> bool:
    """Return True if both lists have the same people, or if nobody is announced."""
    same = [[_is_same_person(catalogue, one, other) for other in announced] for one in names]
    return not announced or (all(map(any, same)) and all(map(any, zip(*same, strict=True))))


def _is_same_person(catalogue: Catalogue, one: str, other: str) -> bool:
    """Return True for two spellings of a name; one may lack a middle name."""
    short, whole = sorted((name_key(one).split(), name_key(other).split()), key=len)
    person = catalogue.person(one)
    return (person is not None and person is catalogue.person(other)) or (
        set(short) <= set(whole) and len(short) in {len(whole), max(2, len(whole) - 1)}
    )


def _is_same_title(typed: str, scheduled: ScheduledTalk) -> bool:
    """Return True if one title has all words of the other, or differs from it by a letter."""
    short, announced = _words(typed), _words(scheduled.title)
    whole = [*announced, *_words(scheduled.subtitle)]
    return (
        set(short) <= set(whole)
        or set(announced) <= set(short)
        or fuzz.ratio(" ".join(short), " ".join(announced)) >= _SAME_SPELLING
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(normalize(text))
