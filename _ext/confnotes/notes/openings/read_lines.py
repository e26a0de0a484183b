"""Lines of an opening: fields and speakers are taken into the talk, what is neither is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from confnotes.body import Block
from confnotes.names import has_only_honorifics
from confnotes.notes import weights
from confnotes.notes.codes import GuessCode
from confnotes.notes.entities.parse_people import ParsedPeople, parse_people
from confnotes.notes.entities.roles_and_employers import is_job_title
from confnotes.notes.entities.words_around_names import has_lead
from confnotes.notes.headings.forms import Form
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.openings.apply_fields import FieldResult, apply_values, warn_unknown
from confnotes.notes.openings.speaker_lines import may_precede_speaker, people_of_line
from confnotes.notes.openings.talk_builder import TalkBuilder
from confnotes.notes.openings.unshown_words import unshown_words
from confnotes.notes.openings.values_below import values_below
from confnotes.notes.syntax.fields import FieldName, correct_label, names_speakers, parse_field
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.lists import item_lines
from confnotes.notes.syntax.segments import Segment

_MAX_LINES = 8
"""How far fields are looked for below text that is none."""


def read_lines(
    builder: TalkBuilder, lines: Sequence[Line], *, guess: bool, below: Block | None = None
) -> list[Line]:
    """Take fields and speakers out of a paragraph; return the lines that are neither.

    The list ``below`` has the values of a field that has none on its line.
    """
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        said = parse_field(line)
        is_value = said is not None and not said.is_unambiguous and bool(said.value.text)
        if guess and names_speakers(line) and not is_value:
            builder.evidence = weights.FIELD
        if said is not None and (guess or (said.is_explicit and place <= _MAX_LINES)):
            values, items = [], []
            if not said.value.text:
                values = values_below(said, lines[place:], builder.context, indent=line.indent)
                listed = item_lines(below) if place == len(lines) else []
                items = values_below(said, listed, builder.context)
            place += len(values)
            taken = apply_values(builder, said, values or items)
            if taken is not FieldResult.APPLIED or (items and not values):
                kept += [line, *values]
                guess = guess and taken is not FieldResult.NOT_A_FIELD
            elif said.name in {FieldName.SPEAKERS, FieldName.AFFILIATION, FieldName.KIND}:
                typed = [(value, value.text) for value in values] or [(line, said.value.text)]
                builder.consumed_lines += typed
            continue
        if place <= _MAX_LINES and (meant := correct_label(line)):
            warn_unknown(builder, line, meant)
            kept.append(line)
        elif not guess:
            kept.append(line)
        elif who := people_of_line(line, builder.context, builder.speakers):
            guess = _add_speakers(builder, line, who)
            if not guess:
                kept.append(line)
        elif place == 1 or not _read_job(builder, line):
            kept.append(line)
            later = lines[place : place + 7]
            guess = may_precede_speaker(line.text) or any(map(names_speakers, later))
    return kept


def find_speaker_line(builder: TalkBuilder, lines: Sequence[Line]) -> None:
    """Find the speaker's own line in a pasted programme entry; the entry stays as it is."""
    for line in lines[1:6] if not builder.speakers else ():
        who = people_of_line(line, builder.context, builder.speakers)
        full = who and all(" " in speaker.name for speaker in who.speakers)
        if who and full and who.score > weights.MIN_LINE_OF_ENTRY:
            message = "a line under the heading was read as"
            builder.add(who, GuessCode.SPEAKER_BELOW, message, line.number)
            return


def read_lone_speaker(builder: TalkBuilder, lines: list[Line]) -> list[Line]:
    """Read a name that stands alone below text, or above a handle, as the speaker."""
    who = parse_people(lines[0].text, lines[0].number) if lines else None
    if any(line.text[0] != "@" for line in lines[1:]):
        return lines
    if who is None or who.score < weights.MIN_LONE_SPEAKER:
        return lines
    if any(" " not in speaker.name for speaker in who.speakers):
        return lines
    return lines[1:] if _add_speakers(builder, lines[0], who) else lines


def read_heading_as_speaker(builder: TalkBuilder, segment: Segment) -> bool:
    """Read a heading as the speaker's name or field; return True if it says nothing else.

    Where other talks have such headings, it need not: ``Jo Moss – bakes bread``.
    """
    line, context = segment.lines[0], builder.context
    if names_speakers(line):
        return not read_lines(builder, segment.lines, guess=True)
    who = people_of_line(line, context, builder.speakers)
    if who is None and context.speaker_below_prior and not builder.speakers:
        parse = best_parse(line.text, line.number, context)
        who = ParsedPeople(parse.speakers, parse.score) if parse.speakers else None
    if who is None or builder.parse.form is Form.SPEAKER:
        return False
    message = "the heading under the heading was read as"
    builder.add(who, GuessCode.SPEAKER_BELOW, message, line.number)
    if context.speaker_below_prior:
        builder.consumed_lines.append((line, line.text))
        return True
    return _consume(builder, line, who)


def _add_speakers(builder: TalkBuilder, line: Line, who: ParsedPeople) -> bool:
    """Add the speakers of a line; return False if it says something besides."""
    if not builder.has_speaker_field and has_lead(builder.context.strip_markup(line.text)):
        builder.speakers += who.speakers
        builder.evidence = max(builder.evidence, who.score)
    elif not builder.has_speaker_field:
        message = "the line under the heading was read as"
        builder.add(who, GuessCode.SPEAKER_BELOW, message, line.number)
    return _consume(builder, line, who)


def _read_job(builder: TalkBuilder, line: Line) -> bool:
    """Read a line under the speaker's as what that person does; return False if there is more."""
    text = builder.context.strip_markup(line.text)
    if len(builder.speakers) != 1 or not is_job_title(text) or builder.speakers[0].role:
        return False
    speaker = builder.speakers[0]
    who = parse_people(f"{speaker.name}, {text}", speaker.line, builder.context.known_names)
    if who is None or len(who.speakers) != 1:
        return False
    builder.speakers = list(who.speakers)
    return _consume(builder, line, who)


def _consume(builder: TalkBuilder, line: Line, who: ParsedPeople) -> bool:
    """Take a line off the page if its speakers hold every word of it; addresses do not matter."""
    talk = replace(builder.talk, title="", track="", speakers=who.speakers)
    if not has_only_honorifics(unshown_words(line.text, talk, builder.context.markup)):
        return False
    builder.consumed_lines.append((line, line.text))
    return True
