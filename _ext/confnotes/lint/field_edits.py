"""Write field lines below the headings of talks, where they change nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from confnotes.files import SourceFileError, read_file
from confnotes.lint.fixes import replace_file
from confnotes.model import Note, Talk
from confnotes.notes.pipeline import read_note

_BREAK = re.compile(r"(\r\n|\n|\r)")
_MAX_LINES_BELOW = 2
"""Lines below a talk’s first one after which a field may stand: that of its underline is one."""


def add_field(root: Path, path: str, line: int, field: str) -> bool:
    """Write ``field`` below the heading of the talk that begins at ``line``, if that is safe.

    It is where the note is read as before, but for what the field says. Raises OSError.
    """
    try:
        text = read_file(root / path, root).decode()
    except (SourceFileError, UnicodeDecodeError):
        return False
    parts = _BREAK.split(text)
    end = parts[1] if len(parts) > 1 else "\n"
    for below in range(_MAX_LINES_BELOW):
        at = 2 * (line + below)
        if at > len(parts):
            return False
        head = "".join(parts[:at])
        added = ("" if head.endswith(("\n", "\r")) else end) + field + end
        new = head + added + "".join(parts[at:])
        if _is_read_as_meant(text, new, path, line, field):
            replace_file((root / path).resolve(), new.encode())
            return True
    return False


def _is_read_as_meant(old: str, new: str, path: str, line: int, field: str) -> bool:
    before, after = (read_note(text.encode(), path) for text in (old, new))
    if len(before.talks) != len(after.talks) or _rest(before) != _rest(after):
        return False
    for one, other in zip(before.talks, after.talks, strict=True):
        if one.line != line:
            if _summary(one) != _summary(other):
                return False
            continue
        label, _colon, value = field.partition(": ")
        said = ", ".join(speaker.name for speaker in other.speakers)
        if value != (said if label == "Speakers" else str(other.date)):
            return False
        if (one.title, one.kind, len(one.body)) != (other.title, other.kind, len(other.body)):
            return False
    return True


def _summary(talk: Talk) -> tuple[str, Sequence[str], int]:
    return talk.title, [speaker.name for speaker in talk.speakers], len(talk.body)


def _rest(note: Note) -> tuple[str, object, int, int]:
    return note.title, note.date, len(note.intro), len(note.closing)
