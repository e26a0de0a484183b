"""Completion in notes: fields, speakers, topics and events."""

from __future__ import annotations

import re

from confnotes.catalogue import Catalogue
from confnotes.notes.syntax.fields import FieldName, parse_field
from confnotes.notes.syntax.lines import split_lines

_FIELDS = tuple(name.capitalize().replace("_", " ") for name in FieldName)
_START_OF_FIELD = re.compile(r"[A-Z][a-z]*|")
_START_OF_NAME = re.compile(r"(?:.*[,;:]|.*\s[–—-]\s|.*\bby\s)\s*(?P<name>.*)", re.DOTALL)
_SPEAKER_AFTER = re.compile(r"\S\s+(?:[–—-]|by)\s+\S*$")


def completions(before: str, catalogue: Catalogue) -> tuple[int, tuple[str, ...]]:
    """Return the completions after ``before``, the text of a line up to the cursor.

    They replace the line from a column on, which counts from 0.
    """
    if _START_OF_FIELD.fullmatch(before):
        return 0, tuple(f"{name}: " for name in _FIELDS)
    texts = _names(before, catalogue)
    match = _START_OF_NAME.fullmatch(before)
    return (match.start("name"), texts) if match else (len(before), ())


def _names(before: str, catalogue: Catalogue) -> tuple[str, ...]:
    people = tuple(
        f"{person.name} [{person.slug}]" if person.namesakes else person.name
        for person in catalogue.people_sorted
    )
    (line, *_) = split_lines(before + "x")
    field = parse_field(line)
    if before.startswith("event:"):
        return tuple(dict.fromkeys(event.name for event in reversed([*catalogue.events.values()])))
    if field is None:
        return people if _SPEAKER_AFTER.search(before) else ()
    if field.name is FieldName.TOPICS:
        return tuple(topic.title for topic in catalogue.topics_sorted)
    return people if field.name is FieldName.SPEAKERS else ()
