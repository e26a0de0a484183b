"""Codes of the rules, each with its severity and a line of explanation."""

from __future__ import annotations

from confnotes.documented_enum import ProblemCode
from confnotes.model import Severity


class LintCode(ProblemCode):
    """Problems that rules find in all notes together."""

    UNSURE = (
        "unsure-reading",
        "the reader is unsure of a guess; a field line settles it",
        Severity.WARNING,
    )
    UNSURE_SPEAKER = (
        "no-speaker-page",
        "a name is read as a speaker on evidence too weak for a page; a field line settles it",
        Severity.WARNING,
    )
    EVENT_SPELLING = (
        "misspelt-event",
        "a note calls its event otherwise than the event's page",
        Severity.WARNING,
    )
    SIMILAR_EVENT = (
        "similar-event",
        "two events or series have almost the same name",
        Severity.WARNING,
    )
    NO_SPEAKER = "no-speaker", "a talk names no speaker", Severity.INFO
    DUPLICATE_TALK = (
        "duplicate-talk",
        "two notes of an event have a talk of one title and speaker",
        Severity.WARNING,
    )
    SAME_TALK = (
        "same-talk",
        "a talk may have been given at another event, too; a field says so",
        Severity.INFO,
    )
    UNKNOWN_EVENT = "unknown-event", "an ‘Also at:’ field nearly names an event", Severity.WARNING
    EMPTY_BODY = "empty-body", "a note has a heading and nothing below it", Severity.WARNING
    DROPPED = (
        "dropped-text",
        "a line that may not be boilerplate is not shown on any page",
        Severity.INFO,
    )
    SIMILAR_NAME = (
        "similar-name",
        "two speakers' names are so alike that they may be one person",
        Severity.WARNING,
    )
    AMBIGUOUS_NAME = (
        "ambiguous-name",
        "several people have this name, and it is not said who it is",
        Severity.WARNING,
    )
    UNKNOWN_SPEAKER_ID = (
        "unknown-speaker-id",
        "the id after a name is the address of no page",
        Severity.WARNING,
    )
    SUSPICIOUS_NAME = "suspicious-name", "a speaker's name looks mistyped", Severity.WARNING
    SINGLE_WORD_NAME = (
        "single-word-name",
        "a speaker has only one name, and nobody's page claims it",
        Severity.INFO,
    )
    FIELD_SPELLING = (
        "name-spelling",
        "a speakers field spells a name in another way than its page",
        Severity.INFO,
    )
    UNUSED_SPEAKER = "unused-speaker", "the page of a speaker whom no talk names", Severity.INFO
    SIMILAR_TOPIC = "similar-topic", "two topics have almost the same title", Severity.WARNING
    UNUSED_FILE = (
        "unused-file",
        "a file below years/ that is no note, and that nothing refers to",
        Severity.WARNING,
    )
    UNUSED_TOPIC = "unused-topic", "a topic that no talk has", Severity.INFO
