"""Talks of blocks that are no lists: rows of tables, entries pasted from a programme, quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from confnotes.body import Block, Paragraph, Preformatted, Quote, Table
from confnotes.model import Talk
from confnotes.notes import weights
from confnotes.notes.entities.parse_people import ParsedPeople, parse_people
from confnotes.notes.entities.section_words import is_break
from confnotes.notes.headings.annotations import strip_annotations
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.openings.speaker_lines import name_under_photo
from confnotes.notes.openings.unshown_words import unshown_words
from confnotes.notes.outline.bullet_talks import ListedTalk
from confnotes.notes.syntax.lines import Line, lines_of_text
from confnotes.notes.syntax.links_in_text import targets_in
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph
from confnotes.notes.syntax.tabs import COLUMN_OF_SPEAKERS, COLUMN_OF_TITLES


def read_table(block: Table, context: ParseContext) -> list[ListedTalk]:
    """Read each row as a talk when one column holds titles and another the speakers.

    A row without a title, or with a break, belongs to the talk above it.
    """
    if len(block.rows) < 2:
        return []
    names = block.rows[0]
    columns = _talk_columns(names)
    if columns is None:
        return []
    title, speaker = columns
    talks: list[ListedTalk] = []
    for line, row in enumerate(block.rows[1:], block.line + 2):
        is_short = max(title, speaker) >= len(row)
        is_pause = talks and is_break(row[title]) and not row[speaker] if not is_short else False
        if is_short or is_pause or not row[title]:
            if not talks:
                return []
            if text := " | ".join(filter(None, row)):
                below = Segment(SegmentKind.BLOCK, line, Paragraph(line, text))
                talks[-1] = talks[-1].with_more(below)
            continue
        who = context.parse_people(row[speaker], line)
        speakers = who.speakers if who else ()
        parse = HeadingParse.of_talk(context.clean_heading(row[title]), speakers, weights.OF_TABLE)
        shown = Talk(line, row[title], "", speakers=speakers)
        unshown = unshown_words(row[speaker], shown, context.markup)
        is_shown = not unshown and not any(targets_in(row[speaker]))
        rest = [
            f"{names[i]}: {cell}" if i < len(names) and names[i] else cell
            for i, cell in enumerate(row)
            if cell and i != title and not (i == speaker and is_shown)
        ]
        body = tuple(Segment(SegmentKind.BLOCK, line, Paragraph(line, text)) for text in rest)
        talks.append(ListedTalk(paragraph([Line.of_text(line, row[title])]), parse, body))
    return talks


def _talk_columns(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the column of titles and that of speakers, by what a table's header calls them."""
    title_words = compile_phrases(COLUMN_OF_TITLES)
    speaker_words = compile_phrases(COLUMN_OF_SPEAKERS)
    named = [i for i, name in enumerate(names) if speaker_words.search(name)]
    speaker = min(named, key=lambda i: bool(title_words.search(names[i])), default=None)
    titled = (i for i, name in enumerate(names) if i != speaker and title_words.search(name))
    title = next(titled, None)
    return None if title is None or speaker is None else (title, speaker)


def read_programme(block: Preformatted, context: ParseContext) -> list[ListedTalk]:
    """Read entries pasted from a programme: a title, ``Photo of Ana Ruiz``, her name, a room.

    An entry without a speaker, such as a break, belongs to the talk above it.
    """
    if block.language:
        return []
    texts = enumerate(block.text.split("\n"), block.line)
    rows = [Line.of_text(number, text.strip()) for number, text in texts]
    if not any(name_under_photo(row.text) for row in rows):
        return []
    entries = [list(run) for full, run in groupby(rows, key=lambda row: bool(row.text)) if full]
    talks: list[ListedTalk] = []
    for entry in entries:
        title, *rest = entry
        photos = [name for row in rest if (name := name_under_photo(row.text))]
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


def read_quote(block: Quote, context: ParseContext) -> list[ListedTalk]:
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
    return [ListedTalk(paragraph([first]), parse, body)]


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
        yield from lines_of_text(block.line, block.text)
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
