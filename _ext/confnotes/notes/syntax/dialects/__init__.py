"""Other languages for notes, line by line turned into Markdown: one model for all.

Every line keeps its number. What has no place in Markdown becomes a field of the note or is
dropped with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from confnotes.model import DroppedLine, Markup
from confnotes.notes.codes import DropReason
from confnotes.notes.entities.path_clues import has_export_id
from confnotes.notes.syntax.dialects import asciidoc, logseq, markdown, org
from confnotes.notes.syntax.front_matter import Front, front_matter
from confnotes.notes.syntax.lines import Line

_DIALECTS: Mapping[Markup, Callable[[Sequence[Line]], Front]] = {
    Markup.ORG: org.to_markdown,
    Markup.ASCIIDOC: asciidoc.to_markdown,
}


def read_source(lines: Sequence[Line], markup: Markup, path: str) -> Front:
    """Split the fields of a note off its ``lines``; return the rest as Markdown or as it is."""
    front = _read(lines, markup, path)
    empty = (
        DroppedLine(value.line, f"{name}: {value.text}".strip(), DropReason.EMPTY_FIELD.value)
        for name, value in front.fields
        if not any(map(str.isalnum, value.text))
    )
    return front._replace(dropped=[*front.dropped, *empty])


def _read(lines: Sequence[Line], markup: Markup, path: str) -> Front:
    front = front_matter(lines, markup)
    if markup is Markup.MARKDOWN and logseq.is_outline(front.rest):
        return front.merged(logseq.to_markdown(front.rest))
    if markup is Markup.MARKDOWN:
        return front.merged(markdown.clean_markdown(front.rest, has_id=has_export_id(path)))
    if to_markdown := _DIALECTS.get(markup):
        return front.merged(to_markdown(front.rest))
    return front


def inline_markup(markup: Markup) -> Markup:
    """Return the markup of a note after :func:`read_source` has rewritten its dialect."""
    return Markup.MARKDOWN if markup in _DIALECTS else markup
