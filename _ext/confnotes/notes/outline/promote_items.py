"""Items and lines that are headings: entries of an agenda, days over lists, numbered items."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from confnotes.body import ListBlock
from confnotes.notes import weights
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.times import match_time
from confnotes.notes.outline.bullet_talks import MAX_ITEMS, is_contents, talks_of_bullets
from confnotes.notes.syntax.lines import Line, lines_of_text
from confnotes.notes.syntax.segments import BOLD_LEVEL, Segment, SegmentKind, paragraph

_MIN_ENTRIES = 3
"""Times that begin lines, for the note to be an agenda."""
_NUMBER = re.compile(r"\d{1,3}[.)] ")


def split_agenda(segments: Sequence[Segment]) -> list[Segment]:
    """Split paragraphs at lines that begin with a time; join a time alone to the line below it."""
    timed = [
        sum(bool(match_time(line.text)) for line in segment.lines)
        if segment.kind is SegmentKind.PARAGRAPH
        else 0
        for segment in segments
    ]
    if sum(timed) < _MIN_ENTRIES:
        return list(segments)
    return [
        part
        for segment, times in zip(segments, timed, strict=True)
        for part in (_entries(segment) if times else (segment,))
    ]


def split_days(
    segments: Sequence[Segment], parse: Callable[[str], SessionHeading]
) -> list[Segment]:
    """Turn bullets that are days, with lists below them, into headings of these lists."""
    found: list[Segment] = []
    for segment in segments:
        block = segment.block
        if isinstance(block, ListBlock) and all(
            item.children and _is_day(parse(item.text)) for item in block.items
        ):
            for item in block.items:
                line = Line.of_text(item.line, item.text.rstrip(" :"))
                day = Segment(SegmentKind.HEADING, item.line, None, (line,), BOLD_LEVEL)
                below = (Segment(SegmentKind.BLOCK, child.line, child) for child in item.children)
                found += [day, *below]
        else:
            found.append(segment)
    return found


def _is_day(found: SessionHeading) -> bool:
    return bool(found.day or found.date) and not found.unparsed


def _entries(segment: Segment) -> list[Segment]:
    """Split a paragraph at its times; a time alone is joined to the line below it."""
    runs: list[list[Line]] = []
    for line in segment.lines:
        above = runs[-1][-1] if runs else None
        match = match_time(above.text) if above else None
        if above is None or match_time(line.text):
            runs.append([line])
        elif match and match.end() == len(above.text):
            text, raw = f"{above.text} {line.text}", f"{above.raw} {line.raw}"
            runs[-1][-1] = replace(above, text=text, raw=raw)
        else:
            runs[-1].append(line)
    first = segment.blank_lines_before
    return [paragraph(run, 1 if place else first) for place, run in enumerate(runs)]


def promote_numbered_items(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Turn ``3. Queues – Ana Ruiz`` with bullets below it from a list of one into a heading."""
    found: list[Segment] = []
    for place, segment in enumerate(segments):
        block = segment.block
        if heading := _numbered_heading(found[-1:], segment, context):
            found[-1] = heading
        elif isinstance(block, ListBlock) and (
            promoted := _promoted(block, segments[place + 1 : place + 2], context)
        ):
            found += promoted
        else:
            found.append(segment)
    return found


def _promoted(block: ListBlock, below: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Return the items of a numbered list as headings, if each is a talk and has a body."""
    if len(block.items) > MAX_ITEMS or not _is_numbered(block) or is_contents(block, context):
        return []
    is_alone = len(block.items) == 1 and bool(below)
    if not is_alone and not all(item.children for item in block.items):
        return []
    if not talks_of_bullets(block, context, least=1):
        return []
    return [
        segment
        for item in block.items
        for segment in (
            paragraph(lines_of_text(item.line, item.text)),
            *(Segment(SegmentKind.BLOCK, child.line, child) for child in item.children),
        )
    ]


def _is_numbered(block: ListBlock) -> bool:
    return all(block.ordered or _NUMBER.match(item.text) for item in block.items)


def _numbered_heading(
    above: Sequence[Segment], below: Segment, context: ParseContext
) -> Segment | None:
    """Return a heading for ``1. Queues`` when the line right under it names the speaker."""
    block = above[0].block if above else None
    is_under = below.kind is SegmentKind.PARAGRAPH and not below.blank_lines_before
    if not isinstance(block, ListBlock) or not is_under:
        return None
    item = block.items[0]
    if len(block.items) > 1 or item.children or not _is_numbered(block):
        return None
    who = context.parse_people(below.text[:200], below.line)
    if who is None or who.score < weights.MIN_DETAILED:
        return None
    rows = lines_of_text(item.line, _NUMBER.sub("", item.text, count=1))
    return paragraph([*rows, *below.lines])
