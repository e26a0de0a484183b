"""Front matter, and the fields of a note: what an author says of the whole post."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.model import Dropped, Markup, Said
from confnotes.notes.codes import Reason
from confnotes.notes.lines import Line

_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w -]{0,40}?)\s*:(?:\s+(?P<value>.*))?$")
_NOTE_FIELD = re.compile(
    r"^(?P<open>:|\*\*|__)?(?P<key>event|conference|date|day|session|year|place|location|venue|"
    r"url|link|website|"
    r"author|tags|topics|title|status|speakers?|dates|where|when|city|source|posted)"
    r"(?:\*\*|__)?:(?:\*\*|__)?(?:\s+(?P<value>\S.*))?$",
    re.IGNORECASE,
)
_OF_POST = frozenset({"date", "posted", "source", "tags"})
_LONGEST = 400
"""Lines; a longer block between two rules is text."""


def front_matter(
    lines: Sequence[Line], markup: Markup
) -> tuple[list[tuple[str, Said]], list[Line], list[Dropped]]:
    """Split Markdown's YAML front matter off: its fields as typed, the other lines, its frame.

    A value that spans lines is kept whole. A plain note has none: there ``---`` is a rule.
    """
    after = front_matter_end(lines, markup)
    if not after:
        return [], list(lines), []
    start, end = _start(lines), after - 1
    found: list[tuple[str, Said]] = []
    for line in lines[start + 1 : end]:
        match = _KEY.match(line.text) if not line.indent else None
        if match:
            value = (match["value"] or "").strip()
            column = line.raw.rfind(value) + 1 if value else len(line.raw) + 1
            found.append((match["key"].casefold(), Said(line.number, column, value)))
        elif found and line.text:
            name, said = found[-1]
            more = line.text.removeprefix("- ")
            text = f"{said.text}, {more}" if said.text and line.text.startswith("- ") else more
            if said.text and not line.text.startswith("- "):
                text = f"{said.text} {more}"
            found[-1] = (name, Said(said.line, said.column, text))
    found = [(name, Said(s.line, s.column, _unquoted(s.text))) for name, s in found]
    frame = [
        Dropped(line.number, line.text, Reason.FRONT_MATTER.value)
        for line in (lines[start], lines[end])
    ]
    return found, list(lines[end + 1 :]), frame


def front_matter_end(lines: Sequence[Line], markup: Markup) -> int:
    """Return the index after the front matter, 0 where there is none."""
    start = _start(lines)
    if markup is Markup.PLAIN or start == len(lines) or lines[start].text not in {"---", "+++"}:
        return 0
    end = _end(lines, start)
    return end + 1 if end is not None else 0


def _start(lines: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if line.text), len(lines))


def _end(lines: Sequence[Line], start: int) -> int | None:
    """Return the line that closes front matter, if all before it reads as fields."""
    sign = lines[start].text
    for index in range(start + 1, min(len(lines), start + _LONGEST)):
        line = lines[index]
        if line.text in (sign, "..."):
            return index if index > start + 1 else None
        follows = line.text.startswith(("-", "#", "]", "}")) and index > start + 1
        if line.text and not line.indent and not follows and not _KEY.match(line.text):
            return None
    return None


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    if text.startswith("[") and text.endswith("]"):
        return ", ".join(part.strip().strip("\"'") for part in text[1:-1].split(","))
    return text


def field_of_note(line: Line) -> tuple[str, Said] | None:
    """Read a line under a post's head as a field of the note."""
    match = _NOTE_FIELD.match(line.text)
    if match is None:
        return None
    value = match["value"] or ""
    column = line.raw.rfind(value) + 1 if value else len(line.raw) + 1
    return match["key"].casefold(), Said(line.number, column, value)


def fields_of_post(lines: Sequence[Line]) -> list[tuple[str, Said]]:
    """Read the first paragraph of a note as fields of the post it was, if it is nothing else."""
    found = [said for line in lines if (said := field_of_note(line))]
    of_post = len(found) == len(lines) and all(name in _OF_POST for name, _ in found)
    return found if of_post else []
