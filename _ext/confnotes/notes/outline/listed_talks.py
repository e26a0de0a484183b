"""Talks that have no heading of their own: a bullet, a table's row, a quoted block is the talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from confnotes.body import ListBlock, Paragraph, Preformatted, Quote, Table
from confnotes.model import Markup
from confnotes.notes.entities.section_words import announces_talks, is_group_heading, mentions_talks
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.outline.block_talks import read_programme, read_quote, read_table
from confnotes.notes.outline.bullet_talks import (
    ListedTalk,
    count_talks_of_bullets,
    is_contents,
    talks_of_bullets,
)
from confnotes.notes.outline.listed_titles import (
    read_index,
    read_lines_of_talks,
    read_linked_titles,
    read_summaries,
    read_timed_items,
    read_titles,
)
from confnotes.notes.outline.talks_in_sentences import talks_in_sentences
from confnotes.notes.syntax.segments import Segment, SegmentKind


def read_listings(
    segments: Sequence[Segment], context: ParseContext, group: str, *, expected: bool
) -> Iterator[tuple[Segment, list[ListedTalk]]]:
    """Yield each segment below the heading ``group`` with the talks that it lists.

    They may be ``expected``.
    """
    least = 1 if sum(count_listed(segment, context) for segment in segments) > 1 else 2
    introduced = announces_talks(group) or (is_group_heading(group) and mentions_talks(group))
    for segment in segments:
        yield segment, _talks_of(segment, context, least, expected=expected, introduced=introduced)
        introduced = introduces_talks(segment)


def introduces_talks(segment: Segment) -> bool:
    """Return True if a paragraph ends in a line over a list of talks."""
    is_paragraph = segment.kind is SegmentKind.PARAGRAPH
    return is_paragraph and announces_talks(segment.lines[-1].text)


def count_talks(segments: Sequence[Segment], context: ParseContext, group: str = "") -> int:
    """Return how many talks ``segments``, below the heading ``group``, surely list."""
    return sum(len(found) for _, found in read_listings(segments, context, group, expected=False))


def programme_start(segments: Sequence[Segment], context: ParseContext) -> int:
    """Return where quoted programme entries, two or more, go on after a talk."""
    entries = [
        place
        for place, segment in enumerate(segments)
        if place and isinstance(segment.block, Quote) and count_talks([segment], context)
    ]
    return entries[0] if len(entries) > 1 else len(segments)


def _talks_of(
    segment: Segment,
    context: ParseContext,
    least: int = 2,
    *,
    expected: bool = False,
    introduced: bool = False,
) -> list[ListedTalk]:
    """Return the talks that ``segment`` lists, none if it is no list of talks.

    ``least`` is how many bullets must surely be talks; where talks are ``expected``, those that
    begin with a title need no speaker; so do linked titles where a line has ``introduced`` talks.
    """
    match segment.block:
        case ListBlock() as block if not is_contents(block, context):
            found = talks_of_bullets(block, context, least)
            found = found or read_timed_items(block, context) or read_index(block, context)
            found = found or (read_linked_titles(block, context) if introduced else [])
            found = found or (read_summaries(block, context) if expected or introduced else [])
            return found or read_titles(block, context, introduced=introduced)
        case Preformatted() as block:
            return read_programme(block, context)
        case Table() as block:
            return read_table(block, context)
        case Quote() as block:
            return read_quote(block, context)
        case Paragraph() if segment.kind is SegmentKind.BLOCK:
            return talks_in_sentences(segment, context)
        case Paragraph():
            lines = read_lines_of_talks(segment.lines, context) if expected else []
            return lines or talks_in_sentences(segment, context, quoted=True)
    return []


def count_listed(segment: Segment, context: ParseContext, above: Segment | None = None) -> int:
    """Return how many talks a list or a programme surely holds; a line ``above`` may say so."""
    is_plain = context.markup is Markup.PLAIN
    match segment.block:
        case ListBlock() as block if above and is_plain and introduces_talks(above):
            return len(read_titles(block, context, introduced=True))
        case Preformatted() as block:
            return len(read_programme(block, context))
        case ListBlock() as block if not is_contents(block, context):
            count = count_talks_of_bullets(block, context)
            return count or len(read_timed_items(block, context) or read_index(block, context))
        case Paragraph() if segment.kind is SegmentKind.BLOCK:
            return len(talks_in_sentences(segment, context))
    return 0
