"""Write aliases into the pages of people, and ids after names in notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from confnotes.catalogue.page_front_matter import FrontMatter
from confnotes.files import replace_file
from confnotes.lint.fixes import read_parts
from confnotes.model import Note
from confnotes.notes.pipeline import read_note

_ALIASES = tuple(
    (re.compile(pattern.replace(".*", r"[^\r\n]*"), re.MULTILINE), form)
    for pattern, form in (
        (r"^(aliases:[ \t]*\[.*[^\s\[])([ \t]*\].*)", r"\1, {}\2"),
        (r"^(aliases:[ \t]*\[)([ \t]*\].*)", r"\1{}\2"),
        (r"^(aliases:[ \t]*(?:\r?\n[ \t]*- .*)*(\r?\n[ \t]*- ).*)", r"\1\2{}"),
        (r"^aliases:[ \t]*([^\s\[].*)", r"aliases: [\1, {}]"),
        (r"\A(---[ \t]*(\r?\n))", r"\1aliases: [{}]\2"),
        (r"\A", "---\naliases: [{}]\n---\n"),
    )
)
"""Edits that add an alias: to a list, to an empty one, to lines, to a text, to a page without."""


class NamedId(NamedTuple):
    """The ``id`` that belongs after a name on a line of a note."""

    line: int
    name: str
    id: str


def add_alias(root: Path, path: str, alias: str) -> bool:
    """Add ``alias`` to the page at ``path``; return False if that is not safe.

    Raises OSError.
    """
    if not (parts := read_parts(root, path)):
        return False
    old = "".join(parts)
    before = FrontMatter(path, old.encode())
    wanted = [*_aliases(before), alias]
    typed = yaml.safe_dump([alias], default_flow_style=True, allow_unicode=True, width=1000)
    value = typed.strip()[1:-1].replace("\\", r"\\")
    for pattern, form in _ALIASES:
        new = pattern.sub(form.replace("{}", value), old, count=1)
        after = FrontMatter(path, new.encode())
        if new != old and _aliases(after) == wanted and after.problems == before.problems:
            replace_file(root / path, new)
            return True
    return False


def _aliases(page: FrontMatter) -> list[str]:
    return [value.text for value in page.strings("aliases")]


def add_ids(root: Path, path: str, wanted: Sequence[NamedId]) -> bool:
    """Write ids into a note, all or none; return False if that changes how it is read.

    Raises OSError.
    """
    if not (parts := read_parts(root, path)):
        return False
    old = "".join(parts)
    for line, name, person_id in wanted:
        words = r"\s+".join(map(re.escape, name.split()))
        row = 2 * (line - 1)
        parts[row] = re.sub(
            rf"(?<!\w){words}(?!\w)(?!\s*\[)", rf"\g<0> [{person_id}]", parts[row], count=1
        )
    new = "".join(parts)
    before, after = (read_note(text.encode(), path) for text in (old, new))
    if [*_without_ids(before)] != [*_without_ids(after)] or not {*wanted} <= {*_ids(after)}:
        return False
    replace_file(root / path, new)
    return True


def _ids(note: Note) -> Iterator[NamedId]:
    for talk in note.talks:
        yield from (NamedId(one.line, one.name, one.id) for one in talk.speakers)


def _without_ids(note: Note) -> Iterator[object]:
    """Yield all that ids must not change."""
    yield note.title, note.intro, note.closing
    for talk in note.talks:
        names = [(one.line, one.name, one.affiliation) for one in talk.speakers]
        yield talk.line, talk.title, talk.kind, names, talk.body
