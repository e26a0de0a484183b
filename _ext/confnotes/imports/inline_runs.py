"""Runs of inline text: the parts of a line, and how each is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, replace

from confnotes.invisible_characters import strip_invisible
from confnotes.notes.syntax.fields import FieldName, parse_field
from confnotes.notes.syntax.lines import Line

MAX_HEADING = 180
"""Characters."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_MATERIALS = frozenset({FieldName.SLIDES, FieldName.VIDEO, FieldName.MATERIAL})


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line: text in one style, the description of an image, or the URL of a link."""

    text: str
    _: KW_ONLY
    bold: bool = False
    is_image: bool = False
    is_url: bool = False

    @property
    def is_text(self) -> bool:
        return not (self.is_image or self.is_url)

    def typed(self) -> str:
        if self.is_image:
            return f" [image: {self.text}] "
        return f" ({self.text})" if self.is_url else self.text


Row = list[Run]
"""The runs of one line."""


def collapse_spaces(text: str) -> str:
    """Return ``text`` with one blank for many, and for line breaks; hard blanks stay."""
    return _BLANKS.sub(" ", text)


def split_rows(runs: Iterable[Run]) -> list[Row]:
    found: list[Row] = [[]]
    for run in runs:
        if "\n" not in run.text:
            found[-1].append(run)
            continue
        first, *others = (replace(run, text=line) for line in run.text.split("\n"))
        found[-1].append(first)
        found += ([line] for line in others)
    return found


def split_row_groups(lines: Iterable[Row], *, at_bold: bool) -> list[list[Row]]:
    """Split lines at empty ones and, with ``at_bold``, around each bold one."""
    groups: list[list[Row]] = [[]]
    for row in lines:
        stands_alone = at_bold and is_bold(row)
        if stands_alone or not is_visible(row):
            groups.append([])
        if is_visible(row):
            groups[-1].append(row)
        if stands_alone:
            groups.append([])
    return list(filter(None, groups))


def render_row(row: Row) -> str:
    """Return a line as text; a line that is only a link to slides becomes a field."""
    return _field(row) or collapse_spaces("".join(run.typed() for run in row)).strip(" ")


def split_heading(row: Row) -> list[str]:
    """Return a line as a heading, with lines below it for its images and links."""
    words = "" if _field(row) else _words(row)
    images = [f"[image: {run.text}]" for run in row if run.is_image]
    links = [f"Link: {run.text}" for run in row if run.is_url]
    return [words, *images, *links] if words else [render_row(row)]


def is_heading_like(lines: list[Row]) -> bool:
    is_sentence = _words(lines[-1]).endswith((".", ":", ",", ";"))
    return len(render_row(lines[0])) <= MAX_HEADING and not is_sentence and not _field(lines[-1])


def is_bold(row: Row) -> bool:
    """Return True if all of a line is bold, except a full stop or colon at its end."""
    shown = [run for run in row if run.typed().strip(" ")]
    if shown and shown[-1].is_text and shown[-1].text.strip(" ") in {".", ":"}:
        shown.pop()
    return bool(shown) and all(run.bold for run in shown)


def is_visible(row: Row) -> bool:
    return any(strip_invisible(run.text).strip() for run in row)


def _words(row: Row) -> str:
    return collapse_spaces("".join(run.text for run in row if run.is_text)).strip(" ")


def _field(row: Row) -> str:
    """Return ``Slides: URL`` for a line that is only a link to slides."""
    shown = [run for run in row if run.text.strip(" ")]
    if not shown or not shown[-1].is_url or not all(run.is_text for run in shown[:-1]):
        return ""
    text = f"{_words(row)}: {shown[-1].text}"
    found = parse_field(Line(1, text, text, 0))
    return text if found and found.name in _MATERIALS else ""
