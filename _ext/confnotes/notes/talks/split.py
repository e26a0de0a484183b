"""A post cut at its headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from confnotes.body import ListBlock
from confnotes.notes.outline.candidate import WIDE_GAP, Candidate, Label
from confnotes.notes.syntax.fields import parse_field
from confnotes.notes.syntax.links_in_text import targets_in
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraphs


@dataclass(slots=True)
class TalkSection:
    """A heading, and the segments up to the next; that of a group has its own ``heading``."""

    candidate: Candidate | None
    segments: list[Segment]
    heading: Segment | None = None

    @property
    def says_more(self) -> bool:
        """Return True if the heading of a group has a link that its track lacks."""
        text = self.candidate.text if self.candidate else ""
        return bool(self.heading and set(targets_in(self.heading.text)) - set(targets_in(text)))


def split_at_headings(
    segments: Sequence[Segment], candidates: Sequence[Candidate], start: int
) -> list[TalkSection]:
    """Cut the segments of a post, counted from ``start``, at its headings."""
    headings = {c.index: c for c in candidates if c.label in {Label.TALK, Label.GROUP}}
    found = [TalkSection(None, [])]
    for index, segment in enumerate(segments, start):
        if index not in headings:
            found[-1].segments.append(segment)
        elif headings[index].label is Label.GROUP:
            found.append(TalkSection(headings[index], paragraphs(segment.lines[1:]), segment))
        else:
            found.append(TalkSection(headings[index], [segment]))
    return found if found[0].segments else found[1:]


def closing_paragraph_start(segments: Sequence[Segment]) -> int:
    """Return where closing paragraphs begin that a wide gap parts from the last talk."""
    start = len(segments)
    while start > 1 and segments[start - 1].kind is SegmentKind.PARAGRAPH:
        start -= 1
    parted = 1 < start < len(segments) and segments[start].blank_lines_before >= WIDE_GAP
    return start if parted and isinstance(segments[start - 1].block, ListBlock) else len(segments)


def holds_fields(segment: Segment) -> bool:
    """Return True if a paragraph holds nothing but field lines."""
    found = map(parse_field, segment.lines)
    is_paragraph = segment.kind is SegmentKind.PARAGRAPH
    return is_paragraph and all(field and field.is_explicit for field in found)
