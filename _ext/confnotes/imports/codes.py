"""The code of everything that an import may find wrong."""

from __future__ import annotations

from enum import StrEnum

from confnotes.model import Problem, Severity


class Code(StrEnum):
    """What stands in the way; the docstring below each is its entry in the guide."""

    UNREADABLE = "unreadable-source"
    """A source cannot be opened."""
    BROKEN_XML = "broken-xml"
    """An export breaks off, or has a character or a tag that XML does not allow."""
    UNSAFE_XML = "unsafe-xml"
    """An XML file declares entities or a document type; no WordPress export does."""
    NOT_AN_EXPORT = "not-an-export"
    """An XML file is no WordPress export."""
    NO_POST = "no-post"
    """A source holds nothing to bring in."""
    NO_EVENT = "no-event"
    """A note tells neither by its text nor by its folders which event and year it belongs to."""
    FILE_EXISTS = "file-exists"
    """Another file stands where the note would go; it is never overwritten."""


def problem(
    code: Code, path: str, message: str, suggestion: str = "", *, line: int = 1, column: int = 1
) -> Problem:
    """Return an error with its place."""
    return Problem(path, line, column, code, Severity.ERROR, message, suggestion)
