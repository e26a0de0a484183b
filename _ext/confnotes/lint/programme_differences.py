"""Where a note and the programme of its event differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.programme import ScheduledTalk, day_of
from confnotes.catalogue.programme_match import scheduled_talks
from confnotes.documented_enum import ProblemCode
from confnotes.lint.source_lines import field_at
from confnotes.model import Problem, Severity
from confnotes.names import identity_key, normalize
from confnotes.notes.syntax.fields import FieldName

_WORD = re.compile(r"\w+")


class ProgrammeCode(ProblemCode):
    """Differences between a note and a programme."""

    RENAMED = "renamed-talk", "the programme has a talk under another title", Severity.INFO
    OTHER_SPEAKER = "other-speaker", "the programme names other speakers of a talk", Severity.INFO
    MOVED = "moved-talk", "the programme has a talk on another day", Severity.INFO
    CANCELLED = "cancelled-talk", "the programme says that a talk was cancelled", Severity.INFO


@dataclass(frozen=True, kw_only=True)
class Difference:
    """``field`` is the line that makes the note say what the programme does, empty if none can."""

    problem: Problem
    field: str = ""


def differences(catalogue: Catalogue) -> Iterator[Difference]:
    """Yield what differs, note by note; what a field line says is the author’s last word."""
    scheduled = scheduled_talks(catalogue)
    for note in catalogue.notes.values():
        for talk in note.talks:
            if found := scheduled.get(talk.object_name):
                yield from _differences(catalogue, note.note.path, talk, found)


def _differences(
    catalogue: Catalogue, path: str, talk: TalkEntry, scheduled: ScheduledTalk
) -> Iterator[Difference]:
    whole = f"{scheduled.title} {scheduled.subtitle}"
    if not set(_words(talk.title)) <= set(_words(whole)):
        message = f"the programme calls ‘{talk.title}’ ‘{scheduled.title}’"
        yield _difference(ProgrammeCode.RENAMED, path, talk, message, "rename it if that is right")
    names = [speaker.name for speaker in talk.talk.speakers]
    known, announced = (_people(catalogue, some) for some in (names, scheduled.speakers))
    is_said = _has_speakers_field(catalogue, path, talk)
    if known and announced and known != announced and not is_said:
        message = (
            f"the programme names {', '.join(scheduled.speakers)}, the note {', '.join(names)}"
        )
        field = f"Speakers: {', '.join(scheduled.speakers)}" if known < announced else ""
        hint = "" if field else "correct the heading if that is right"
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
    problem = Problem.of(code, path, message, hint, line=talk.talk.line)
    return Difference(problem=problem, field=field)


def _has_speakers_field(catalogue: Catalogue, path: str, talk: TalkEntry) -> bool:
    fields = (field_at(catalogue, path, speaker.line) for speaker in talk.talk.speakers)
    return any(field is not None and field.name is FieldName.SPEAKERS for field in fields)


def _people(catalogue: Catalogue, names: list[str] | tuple[str, ...]) -> set[str]:
    """Return what the names of the same people share, however they are spelt."""
    people = ((catalogue.person(name), name) for name in names)
    return {person.slug if person else identity_key(name) for person, name in people}


def _words(text: str) -> list[str]:
    return _WORD.findall(normalize(text))
