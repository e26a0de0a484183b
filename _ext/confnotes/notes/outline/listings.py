"""Talks that have no heading of their own: a bullet, a table's row, a quoted block is the talk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from confnotes.body import Block, ListBlock, Paragraph, Preformatted, Quote, Table
from confnotes.notes import weights
from confnotes.notes.entities.parse_people import ParsedPeople, parse_people
from confnotes.notes.entities.section_words import announces_talks, is_group_heading, mentions_talks
from confnotes.notes.headings.annotations import strip_annotations
from confnotes.notes.headings.context import ParseContext
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse import best_parse
from confnotes.notes.languages.patterns import alternation
from confnotes.notes.outline.announced_items import (
    read_linked_titles,
    read_summaries,
    read_titles,
)
from confnotes.notes.outline.listed_items import (
    ListedTalk,
    count_items,
    is_contents,
    read_items,
)
from confnotes.notes.outline.talks_in_sentences import talk_in_sentence
from confnotes.notes.outline.timed_items import read_timed_items
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.links_in_text import targets_in
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_PHOTO = re.compile(r"\bphoto of (?P<name>[^\W\d_].{2,60})$", re.IGNORECASE | re.MULTILINE)


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
        introduced = _introduces_talks(segment)


def lists_talks(segments: Sequence[Segment], context: ParseContext, group: str = "") -> bool:
    """Return True if one of ``segments``, below the heading ``group``, surely lists talks."""
    return any(found for _, found in read_listings(segments, context, group, expected=False))


def programme_start(segments: Sequence[Segment], context: ParseContext) -> int:
    """Return where quoted programme entries, two or more, go on after a talk."""
    entries = [
        place
        for place, segment in enumerate(segments)
        if place and isinstance(segment.block, Quote) and lists_talks([segment], context)
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
            found = read_items(block, context, least)
            found = found or read_timed_items(block, context)
            found = found or (read_linked_titles(block, context) if introduced else [])
            found = found or (read_summaries(block, context) if expected or introduced else [])
            return found or read_titles(block, context, introduced=introduced)
        case Preformatted() as block:
            return _programme(block, context)
        case Table() as block:
            return _table(block, context)
        case Quote() as block:
            return _quote(block, context)
        case Paragraph() if segment.kind is SegmentKind.BLOCK:
            return talk_in_sentence(segment, context)
    return []


def count_introduced(segments: Sequence[Segment], group: str, context: ParseContext) -> int:
    """Return how many talks the list has that stands right below the heading ``group``."""
    return sum(len(found) for _, found in read_listings(segments, context, group, expected=False))


def count_listed(segment: Segment, context: ParseContext) -> int:
    """Return how many talks a list or a programme surely holds."""
    match segment.block:
        case Preformatted() as block:
            return len(_programme(block, context))
        case ListBlock() as block if not is_contents(block, context):
            return count_items(block, context) or len(read_timed_items(block, context))
        case Paragraph() if segment.kind is SegmentKind.BLOCK:
            return len(talk_in_sentence(segment, context))
    return 0


def _introduces_talks(segment: Segment) -> bool:
    """Return True if a paragraph announces a list of talks: ``On Saturday I heard two talks:``."""
    return segment.kind is SegmentKind.PARAGRAPH and announces_talks(segment.lines[-1].text)


def _programme(block: Preformatted, context: ParseContext) -> list[ListedTalk]:
    """Read entries pasted from a programme: a title, ``Photo of Ana Ruiz``, her name, a room.

    An entry without a speaker, such as a break, belongs to the talk above it.
    """
    if block.language or not _PHOTO.search(block.text):
        return []
    texts = enumerate(block.text.split("\n"), block.line)
    rows = [Line.of_text(number, text.strip()) for number, text in texts]
    entries = [list(run) for full, run in groupby(rows, key=lambda row: bool(row.text)) if full]
    talks: list[ListedTalk] = []
    for entry in entries:
        title, *rest = entry
        photos = [match["name"] for row in rest if (match := _PHOTO.search(row.text))]
        who = [parse_people(name, title.number, context.known_names) for name in photos]
        speakers = tuple(speaker for people in who if people for speaker in people.speakers)
        if speakers:
            parse = HeadingParse.of_talk(title.text, speakers, weights.OF_PROGRAMME)
            talks.append(ListedTalk(paragraph([title]), parse, (paragraph(rest),)))
        elif talks:
            talks[-1] = talks[-1].with_more(paragraph(entry))
        else:
            return []
    return talks


def _table(block: Table, context: ParseContext) -> list[ListedTalk]:
    """Read each row as a talk when one column holds titles and another the speakers.

    A row without a title belongs to the talk above it.
    """
    if not block.header or len(block.rows) < 2:
        return []
    names = block.rows[0]
    columns = _talk_columns(names)
    if columns is None:
        return []
    title, speaker = columns
    talks: list[ListedTalk] = []
    for line, row in enumerate(block.rows[1:], block.line + 2):
        if max(title, speaker) >= len(row) or not row[title]:
            if not talks:
                return []
            if text := " | ".join(filter(None, row)):
                below = Segment(SegmentKind.BLOCK, line, Paragraph(line, text))
                talks[-1] = talks[-1].with_more(below)
            continue
        who = context.parse_people(row[speaker], line)
        speakers = who.speakers if who else ()
        parse = HeadingParse.of_talk(context.clean_heading(row[title]), speakers, weights.OF_TABLE)
        rest = [
            f"{names[i]}: {cell}" if i < len(names) and names[i] else cell
            for i, cell in enumerate(row)
            if cell and i != title and (i != speaker or not who or any(targets_in(cell)))
        ]
        body = tuple(Segment(SegmentKind.BLOCK, line, Paragraph(line, text)) for text in rest)
        talks.append(ListedTalk(_heading(Line.of_text(line, row[title])), parse, body))
    return talks


def _talk_columns(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the column of titles and that of speakers, by what a table's header calls them."""
    title_words, speaker_words = _column_patterns()
    named = [i for i, name in enumerate(names) if speaker_words.search(name)]
    speaker = min(named, key=lambda i: bool(title_words.search(names[i])), default=None)
    titled = (i for i, name in enumerate(names) if i != speaker and title_words.search(name))
    title = next(titled, None)
    return None if title is None or speaker is None else (title, speaker)


@cache
def _column_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    titles = alternation("columns.title")
    speakers = alternation("fields.speakers", "columns.speakers")
    return re.compile(titles, re.IGNORECASE), re.compile(speakers, re.IGNORECASE)


def _heading(line: Line) -> Segment:
    """Return the line of a block that is the heading of a talk; the block is its body."""
    return Segment(SegmentKind.PARAGRAPH, line.number, None, (line,))


def _quote(block: Quote, context: ParseContext) -> list[ListedTalk]:
    """Read a quoted programme entry: its title, what it is about, its speaker."""
    lines = list(_quoted_lines(block))
    if len(lines) < 2 or len(lines[0].text) > 160:
        return []
    first, *_, last = lines
    parse = best_parse(first.text, first.number, context)
    sure = parse.speakers and parse.score > weights.CONFIDENT and parse.form is not Form.SPEAKER
    if not sure:
        who = _quoted_people((lines[1], last), context)
        if who is None:
            return []
        bare = strip_annotations(parse.title).text if not parse.speakers else ""
        title = bare or context.clean_heading(first.text)
        parse = HeadingParse.of_talk(title, who.speakers, who.score)
    below = _without_first_line(block)
    body = (Segment(SegmentKind.BLOCK, below.line, below),) if below else ()
    return [ListedTalk(_heading(first), parse, body)]


def _quoted_people(lines: Sequence[Line], context: ParseContext) -> ParsedPeople | None:
    """Return the people of the first of ``lines`` that surely names some."""
    for line in lines:
        who = context.parse_people(line.text[:200], line.number)
        known = any(speaker.role or speaker.handle for speaker in who.speakers) if who else False
        if who and who.score > (weights.MIN_DETAILED if known else weights.MIN_LINE_OF_ENTRY):
            return who
    return None


def _quoted_lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        for number, text in enumerate(block.text.split("\n"), block.line):
            yield Line.of_text(number, text)
    elif isinstance(block, Quote):
        for child in block.children:
            yield from _quoted_lines(child)


def _without_first_line(block: Quote) -> Quote | None:
    first, *others = block.children
    if not isinstance(first, Paragraph):
        return block
    _, _, rest = first.text.partition("\n")
    kept: tuple[Block, ...] = (Paragraph(first.line + 1, rest),) if rest else ()
    children = (*kept, *others)
    return Quote(children[0].line, children) if children else None
