"""A text whose comments are to be found, and what several markup languages share."""

from __future__ import annotations

from dataclasses import dataclass, field

from confnotes.notes.syntax.lines import Line

_CONDITIONS = frozenset({"only", "ifconfig", "raw"})
"""Directives of Sphinx whose text is only shown under a condition, or in one format."""


@dataclass(slots=True)
class CommentedText:
    """A text as rows (as typed) and lines; ``comments`` are (row, start, end), in order."""

    rows: list[str]
    lines: list[Line]
    start: int
    """The row after the front matter."""
    comments: list[tuple[int, int, int]] = field(default_factory=list)
    unclosed: int = 0
    """The number of the line that opens a comment which is never closed."""
    code: set[int] = field(default_factory=set)
    """The rows of code in reStructuredText, Org and AsciiDoc."""

    def hide(self, start: int, end: int) -> None:
        """Make comments of whole rows."""
        self.comments += [(row, 0, len(self.rows[row])) for row in range(start, end)]


def is_private_directive(directive: str, argument: str | None) -> bool:
    """Return True if the text of a directive is not in the HTML of Sphinx."""
    return directive == "todo" or (directive in _CONDITIONS and argument != "html")
