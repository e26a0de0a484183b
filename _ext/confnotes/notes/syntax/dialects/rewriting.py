"""Lines on their way from a dialect to Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from confnotes.model import DroppedLine, FieldValue
from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.fields import correct_label, is_label
from confnotes.notes.syntax.front_matter import Front
from confnotes.notes.syntax.lines import Line

BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*]|[^\s*])\*(?![\w*])")
"""Bold text of Org and AsciiDoc."""
FENCE = "~" * 8
"""Opens and closes code; nobody types that many."""


def replace_text(line: Line, text: str, indent: int = 0) -> Line:
    """Return ``line`` with another text, at another indent."""
    return Line(line.number, f"{' ' * indent}{text}", text, indent)


@dataclass(slots=True)
class Rewriter:
    """Collects the fields, the rewritten lines and the dropped lines of a note."""

    fields: list[tuple[str, FieldValue]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    dropped: list[DroppedLine] = field(default_factory=list)

    def keep(self, line: Line, text: str, indent: int = 0) -> None:
        self.lines.append(replace_text(line, text, indent))

    def drop(self, line: Line, reason: DropReason, text: str = "") -> None:
        """Drop ``text``, or the whole line, which leaves no gap."""
        self.dropped.append(DroppedLine(line.number, text or line.text, reason.value))

    def drop_before(self, line: Line, text: str, *patterns: re.Pattern[str]) -> str:
        """Return ``text`` without the states of a task that it begins with."""
        for pattern in patterns:
            if match := pattern.match(text):
                self.drop(line, DropReason.TASK, match[0].strip())
                text = text[match.end() :]
        return text

    def add_field(self, line: Line, key: str, value: str) -> None:
        """Take ``value`` as a field of the note."""
        self.fields.append((key.casefold(), line.find(value)))

    def add_property(self, line: Line, key: str, value: str, indent: int = 0) -> None:
        """Take a property of a heading or a bullet: a field line if it is a field, or nearly."""
        text = f"{key[:1].upper()}{key[1:].casefold()}: {value}"
        if value and (is_label(key) or correct_label(replace_text(line, text))):
            self.keep(line, text, indent)
        else:
            self.drop(line, DropReason.PROPERTY)

    def result(self) -> Front:
        return Front(self.fields, self.lines, self.dropped)
