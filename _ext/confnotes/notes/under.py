"""The lines right under a head: fields, and the speaker's own line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.model import Speaker
from confnotes.names import key
from confnotes.notes.codes import Code
from confnotes.notes.draft import Draft
from confnotes.notes.fields import Name, field
from confnotes.notes.heads import Form
from confnotes.notes.inline import bare
from confnotes.notes.lines import Line
from confnotes.notes.occupations import is_job
from confnotes.notes.people import People, people
from confnotes.notes.pieces import Piece
from confnotes.notes.taking import Taken, take
from confnotes.notes.words import JOINING, WORDS

LED = re.compile(r"^[(\[]?(?:by|with|presented by|speakers?|presenters?|given by)\b", re.IGNORECASE)
_LED_LEAST, LEAST, _ANOTHER_LEAST = -1.0, -0.25, 3.0
"""Log-odds it takes: a line that begins with ``by``, any line, a line under a head with "
"speakers."""


def leading(at: Draft, lines: Sequence[Line]) -> list[Line]:
    """Take fields and speakers off the front of a paragraph; return the lines that are neither."""
    kept: list[Line] = []
    for place, line in enumerate(lines):
        said = field(line)
        if said is not None:
            taken = take(at, said)
            if taken is Taken.NO:
                return [*kept, *lines[place:]]
            if taken is Taken.WRONG:
                kept.append(line)
            continue
        who = _people(at, line)
        if who is None and place and _job(at, line):
            continue
        if who is None and _says_later(lines[place + 1 : place + 8]):
            kept.append(line)
            continue
        if who is None:
            return [*kept, *lines[place:]]
        if not at.said_speakers and LED.match(bare(line.text, at.markup)):
            at.speakers += who.speakers
        elif not at.said_speakers:
            at.add(who, Code.SPEAKER_BELOW, "the line under the head was read as", line.number)
        if not _says_all(line, at, who):
            return [*kept, *lines[place:]]
        at.used.append(line)
    return kept


def _says_later(lines: Sequence[Line]) -> bool:
    """Say whether a field further down the paragraph names the speakers."""
    found = (field(line) for line in lines)
    return any(said is not None and said.name is Name.SPEAKERS and said.plain for said in found)


def _job(at: Draft, line: Line) -> bool:
    """Read a line under the speaker's as what that person does; say whether it is all said."""
    text = bare(line.text, at.markup)
    if len(at.speakers) != 1 or not is_job(text) or at.speakers[0].role:
        return False
    who = people(f"{at.speakers[0].name}, {text}", at.speakers[0].line, at.context.known)
    if who is None or len(who.speakers) != 1:
        return False
    at.speakers = list(who.speakers)
    return _says_all(line, at, who)


def speaker_among(at: Draft, lines: Sequence[Line]) -> None:
    """Find the speaker's own line in a pasted programme entry; the entry stays as it is."""
    for line in lines[1:6] if not at.speakers else ():
        who = _people(at, line)
        if who and who.score > 1.5 and all(" " in speaker.name for speaker in who.speakers):
            at.add(who, Code.SPEAKER_BELOW, "a line under the head was read as", line.number)
            return


def speaker_heading(at: Draft, piece: Piece) -> bool:
    """Read a heading as the speaker's name; say whether that leaves nothing of it to show."""
    who = _people(at, piece.lines[0])
    if who is None or at.reading.form is Form.PERSON:
        return False
    at.add(who, Code.SPEAKER_BELOW, "the heading under the head was read as", piece.line)
    all_said = _says_all(piece.lines[0], at, who)
    at.used += piece.lines if all_said else ()
    return all_said


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
    """Say whether each of ``others`` has a word of its name in common with ``some``."""
    words = {word for speaker in some for word in key(speaker.name).split()}
    return all(words.intersection(key(speaker.name).split()) for speaker in others)


def _says_all(line: Line, at: Draft, who: People) -> bool:
    """Say whether the speakers hold every word of the line, so that nothing is lost without it."""
    said = " ".join(
        f"{s.name} {s.affiliation} {s.role} {s.handle}" for s in who.speakers
    ).casefold()
    words = set(WORDS.findall(said)) | JOINING
    return all(word.casefold() in words for word in WORDS.findall(bare(line.text, at.markup)))
