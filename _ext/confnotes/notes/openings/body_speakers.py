"""Speakers whom a bullet, a quoted block or the running text names; it stays where it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from confnotes.body import Block, ListBlock, Paragraph, Quote, Subheading
from confnotes.notes import weights
from confnotes.notes.codes import GuessCode
from confnotes.notes.openings.quoted_titles import QUOTED, people_of_title
from confnotes.notes.openings.speaker_items import read_first_items
from confnotes.notes.openings.speaker_sentences import speaker_of_sentence
from confnotes.notes.openings.talk_builder import TalkBuilder
from confnotes.notes.syntax.links_in_text import iter_texts

_MAX_TEXTS = 8


def find_speakers(builder: TalkBuilder, body: Sequence[Block]) -> None:
    """Find the speakers that the first blocks of a body name, unless a field has."""
    if builder.has_speaker_field or not body:
        return
    for block in islice((b for b in body[:4] if not isinstance(b, Subheading)), 3):
        if isinstance(block, Quote) and not builder.speakers:
            _read_quote(builder, block)
            continue
        if isinstance(block, ListBlock):
            read_first_items(builder, block, more=len(body) > 1)
        break
    if builder.speakers:
        return
    opening = next((block for block in body[:3] if not _is_picture(block)), body[0])
    for line, text in islice(iter_texts(body[:3]), _MAX_TEXTS):
        opens = line == opening.line and isinstance(opening, Paragraph)
        quoted = people_of_title(builder.title, text, line, builder.context)
        if who := quoted or speaker_of_sentence(text, line, builder.context, first=opens):
            builder.add(who, GuessCode.SPEAKER_IN_TEXT, "the text names the speaker", line)
            builder.is_named_in_body = True
            return


def _is_picture(block: Block) -> bool:
    """Return True if a paragraph begins with HTML or a picture."""
    return isinstance(block, Paragraph) and block.text.startswith(("<", "!["))


def quoted_title(body: Sequence[Block]) -> str:
    """Return the title that the first text below a name quotes."""
    text = body[0].text[:400] if body and isinstance(body[0], Paragraph) else ""
    match = re.search(QUOTED, text)
    return match["quoted"] if match else ""


def _read_quote(builder: TalkBuilder, block: Quote) -> None:
    """Read the lines of a quoted block that name people and nothing else."""
    rows = (
        (start + offset, row)
        for start, text in iter_texts([block])
        for offset, row in enumerate(text.split("\n"))
    )
    for number, row in islice(rows, 12):
        text = builder.context.strip_markup(row)
        who = builder.context.parse_people(row, number)
        least = weights.MIN_ANOTHER_SPEAKER if builder.speakers else weights.MIN_QUOTED_SPEAKER
        if who and len(text) < 120 and (who.score > least or all(s.handle for s in who.speakers)):
            message = "a line of the quoted block was read as"
            builder.add(who, GuessCode.SPEAKER_IN_TEXT, message, number)
