"""Codes of the problems that the catalogue reports, each with a line of explanation."""

from __future__ import annotations

from confnotes.documented_enum import ProblemCode, Severity

WARNING = Severity.WARNING


class CatalogueCode(ProblemCode):
    """Codes of problems. The text after a code is what the guide prints."""

    UNREADABLE = "unreadable-file", "a file or folder that must not or cannot be read"
    UNREAD_FORMAT = "unread-format", "the suffix of a note or page names a format that is not read"
    MISPLACED_NOTE = "misplaced-note", "a note is in no folder of an event"
    DUPLICATE_PAGE = "duplicate-page", "two files would become one page, or differ only in capitals"
    INVALID_FRONT_MATTER = "invalid-front-matter", "the front matter of a page has an invalid value"
    INVALID_PROGRAMME = "invalid-programme", "a programme.json is broken or has another format"
    DUPLICATE_NAME = "duplicate-name", "a name or alias belongs to another page already"
    FORMER_NAME = "former-name", "the path of a file has a former name of somebody"
    UNKNOWN_TOPIC = "unknown-topic", "a topics field names no topic of the vocabulary"
    UNKNOWN_PARENT = "unknown-parent", "the parent of a topic is no topic"
    PARENT_CYCLE = "parent-cycle", "a topic is its own ancestor"
    TOPIC_NAME_CONFLICT = "topic-name-conflict", "a person or an event has a topic's name", WARNING
    NO_TOPIC = "no-topic", "a talk has no topic", Severity.INFO
