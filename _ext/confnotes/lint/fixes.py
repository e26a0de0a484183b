"""Corrections of field lines and front matter, and new field lines below the headings of talks.

A note's text is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from confnotes.catalogue import Catalogue
from confnotes.catalogue.codes import CatalogueCode as Tree
from confnotes.files import SourceFileError, read_file, replace_file
from confnotes.grouping import group
from confnotes.lint.codes import LintCode
from confnotes.lint.similarity import unambiguous_match
from confnotes.lint.source_lines import field_at, lines_of
from confnotes.model import Note, Problem, Talk, TalkKind
from confnotes.notes.codes import NoteCode as Notes
from confnotes.notes.languages.dates import find_date
from confnotes.notes.syntax.lines import Line

_LINE_END = re.compile(r"(\r\n|\n|\r)")
_VALUE = re.compile(r"[^,;\[\]{}\"'\n]+")
_MAX_LINES_BELOW = 2
"""Lines of a talk after which a field may be inserted: its heading, or its underline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A replacement of text that occurs once on a line of a file below the root."""

    path: str
    line: int
    old: str
    new: str
    code: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.code} ‘{self.old}’ → ‘{self.new}’"


def read_parts(root: Path, path: str) -> list[str]:
    """Return the lines of a file and the ends between them, none if it is not read as UTF-8."""
    try:
        return _LINE_END.split(read_file(root / path, root).decode())
    except (SourceFileError, UnicodeDecodeError):
        return []


def find_fixes(catalogue: Catalogue, problems: Iterable[Problem]) -> Iterator[Fix]:
    """Yield the corrections of problems; a value that may mean several has none."""
    slugs = {topic.title: topic.slug for topic in catalogue.topics.values()}
    corrections: dict[str, Callable[[str], str]] = {
        Tree.UNKNOWN_TOPIC: lambda typed: unambiguous_match(typed, slugs),
        Tree.UNKNOWN_PARENT: lambda typed: (
            slugs.get(unambiguous_match(typed, slugs)) or unambiguous_match(typed, slugs.values())
        ),
        Tree.INVALID_FRONT_MATTER: lambda typed: str(find_date(typed) or ""),
        LintCode.FIELD_SPELLING: lambda typed: getattr(catalogue.person(typed), "name", ""),
        Notes.UNKNOWN_KIND: lambda typed: unambiguous_match(typed, TalkKind),
    }
    for problem in problems:
        if problem.code in corrections and (old := _typed(catalogue, problem)):
            new = corrections[problem.code](old)
            if new and new != old:
                yield Fix(path=problem.path, line=problem.line, old=old, new=new, code=problem.code)


def apply_fixes(root: Path, wanted: Iterable[Fix]) -> list[Fix]:
    """Write the corrections, each file whole or not at all; return those that were made.

    Raises OSError where a file cannot be written.
    """
    by_path = group((fix.path, fix) for fix in wanted)
    return [fix for path, found in by_path.items() for fix in _correct(root, path, found)]


def _typed(catalogue: Catalogue, problem: Problem) -> str:
    """Return the value at the place of a problem, if it is in a field or front matter."""
    lines = lines_of(catalogue, problem.path)
    value = field_at(catalogue, problem.path, problem.line)
    if value is None and not _in_front_matter(lines, problem.line):
        return ""
    match = _VALUE.match(lines[problem.line - 1].raw, problem.column - 1)
    return match.group().strip() if match else ""


def _in_front_matter(lines: Sequence[Line], line: int) -> bool:
    if not lines or lines[0].text != "---":
        return False
    rules = (one.number for one in lines[1:] if one.text in {"---", "..."})
    return 1 < line < next(rules, 0)


def _correct(root: Path, path: str, wanted: Sequence[Fix]) -> list[Fix]:
    """Correct one file; a text that does not occur exactly once on its line is left."""
    parts, made = read_parts(root, path), []
    for fix in wanted if parts else ():
        at = 2 * (fix.line - 1)
        label, mark, value = parts[at].partition(":") if ":" in parts[at] else ("", "", parts[at])
        word = re.compile(rf"(?<!\w){re.escape(fix.old)}(?!\w)")
        if len(word.findall(value)) == 1:
            parts[at] = label + mark + fix.new.join(word.split(value))
            made.append(fix)
    if made:
        replace_file(root / path, "".join(parts))
    return made


def add_field(root: Path, path: str, line: int, field: str) -> bool:
    """Write ``field`` below the heading of the talk that begins at ``line``, if that is safe.

    It is safe if the rest of the note is read as before. Raises OSError.
    """
    parts = read_parts(root, path)
    end = parts[1] if len(parts) > 1 else "\n"
    for below in range(_MAX_LINES_BELOW):
        at = 2 * (line + below)
        if at > len(parts):
            return False
        head = "".join(parts[:at])
        added = ("" if head.endswith(("\n", "\r")) else end) + field + end
        new = head + added + "".join(parts[at:])
        if _is_read_as_meant("".join(parts), new, path, line, field):
            replace_file(root / path, new)
            return True
    return False


def _is_read_as_meant(old: str, new: str, path: str, line: int, field: str) -> bool:
    from confnotes.notes.pipeline import read_note  # slow, and needless for a check

    before, after = (read_note(text.encode(), path) for text in (old, new))
    at = next((at for at, talk in enumerate(before.talks) if talk.line == line), None)
    if at is None or _summary(before, at) != _summary(after, at):
        return False
    talk = after.talks[at]
    label, _colon, value = field.partition(": ")
    names = ", ".join(_names(talk))
    return value == (names if label == "Speakers" else str(talk.date))


def _summary(note: Note, at: int) -> object:
    """Return what a field of the talk number ``at`` must not change."""
    talks = [
        (talk.title, talk.kind, len(talk.body), number != at and _names(talk))
        for number, talk in enumerate(note.talks)
    ]
    return note.title, note.date, len(note.intro), len(note.closing), talks


def _names(talk: Talk) -> list[str]:
    return [speaker.name for speaker in talk.speakers]
