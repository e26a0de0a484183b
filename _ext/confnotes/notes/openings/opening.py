"""The opening of a talk: the fields and the speakers' lines between its heading and its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from confnotes.model import Block, ListBlock, Speaker, Talk
from confnotes.names import name_key
from confnotes.notes.codes import NoteCode
from confnotes.notes.entities.affiliations import is_job_title
from confnotes.notes.entities.people import ParsedPeople, parse_people
from confnotes.notes.headings.parse import Form
from confnotes.notes.openings.apply_fields import FieldResult, apply_field, warn_unknown
from confnotes.notes.openings.builder import TalkBuilder
from confnotes.notes.openings.shown_words import unshown_urls, unshown_words
from confnotes.notes.syntax.fields import Field, FieldName, correct_label, parse_field
from confnotes.notes.syntax.inline import strip_inline_markup
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraphs, segment_to_block
from confnotes.notes.syntax.texts import text_without_urls

SPEAKER_PREFIX = re.compile(
    r"^[(\[]?(?:by|with|presented by|speakers?|presenters?|given by)\b", re.IGNORECASE
)
MIN_SCORE = -0.25
"""Log-odds it takes to read a line under a heading as its speaker."""
_MIN_PREFIXED_SCORE = -1.0
"""The same for a line that begins with ``by``."""
_MIN_ANOTHER_SCORE = 3.0
"""The same for a line under a heading that names speakers."""
_MAX_PARAGRAPHS = 4
_MAX_LINES = 8
"""How far fields are looked for below text that is none."""


def read_opening(
    builder: TalkBuilder,
    lead: Sequence[Line],
    segments: Sequence[Segment],
    *,
    above: Sequence[Line] = (),
    guess: bool = True,
) -> list[Block]:
    """Take fields and speakers off the opening; return what is left, which is the body.

    ``lead`` are the lines that share the paragraph of the heading, ``above`` fields above it.
    Field lines count wherever they stand. Speakers' lines, which are guessed, only count up to the
    first text that is neither.
    """
    body = [*map(segment_to_block, paragraphs(_read_lines(builder, above, guess=False)))]
    if lead:
        left = _read_lines(builder, lead, guess=guess)
        if guess:
            _find_speaker_line(builder, left)
        guess = guess and not left
        body += map(segment_to_block, paragraphs(left))
    count = 0
    for count, segment in enumerate(segments):
        if segment.kind is SegmentKind.PARAGRAPH and (guess or count < _MAX_PARAGRAPHS):
            left = _read_lines(builder, segment.lines, guess=guess)
            if guess and len(segment.lines) < 5:
                _find_speaker_line(builder, left)
            guess = guess and not any(text_without_urls(line.text) for line in left)
            body += map(segment_to_block, paragraphs(left))
        elif not (
            guess
            and segment.kind is SegmentKind.HEADING
            and _read_speaker_heading(builder, segment)
        ):
            if isinstance(segment.block, ListBlock):
                _read_first_items(builder, segment.block)
            break
    else:
        count = len(segments)
    return body + [segment_to_block(segment) for segment in segments[count:]]


def put_back(builder: TalkBuilder) -> list[Block]:
    """Return the lines of the opening that say more than the talk shows; they stay in the body."""
    talk = builder.build()
    used = [
        (line, text, replace(talk, title="", track="")) for line, text in builder.consumed_lines
    ]
    used += [(line, line.text, Talk(0, "", talk.title)) for line in builder.title_lines]
    lines = (
        line
        for line, text, shown in used
        if unshown_urls(text, shown) or unshown_words(text, shown, builder.markup)
    )
    return [segment_to_block(segment) for segment in paragraphs(lines)]


def _read_lines(builder: TalkBuilder, lines: Sequence[Line], *, guess: bool) -> list[Line]:
    """Take fields and speakers out of a paragraph; return the lines that are neither."""
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        said = parse_field(line)
        if said is not None and (guess or (said.is_explicit and place <= _MAX_LINES)):
            value = lines[place] if place < len(lines) else None
            if (
                not said.value.text
                and value
                and value.indent > line.indent
                and not parse_field(value)
            ):
                said = replace(said, value=replace(said.value, line=value.number, text=value.text))
                place += 1
            taken = apply_field(builder, said)
            if taken is not FieldResult.APPLIED:
                kept += [line] if said.value.line == line.number else lines[place - 2 : place]
                guess = guess and taken is FieldResult.INVALID
            elif said.name in {FieldName.SPEAKERS, FieldName.AFFILIATION, FieldName.KIND}:
                builder.consumed_lines.append((line, said.value.text))
            continue
        if place <= _MAX_LINES and (meant := correct_label(line)):
            warn_unknown(builder, line, meant)
            kept.append(line)
        elif not guess:
            kept.append(line)
        elif who := _people(builder, line):
            guess = _add_speakers(builder, line, who)
            if not guess:
                kept.append(line)
        elif place == 1 or not _read_job(builder, line):
            kept.append(line)
            guess = any(_names_speakers(parse_field(later)) for later in lines[place : place + 7])
    return kept


def _add_speakers(builder: TalkBuilder, line: Line, who: ParsedPeople) -> bool:
    """Add the speakers of a line; return False if it says something besides."""
    if not builder.has_speaker_field and SPEAKER_PREFIX.match(
        strip_inline_markup(line.text, builder.markup)
    ):
        builder.speakers += who.speakers
    elif not builder.has_speaker_field:
        builder.add(
            who, NoteCode.SPEAKER_BELOW, "the line under the heading was read as", line.number
        )
    if not _holds_all(who, line, builder):
        return False
    builder.consumed_lines.append((line, line.text))
    return True


def _names_speakers(value: Field | None) -> bool:
    return value is not None and value.name is FieldName.SPEAKERS and value.is_unambiguous


def _read_job(builder: TalkBuilder, line: Line) -> bool:
    """Read a line under the speaker's as what that person does; return False if there is more."""
    text = strip_inline_markup(line.text, builder.markup)
    if len(builder.speakers) != 1 or not is_job_title(text) or builder.speakers[0].role:
        return False
    who = parse_people(
        f"{builder.speakers[0].name}, {text}", builder.speakers[0].line, builder.context.known_names
    )
    if who is None or len(who.speakers) != 1:
        return False
    builder.speakers = list(who.speakers)
    if not _holds_all(who, line, builder):
        return False
    builder.consumed_lines.append((line, line.text))
    return True


def _read_first_items(builder: TalkBuilder, block: ListBlock) -> None:
    """Read the fields that a list begins with; its items stay where they are."""
    for item in block.items:
        first = item.text.split("\n", 1)[0]
        value = parse_field(Line(item.line, first, first, 0))
        if value is None or not value.is_explicit or not value.value.text:
            return
        apply_field(builder, value)


def _find_speaker_line(builder: TalkBuilder, lines: Sequence[Line]) -> None:
    """Find the speaker's own line in a pasted programme entry; the entry stays as it is."""
    for line in lines[1:6] if not builder.speakers else ():
        who = _people(builder, line)
        if who and who.score > 1.5 and all(" " in speaker.name for speaker in who.speakers):
            builder.add(
                who, NoteCode.SPEAKER_BELOW, "a line under the heading was read as", line.number
            )
            return


def _read_speaker_heading(builder: TalkBuilder, segment: Segment) -> bool:
    """Read a heading as the speaker's name; return True if it says nothing else."""
    who = _people(builder, segment.lines[0])
    if who is None or builder.parse.form is Form.SPEAKER:
        return False
    builder.add(
        who, NoteCode.SPEAKER_BELOW, "the heading under the heading was read as", segment.line
    )
    if not _holds_all(who, segment.lines[0], builder):
        return False
    builder.consumed_lines += [(line, line.text) for line in segment.lines]
    return True


def _people(builder: TalkBuilder, line: Line) -> ParsedPeople | None:
    if len(line.text) > 200:
        return None
    text = strip_inline_markup(line.text, builder.markup)
    who = parse_people(text, line.number, builder.context.known_names)
    if who is None:
        return None
    led = bool(SPEAKER_PREFIX.match(text))
    single = all(" " not in speaker.name for speaker in who.speakers)
    least = _MIN_PREFIXED_SCORE if led else MIN_SCORE + 1.5 * single
    if builder.speakers and not led:
        least = MIN_SCORE if _shared(builder.speakers, who.speakers) else _MIN_ANOTHER_SCORE
    return who if who.score > least - builder.context.speaker_below_prior else None


def _shared(some: Sequence[Speaker], others: Sequence[Speaker]) -> bool:
    """Return True if each of ``others`` has a word of its name in common with ``some``."""
    words = {word for speaker in some for word in name_key(speaker.name).split()}
    return all(words.intersection(name_key(speaker.name).split()) for speaker in others)


def _holds_all(who: ParsedPeople, line: Line, builder: TalkBuilder) -> bool:
    """Return True if the speakers hold every word of the line; its addresses do not matter."""
    talk = replace(builder.talk, title="", track="", speakers=who.speakers)
    return not unshown_words(line.text, talk, builder.markup)
