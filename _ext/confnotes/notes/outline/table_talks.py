"""Tables whose rows are talks: one column holds titles, another the speakers."""

from __future__ import annotations

from collections.abc import Sequence

from confnotes.body import Paragraph, Table
from confnotes.model import Talk
from confnotes.notes import weights
from confnotes.notes.headings.forms import HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.openings.unshown_words import unshown_words
from confnotes.notes.outline.listed_items import ListedTalk
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.links_in_text import targets_in
from confnotes.notes.syntax.segments import Segment, SegmentKind


def read_table(block: Table, context: ParseContext) -> list[ListedTalk]:
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
        shown = Talk(line, row[title], "", speakers=speakers)
        unshown = unshown_words(row[speaker], shown, context.markup)
        is_shown = not unshown and not any(targets_in(row[speaker]))
        rest = [
            f"{names[i]}: {cell}" if i < len(names) and names[i] else cell
            for i, cell in enumerate(row)
            if cell and i != title and not (i == speaker and is_shown)
        ]
        body = tuple(Segment(SegmentKind.BLOCK, line, Paragraph(line, text)) for text in rest)
        talks.append(ListedTalk(block_heading(Line.of_text(line, row[title])), parse, body))
    return talks


def _talk_columns(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the column of titles and that of speakers, by what a table's header calls them."""
    title_words = compile_phrases(r"(?i)<columns.title>")
    speaker_words = compile_phrases(r"(?i)<fields.speakers,columns.speakers>")
    named = [i for i, name in enumerate(names) if speaker_words.search(name)]
    speaker = min(named, key=lambda i: bool(title_words.search(names[i])), default=None)
    titled = (i for i, name in enumerate(names) if i != speaker and title_words.search(name))
    title = next(titled, None)
    return None if title is None or speaker is None else (title, speaker)


def block_heading(line: Line) -> Segment:
    """Return the line of a block that is the heading of a talk; the block is its body."""
    return Segment(SegmentKind.PARAGRAPH, line.number, None, (line,))
