"""The opening of a talk: the fields and the speakers' lines between its heading and its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from confnotes.model import Block, Bullets, Speaker, Talk
from confnotes.names import key
from confnotes.notes.codes import Code
from confnotes.notes.draft import Draft
from confnotes.notes.fields import Field, Name, field, misspelt
from confnotes.notes.heads import Form
from confnotes.notes.inline import bare
from confnotes.notes.lines import Line
from confnotes.notes.occupations import is_job
from confnotes.notes.people import People, people
from confnotes.notes.pieces import Piece, Shape, block_of, paragraphs
from confnotes.notes.taking import Taken, take, warn_unknown
from confnotes.notes.texts import besides_addresses
from confnotes.notes.words import unshown_urls, unshown_words

LED = re.compile(r"^[(\[]?(?:by|with|presented by|speakers?|presenters?|given by)\b", re.IGNORECASE)
LEAST = -0.25
"""Log-odds it takes to read a line under a head as its speaker."""
_LED_LEAST = -1.0
"""The same for a line that begins with ``by``."""
_ANOTHER_LEAST = 3.0
"""The same for a line under a head that names speakers."""
_MAX_PARAGRAPHS = 4
_MAX_LINES = 8
"""How far fields are looked for below text that is none."""


def read_opening(
    at: Draft,
    lead: Sequence[Line],
    pieces: Sequence[Piece],
    *,
    above: Sequence[Line] = (),
    guess: bool = True,
) -> list[Block]:
    """Take fields and speakers off the opening; return what is left, which is the body.

    ``lead`` are the lines that share the paragraph of the heading, ``above`` fields above it.
    Field lines count wherever they stand. Speakers' lines, which are guessed, only count up to the
    first text that is neither.
    """
    body = [*map(block_of, paragraphs(_read_lines(at, above, guess=False)))]
    if lead:
        left = _read_lines(at, lead, guess=guess)
        if guess:
            _find_speaker_line(at, left)
        guess = guess and not left
        body += map(block_of, paragraphs(left))
    count = 0
    for count, piece in enumerate(pieces):
        if piece.shape is Shape.PARAGRAPH and (guess or count < _MAX_PARAGRAPHS):
            left = _read_lines(at, piece.lines, guess=guess)
            if guess and len(piece.lines) < 5:
                _find_speaker_line(at, left)
            guess = guess and not any(besides_addresses(line.text) for line in left)
            body += map(block_of, paragraphs(left))
        elif not (guess and piece.shape is Shape.HEADING and _read_speaker_heading(at, piece)):
            if isinstance(piece.block, Bullets):
                _read_first_items(at, piece.block)
            break
    else:
        count = len(pieces)
    return body + [block_of(piece) for piece in pieces[count:]]


def put_back(at: Draft) -> list[Block]:
    """Return the lines of the opening that say more than the talk shows; they stay in the body."""
    talk = at.finished()
    used = [(line, text, replace(talk, title="", track="")) for line, text in at.used]
    used += [(line, line.text, Talk(0, "", talk.title)) for line in at.titles]
    lines = (
        line
        for line, text, shown in used
        if unshown_urls(text, shown) or unshown_words(text, shown, at.markup)
    )
    return [block_of(piece) for piece in paragraphs(lines)]


def _read_lines(at: Draft, lines: Sequence[Line], *, guess: bool) -> list[Line]:
    """Take fields and speakers out of a paragraph; return the lines that are neither."""
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        said = field(line)
        if said is not None and (guess or (said.is_explicit and place <= _MAX_LINES)):
            value = lines[place] if place < len(lines) else None
            if not said.said.text and value and value.indent > line.indent and not field(value):
                said = replace(said, said=replace(said.said, line=value.number, text=value.text))
                place += 1
            taken = take(at, said)
            if taken is not Taken.YES:
                kept += [line] if said.said.line == line.number else lines[place - 2 : place]
                guess = guess and taken is Taken.WRONG
            elif said.name in {Name.SPEAKERS, Name.AFFILIATION, Name.KIND}:
                at.used.append((line, said.said.text))
            continue
        if place <= _MAX_LINES and (meant := misspelt(line)):
            warn_unknown(at, line, meant)
            kept.append(line)
        elif not guess:
            kept.append(line)
        elif who := _people(at, line):
            guess = _add_speakers(at, line, who)
            if not guess:
                kept.append(line)
        elif place == 1 or not _read_job(at, line):
            kept.append(line)
            guess = any(_names_speakers(field(later)) for later in lines[place : place + 7])
    return kept


def _add_speakers(at: Draft, line: Line, who: People) -> bool:
    """Add the speakers of a line; return False if it says something besides."""
    if not at.said_speakers and LED.match(bare(line.text, at.markup)):
        at.speakers += who.speakers
    elif not at.said_speakers:
        at.add(who, Code.SPEAKER_BELOW, "the line under the head was read as", line.number)
    if not _holds_all(who, line, at):
        return False
    at.used.append((line, line.text))
    return True


def _names_speakers(said: Field | None) -> bool:
    return said is not None and said.name is Name.SPEAKERS and said.plain


def _read_job(at: Draft, line: Line) -> bool:
    """Read a line under the speaker's as what that person does; return False if there is more."""
    text = bare(line.text, at.markup)
    if len(at.speakers) != 1 or not is_job(text) or at.speakers[0].role:
        return False
    who = people(f"{at.speakers[0].name}, {text}", at.speakers[0].line, at.context.known)
    if who is None or len(who.speakers) != 1:
        return False
    at.speakers = list(who.speakers)
    if not _holds_all(who, line, at):
        return False
    at.used.append((line, line.text))
    return True


def _read_first_items(at: Draft, block: Bullets) -> None:
    """Read the fields that a list begins with; its items stay where they are."""
    for item in block.items:
        first = item.text.split("\n", 1)[0]
        said = field(Line(item.line, first, first, 0))
        if said is None or not said.is_explicit or not said.said.text:
            return
        take(at, said)


def _find_speaker_line(at: Draft, lines: Sequence[Line]) -> None:
    """Find the speaker's own line in a pasted programme entry; the entry stays as it is."""
    for line in lines[1:6] if not at.speakers else ():
        who = _people(at, line)
        if who and who.score > 1.5 and all(" " in speaker.name for speaker in who.speakers):
            at.add(who, Code.SPEAKER_BELOW, "a line under the head was read as", line.number)
            return


def _read_speaker_heading(at: Draft, piece: Piece) -> bool:
    """Read a heading as the speaker's name; return True if it says nothing else."""
    who = _people(at, piece.lines[0])
    if who is None or at.reading.form is Form.PERSON:
        return False
    at.add(who, Code.SPEAKER_BELOW, "the heading under the head was read as", piece.line)
    if not _holds_all(who, piece.lines[0], at):
        return False
    at.used += [(line, line.text) for line in piece.lines]
    return True


def _people(at: Draft, line: Line) -> People | None:
    if len(line.text) > 200:
        return None
    text = bare(line.text, at.markup)
    who = people(text, line.number, at.context.known)
    if who is None:
        return None
    led = bool(LED.match(text))
    single = all(" " not in speaker.name for speaker in who.speakers)
    least = _LED_LEAST if led else LEAST + 1.5 * single
    if at.speakers and not led:
        least = LEAST if _shared(at.speakers, who.speakers) else _ANOTHER_LEAST
    return who if who.score > least - at.context.below else None


def _shared(some: Sequence[Speaker], others: Sequence[Speaker]) -> bool:
    """Return True if each of ``others`` has a word of its name in common with ``some``."""
    words = {word for speaker in some for word in key(speaker.name).split()}
    return all(words.intersection(key(speaker.name).split()) for speaker in others)


def _holds_all(who: People, line: Line, at: Draft) -> bool:
    """Return True if the speakers hold every word of the line; its addresses do not matter."""
    talk = replace(at.talk, title="", track="", speakers=who.speakers)
    return not unshown_words(line.text, talk, at.markup)
