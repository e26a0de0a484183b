"""Speakers whom bullets, a quoted block or the running text name; these stay where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from confnotes.body import Block, ListBlock, ListEntry, Paragraph, Quote, Subheading
from confnotes.names import name_key
from confnotes.notes import weights
from confnotes.notes.codes import GuessCode
from confnotes.notes.entities.name_shape import NAME
from confnotes.notes.entities.parse_people import ParsedPeople, parse_people
from confnotes.notes.entities.words_around_names import has_lead
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.openings.quoted_titles import QUOTED, people_of_quoted
from confnotes.notes.openings.speaker_lines import may_precede_speaker, people_of_line
from confnotes.notes.openings.speaker_sentences import speaker_of_sentence
from confnotes.notes.openings.talk_builder import TalkBuilder
from confnotes.notes.syntax.fields import labels_speakers, parse_field
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.links_in_text import iter_texts
from confnotes.notes.syntax.lists import first_line, item_lines

_MAX_TEXTS = 8
_MAX_ITEMS, _MAX_LABELLED = 6, 12
_MAX_LENGTH = 160
_LABELLED = "what is under a label was read as"


def find_speakers(builder: TalkBuilder, body: Sequence[Block]) -> None:
    """Find the speakers that the first blocks of a body name, unless a field has."""
    if builder.has_speaker_field or not body:
        return
    for block in islice((b for b in body[:4] if not isinstance(b, Subheading)), 3):
        if isinstance(block, Quote) and not builder.speakers:
            _read_quote(builder, block)
            continue
        if isinstance(block, ListBlock):
            _read_first_items(builder, block, more=len(body) > 1)
            if not builder.speakers and len(block.items) == 1:
                continue
        break
    if builder.speakers:
        return
    pictures = [b for b in body[:3] if isinstance(b, Paragraph) and b.text.startswith(("<", "!["))]
    opening = next((block for block in body[:3] if block not in pictures), body[0])
    for line, text in islice(iter_texts(body[:3]), _MAX_TEXTS):
        is_habit = builder.is_marked and builder.context.speaker_below_prior > 0
        opens = isinstance(opening, Paragraph) and (is_habit or line == opening.line)
        if who := _after_title(text, line, builder) or speaker_of_sentence(
            text, line, builder.context, first=opens
        ):
            builder.add(who, GuessCode.SPEAKER_IN_TEXT, "the text names the speaker", line)
            builder.is_named_in_body = True
            return


def _after_title(text: str, line: int, builder: TalkBuilder) -> ParsedPeople | None:
    """Return who gave the talk, where the text says its title again: ``I saw Queues by Ana``."""
    place = text.find(builder.title) if builder.title else -1
    if place < 0:
        return None
    return people_of_quoted("", text[place + len(builder.title) :], line, builder.context)


def quoted_title(body: Sequence[Block]) -> str:
    """Return the title that the first text below a name quotes."""
    match = re.search(QUOTED, body[0].text[:400]) if isinstance(body[0], Paragraph) else None
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


def _read_first_items(builder: TalkBuilder, block: ListBlock, *, more: bool) -> None:
    """Add the speakers that the bullets of a talk's first list name."""
    for item in block.items[:4]:
        for who in _co_presenters(builder, item):
            builder.add(who, GuessCode.CO_PRESENTER, "a bullet names the co-presenter", item.line)
    if builder.speakers:
        return
    for item, who in _leading_speaker_items(block, builder.context, more=more):
        builder.add(who, GuessCode.SPEAKER_BELOW, "the first bullet was read as", item.line)
        builder.is_named_in_body = True
    for item in block.items[:3] if not builder.speakers else ():
        inner = item_lines(item.children[0]) if item.children else []
        if inner and labels_speakers(builder.context.strip_markup(item.text[:40])):
            read_labelled(builder, inner)


def read_labelled(builder: TalkBuilder, lines: Sequence[Line]) -> None:
    """Add the people on lines below a label, which is a heading or a bullet."""
    for line in lines[:_MAX_LABELLED]:
        if who := people_of_line(line, builder.context, ()):
            builder.add(who, GuessCode.SPEAKER_BELOW, _LABELLED, line.number)


def _leading_speaker_items(
    block: ListBlock, context: ParseContext, *, more: bool = False
) -> list[tuple[ListEntry, ParsedPeople]]:
    """Return the first bullets that only name people; addresses and times before them are passed.

    A bullet that is all capitals above bullets that are sentences stands out as a name. A list
    of nothing but names is an attendance, unless the talk has ``more`` than this list.
    """
    found: list[tuple[ListEntry, ParsedPeople]] = []
    below = block.items[1:_MAX_ITEMS]
    words = [item.text.split() for item in below]
    sentences = sum(len(row) > 4 or any(word[0].islower() for word in row) for row in words)
    stands_out = weights.FIRST_BULLET_STANDS_OUT * (sentences * 2 > len(below))
    bonus = context.speaker_below_prior + stands_out
    for place, item in enumerate(block.items[:_MAX_ITEMS]):
        who = _people(item, context)
        proper = _is_proper(item.text) or (context.speaker_below_prior and item.text.islower())
        if who is not None and who.score + bonus * bool(proper) >= weights.MIN_BULLET:
            found.append((item, who))
        elif found or place > 1:
            break
        elif not may_precede_speaker(item.text):
            bonus = 0.0
    whole_list = len(found) == len(block.items) and len(found) >= 3
    return found if not whole_list or more or context.speaker_below_prior else []


def _co_presenters(builder: TalkBuilder, item: ListEntry) -> Iterator[ParsedPeople]:
    """Yield whom a bullet calls a co-presenter."""
    text = builder.context.strip_markup(item.text[:200])
    match = compile_phrases(r"(?i)<people.co_presenters>").search(text)
    if match is None:
        return
    have = {name_key(speaker.name) for speaker in builder.speakers}
    for found in re.finditer(NAME, f"{text[: match.start()]}\n{text[match.end() :]}"):
        who = parse_people(found.group(), item.line, builder.context.known_names)
        if who is None or name_key(who.speakers[0].name) in have:
            continue
        is_full = " " in who.speakers[0].name
        if who.score > (weights.CO_PRESENTER if is_full else weights.CO_PRESENTER_OF_ONE_WORD):
            yield who


def _people(item: ListEntry, context: ParseContext) -> ParsedPeople | None:
    line = first_line(item)
    if parse_field(line) is not None:
        return None
    text = context.strip_markup(line.text) if len(line.text) <= _MAX_LENGTH else ""
    who = parse_people(text, item.line, context.known_names)
    prefixed = has_lead(text)
    if who is not None and (prefixed or all(" " in s.name or s.handle for s in who.speakers)):
        return ParsedPeople(who.speakers, who.score + weights.PREFIXED_SPEAKER * prefixed)
    return people_of_line(line, context, ()) if context.speaker_below_prior else None


def _is_proper(text: str) -> bool:
    """Return True if every word of a short bullet has a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return bool(words) and len(text.split()) <= 8 and all(word[0].isupper() for word in words)
