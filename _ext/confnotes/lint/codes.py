"""Codes that a check may print, each with its severity and a line of explanation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from confnotes.catalogue.codes import CatalogueCode as Tree
from confnotes.documented_enum import DocumentedStrEnum
from confnotes.model import Severity
from confnotes.notes.codes import NoteCode as Notes

AnyCode: TypeAlias = "LintCode | Tree | Notes"


class LintCode(DocumentedStrEnum):
    """Problems that rules find in all notes together."""

    UNSURE = "unsure-reading", "the reader is unsure of a guess; a field line settles it"
    UNSURE_SPEAKER = (
        "no-speaker-page",
        "a name is read as a speaker on evidence too weak for a page; a field line settles it",
    )
    EVENT_SPELLING = "misspelt-event", "a note calls its event otherwise than the event's page"
    SIMILAR_EVENT = "similar-event", "two events or series have almost the same name"
    NO_SPEAKER = "no-speaker", "a talk names no speaker"
    DUPLICATE_TALK = "duplicate-talk", "two notes of an event have a talk of one title and speaker"
    SAME_TALK = "same-talk", "a talk may have been given at another event, too; a field says so"
    UNKNOWN_EVENT = "unknown-event", "an ‘Also at:’ field nearly names an event"
    EMPTY_BODY = "empty-body", "a note has a heading and nothing below it"
    DROPPED = "dropped-text", "a line that may not be boilerplate is not shown on any page"
    SIMILAR_NAME = "similar-name", "two speakers' names are so alike that they may be one person"
    AMBIGUOUS_NAME = "ambiguous-name", "several people have this name, and it is not said who it is"
    UNKNOWN_SPEAKER_ID = "unknown-speaker-id", "the id after a name is the address of no page"
    SUSPICIOUS_NAME = "suspicious-name", "a speaker's name looks mistyped"
    SINGLE_WORD_NAME = (
        "single-word-name",
        "a speaker has only one name, and nobody's page claims it",
    )
    FIELD_SPELLING = "name-spelling", "a speakers field spells a name in another way than its page"
    UNUSED_SPEAKER = "unused-speaker", "the page of a speaker whom no talk names"
    SIMILAR_TOPIC = "similar-topic", "two topics have almost the same title"
    UNUSED_FILE = "unused-file", "a file below years/ that is no note, and that nothing refers to"
    UNUSED_TOPIC = "unused-topic", "a topic that no talk has"


READER_SEVERITIES: Mapping[AnyCode, Severity] = {
    Notes.NOT_UTF8: Severity.WARNING,
    Notes.SEVERAL_POSTS: Severity.WARNING,
    Notes.NESTED_TOO_DEEP: Severity.WARNING,
    Notes.UNCLOSED_FENCE: Severity.WARNING,
    Notes.UNCLOSED_COMMENT: Severity.WARNING,
    Notes.EMPTY_NOTE: Severity.WARNING,
    Notes.NOT_TEXT: Severity.WARNING,
    Notes.UNKNOWN_FIELD: Severity.WARNING,
    Notes.EMPTY_FIELD: Severity.WARNING,
    Notes.BAD_DATE: Severity.ERROR,
    Notes.UNKNOWN_KIND: Severity.ERROR,
    Notes.BAD_FRONT_MATTER: Severity.WARNING,
    Notes.BAD_URL: Severity.ERROR,
    Notes.IMPOSSIBLE_DAY: Severity.ERROR,
    **dict.fromkeys(Tree, Severity.ERROR),
    Tree.TOPIC_NAME_CONFLICT: Severity.WARNING,
    Tree.NO_TOPIC: Severity.WARNING,
}
"""Severities of the problems that reading reports, before any rule runs."""
