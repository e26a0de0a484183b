"""Codes of the problems of an import."""

from __future__ import annotations

from confnotes.documented_enum import ProblemCode


class ImportCode(ProblemCode):
    UNREADABLE = "unreadable-source", "a source cannot be opened, or must not be read"
    NOT_TEXT = "not-text", "a source is no text by its content, or in a format that is not read yet"
    BROKEN_XML = "broken-xml", "an export breaks off, or has what XML does not allow"
    UNSAFE_XML = "unsafe-xml", "an XML file declares entities or a document type"
    NOT_AN_EXPORT = "not-an-export", "an XML file is no WordPress export"
    BROKEN_PROGRAMME = "broken-programme", "a programme breaks off, has no talk, or no known format"
    NO_POST = "no-post", "a source has nothing to import"
    NO_EVENT = "no-event", "neither a note nor its folders name its event; pass `--event`"
    UNWRITABLE = "cannot-write", "a note cannot be written, or would be outside the folder of years"
    FILE_EXISTS = "file-exists", "another file stands where the note would go; it stays"
