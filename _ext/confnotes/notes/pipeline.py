"""A note from bytes: a source of segments, its posts, and a note for each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeVar

from confnotes.model import NO_KNOWN_ENTITIES, DroppedLine, KnownEntities, Note, Problem
from confnotes.notes.codes import NoteCode
from confnotes.notes.misspelt_events import correct_event_names
from confnotes.notes.outline.post_headings import find_post_starts
from confnotes.notes.read_post import read_post
from confnotes.notes.source import Source

_Placed = TypeVar("_Placed", DroppedLine, Problem)


def read_note(data: bytes, path: str, *, known: KnownEntities = NO_KNOWN_ENTITIES) -> Note:
    """Read one file as one note: any bytes give one. ``path`` is relative to the project, posix."""
    source = Source(data, path, known)
    starts = find_post_starts(source, source.segments)
    if len(starts) > 1:
        message = f"this file holds {len(starts)} posts"
        hint = f"run `confnotes import {PurePosixPath(path).name}` to split it"
        source.warn(source.segments[starts[1]].line, NoteCode.SEVERAL_POSTS, message, hint)
    note = read_post(source, source.segments)
    return _with_findings(note, source.dropped, source.problems)


def read_posts(
    data: bytes, path: str, *, known: KnownEntities = NO_KNOWN_ENTITIES
) -> tuple[Note, ...]:
    """Read a file of many posts, one note for each."""
    source = Source(data, path, known)
    starts = find_post_starts(source, source.segments)[1:]
    lines = [source.segments[start].line for start in starts]
    posts = (
        read_post(source, source.segments[start:end], is_first=not start)
        for start, end in pairwise([0, *starts, len(source.segments)])
    )
    parts = (posts, _split(source.dropped, lines), _split(source.problems, lines))
    return tuple(
        correct_event_names([_with_findings(*found) for found in zip(*parts, strict=True)])
    )


def _with_findings(note: Note, dropped: Sequence[DroppedLine], problems: Sequence[Problem]) -> Note:
    """Return a note with what was found in its lines before it was read."""
    return replace(note, dropped=(*dropped, *note.dropped), problems=(*problems, *note.problems))


def _split(found: Sequence[_Placed], lines: Sequence[int]) -> list[list[_Placed]]:
    """Split what has been found at ``lines``."""
    found = sorted(found, key=lambda one: one.line)
    numbers = [one.line for one in found]
    ends: list[int] = [bisect_left(numbers, line) for line in lines]
    return [found[start:end] for start, end in pairwise([0, *ends, len(found)])]
