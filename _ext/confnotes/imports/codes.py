"""Codes of the problems of an import."""

from __future__ import annotations

from confnotes.documented_enum import ProblemCode


class ImportCode(ProblemCode):
    """Codes of problems. The text after a code is what the guide prints."""

    UNREADABLE = (
        "unreadable-source",
        "a source is no regular file, leads out of its folder, is too large or cannot be opened",
    )
    NOT_TEXT = "not-text", "a source is no text by its content, or in a format that is not read yet"
    BROKEN_XML = (
        "broken-xml",
        "an export breaks off, or has a character or a tag that XML does not allow",
    )
    UNSAFE_XML = (
        "unsafe-xml",
        "an XML file declares entities or a document type, as no WordPress export does",
    )
    NOT_AN_EXPORT = "not-an-export", "an XML file is no WordPress export"
    BROKEN_PROGRAMME = (
        "broken-programme",
        "a programme breaks off, has no talk, or is not in the format that it seems to be in",
    )
    NO_POST = "no-post", "a source holds nothing to bring in"
    NO_EVENT = (
        "no-event",
        "neither the text of a note nor its folders tell its event and year; say it with `--event`",
    )
    UNWRITABLE = "cannot-write", "a note cannot be written, or would be outside the folder of years"
    FILE_EXISTS = (
        "file-exists",
        "another file stands where the note would go; it is not overwritten",
    )
