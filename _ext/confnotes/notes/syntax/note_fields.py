"""Fields of a note: lines right under the heading of a post, or its first paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from confnotes.model import FieldValue
from confnotes.notes.languages.phrase_tables import phrases
from confnotes.notes.syntax.lines import Line

_NOTE_FIELD = re.compile(
    r"^(?::|\*\*|__)?(?P<key>[^\W\d_]+(?: [^\W\d_]+)?)\s?(?:\*\*|__)?(?:：|:(?=\s|\*\*|__|$))"
    r"(?:\*\*|__)?\s*(?P<value>\S.*)?$"
)
_NOTE_KEYS = frozenset(
    "event conference date day session year place location venue url link website author tags "
    "topics title status speaker speakers dates where when city source posted".split()
)
_OF_POST = frozenset({"date", "posted", "source", "tags"})


def parse_note_field(line: Line) -> tuple[str, FieldValue] | None:
    """Read a line under a post's heading as a field of the note."""
    match = _NOTE_FIELD.match(line.text)
    label = match["key"].casefold() if match else ""
    key = label if label in _NOTE_KEYS else _translated_keys().get(label, "")
    return (key, line.find(match["value"] or "")) if match and key else None


@cache
def _translated_keys() -> Mapping[str, str]:
    names = ("event", "date", "day", "session", "place", "speakers")
    ambiguous = phrases("fields.ambiguous")
    labels = ((label, name) for name in names for label in phrases(f"fields.{name}"))
    return {label.casefold(): name for label, name in labels if label not in ambiguous}


def parse_post_fields(lines: Sequence[Line]) -> list[tuple[str, FieldValue]]:
    """Read the first paragraph of a note as fields of the post it was, if it is nothing else."""
    found = [value for line in lines if (value := parse_note_field(line))]
    of_post = len(found) == len(lines) and all(name in _OF_POST for name, _ in found)
    return found if of_post else []
