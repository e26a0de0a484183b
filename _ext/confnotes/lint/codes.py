"""Codes of the rules, each with its severity and a line of explanation."""

from __future__ import annotations

from confnotes.documented_enum import ProblemCode, Severity

WARNING, INFO = Severity.WARNING, Severity.INFO


class LintCode(ProblemCode):
    """Problems that rules find in all notes together."""

    UNSURE = "unsure-reading", "the reader is unsure of a guess; a field line settles it", WARNING
    UNSURE_SPEAKER = "no-speaker-page", "a speaker whose name is too unsure for a page", WARNING
    EVENT_SPELLING = "misspelt-event", "an event's page lacks the name that a note uses", WARNING
    SIMILAR_EVENT = "similar-event", "two events or series have almost the same name", WARNING
    NO_SPEAKER = "no-speaker", "a talk names no speaker", INFO
    DUPLICATE_TALK = "duplicate-talk", "two talks of an event have one title and speaker", WARNING
    SAME_TALK = "same-talk", "a talk may be that of another event; a field says so", INFO
    UNKNOWN_EVENT = "unknown-event", "an ‘Also at:’ field nearly names an event", WARNING
    EMPTY_BODY = "empty-body", "a note has a heading and nothing below it", WARNING
    DROPPED = "dropped-text", "a line that may not be boilerplate is not shown on any page", INFO
    SIMILAR_NAME = "similar-name", "two names are so alike that they may be one person", WARNING
    AMBIGUOUS_NAME = "ambiguous-name", "several people have this name; an id says who", WARNING
    UNKNOWN_SPEAKER_ID = "unknown-speaker-id", "the id after a name is no person's page", WARNING
    SUSPICIOUS_NAME = "suspicious-name", "a speaker's name looks mistyped", WARNING
    SINGLE_WORD_NAME = "single-word-name", "a speaker has only one name, which no page has", INFO
    FIELD_SPELLING = "name-spelling", "a speakers field has another spelling than the page", INFO
    UNUSED_SPEAKER = "unused-speaker", "the page of a speaker whom no talk names", INFO
    LARGE_PICTURE = "large-picture", "a person's picture is larger than lists can bear", WARNING
    SIMILAR_TOPIC = "similar-topic", "two topics have almost the same title", WARNING
    UNUSED_FILE = "unused-file", "a file below years/ that no note or page names", WARNING
    UNUSED_TOPIC = "unused-topic", "a topic that no talk has", INFO
