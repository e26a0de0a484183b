"""What a site shows around a post: a menu above it, below it what readers say and other posts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.body import ListBlock
from confnotes.model import DroppedLine
from confnotes.notes.syntax.boilerplate import is_line_of_page
from confnotes.notes.syntax.lists import item_lines
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph, paragraphs

_MAX_ABOVE = 12
"""Segments above a post that may have the menu of its site."""
_MIN_ENTRIES, _MIN_WORDS = 2, 3
_MIN_BODY = 200  # Characters of a post
_PARTED = re.compile(r"\s*[|·•/]\s*")


def part_frame(
    segments: Sequence[Segment], dropped: Sequence[DroppedLine]
) -> tuple[Sequence[Segment], Sequence[Segment], Sequence[Segment]]:
    """Return what is above a post, the post, and what is below it.

    ``dropped`` are lines that stood between its segments.
    """
    above, post = _part_menu(segments)
    end, row = _end_of_post(post, dropped)
    lines = post[end].lines if row else ()
    gap = post[end].blank_lines_before if row else 0
    last = [paragraph(lines[:row], gap)] if lines else []
    return above, [*post[:end], *last], [*paragraphs(lines[row:]), *post[end + bool(lines) :]]


def _part_menu(segments: Sequence[Segment]) -> tuple[Sequence[Segment], Sequence[Segment]]:
    """Return what ends in the menu of a site, and what is below."""
    entries = end = rows = between = 0
    for place, segment in enumerate(segments[:_MAX_ABOVE]):
        lines = segment.lines or item_lines(segment.block)
        found = [0 if segment.level else _menu_entries(line.text) for line in lines]
        is_list = isinstance(segment.block, ListBlock)
        is_menu = any(found) and not (is_list and 2 * sum(found) < len(lines))
        if not is_menu and segment.kind is not SegmentKind.PARAGRAPH:
            break
        for row, (line, count) in enumerate(zip(lines, found, strict=True), 1):
            if count and is_menu and between <= _MIN_BODY:
                entries, end, rows, between = entries + count, place, row, 0
            else:
                between += len(line.text)
        if between > _MIN_BODY:
            break
    if entries < _MIN_ENTRIES:
        return (), segments
    lines = segments[end].lines
    above = [*segments[:end], *(paragraphs(lines[:rows]) if lines else segments[end : end + 1])]
    return above, [*paragraphs(lines[rows:]), *segments[end + 1 :]]


def is_menu(block: ListBlock) -> bool:
    """Return True if a list is the navigation of a site: ``Home``, ``About``, ``Blog``."""
    entries = sum(is_line_of_page(item.text, "pages.menu") for item in block.items)
    return entries > 0 and all(len(item.text.split()) < _MIN_WORDS for item in block.items)


def _menu_entries(text: str) -> int:
    """Return how many entries of a menu a line has, 0 if it has something else as well."""
    parts = _PARTED.split(text)
    words = text.split()
    for entries in (parts, words if len(words) >= _MIN_WORDS else ()):
        if entries and all(is_line_of_page(one, "pages.menu") for one in entries):
            return len(entries)
    return 0


def _end_of_post(segments: Sequence[Segment], dropped: Sequence[DroppedLine]) -> tuple[int, int]:
    """Return the segment in which a post ends, and at which of its lines."""
    last = segments[-1].line if segments else 0
    around = [one.line for one in dropped if _is_around(one.line, one.text, last)]
    body = 0
    for place, segment in enumerate(segments):
        lines = segment.lines if segment.kind is SegmentKind.PARAGRAPH else ()
        if lines and body >= _MIN_BODY and any(line < segment.line for line in around):
            return place, 0
        around = [line for line in around if line > segment.line]
        body += _MIN_BODY * isinstance(segment.block, ListBlock)
        for row, line in enumerate(lines):
            if body >= _MIN_BODY and _is_around(line.number, line.text, last):
                return place, row
            body += len(line.text)
    return len(segments), 0


def _is_around(line: int, text: str, last: int) -> bool:
    """Return True if a line, of ``last`` lines, stands over what is below a post."""
    is_below = 2 * line > last and is_line_of_page(text, "pages.around")
    return is_below or is_line_of_page(text, "pages.comments")
