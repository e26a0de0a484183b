"""The opening of a talk: fields, the full title and speakers between its heading and its body.

This is the one place that decides who speaks below a heading. :func:`open_talk` is asked twice:
while headings are weighed, with what may be below each, and when the talks are built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from confnotes.model import Block, ListBlock, Markup, Paragraph, Quote, Subheading
from confnotes.notes.codes import NoteCode
from confnotes.notes.entities.affiliations import is_job_title
from confnotes.notes.entities.people import ParsedPeople, parse_people
from confnotes.notes.headings import weights
from confnotes.notes.headings.parse import Form, HeadingParse, ParseContext
from confnotes.notes.openings.apply_fields import (
    FieldResult,
    apply_field,
    apply_values,
    warn_unknown,
)
from confnotes.notes.openings.builder import TalkBuilder, start_talk
from confnotes.notes.openings.field_values import items_below, values_below
from confnotes.notes.openings.shown_words import unshown_urls, unshown_words
from confnotes.notes.openings.speaker_items import (
    co_presenters,
    leading_speaker_items,
    listed_under_label,
)
from confnotes.notes.openings.speaker_lines import (
    SPEAKER_PREFIX,
    is_passed,
    people_of_line,
    share_words,
)
from confnotes.notes.openings.speaker_sentences import speaker_of_sentence
from confnotes.notes.openings.title import resolve_title
from confnotes.notes.syntax.fields import (
    Field,
    FieldName,
    correct_label,
    names_speakers,
    parse_field,
)
from confnotes.notes.syntax.inline import strip_inline_markup
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraphs, segment_to_block
from confnotes.notes.syntax.texts import iter_texts

_MAX_PARAGRAPHS = 4
_MAX_LINES = 8
"""How far fields are looked for below text that is none."""
_MAX_TEXTS = 8
_QUOTED = re.compile(r"[“\"](?P<title>[^\W_a-z][^“”\"]{10,120}[^.,“”\"])[”\"]")


@dataclass(frozen=True, slots=True)
class OpenedTalk:
    """A talk whose opening is read, and what is left below it."""

    builder: TalkBuilder
    body: list[Block]


def open_talk(
    segment: Segment,
    parses: Sequence[HeadingParse],
    below: Sequence[Segment],
    markup: Markup,
    context: ParseContext,
    path: str,
    *,
    above: Sequence[Line] = (),
    fields: Sequence[Field] = (),
) -> OpenedTalk:
    """Begin a talk at ``segment`` and read its opening.

    ``above`` are lines of fields above the heading, ``fields`` those of the note.
    """
    begun = resolve_title(segment, parses, below, markup, context)

    def opened(parse: HeadingParse) -> OpenedTalk:
        builder = start_talk(segment, parse, markup, context, path)
        builder.title_lines = begun.title
        for said in fields:
            apply_field(builder, said)
        return OpenedTalk(builder, read_opening(builder, begun.lead, begun.below, above=above))

    best = opened(begun.parse)
    if begun.parse.speakers and begun.parse.score < weights.DOUBTFUL_SPEAKER:
        other = opened(next(parse for parse in parses if not parse.speakers))
        if other.builder.evidence > begun.parse.score + 1.0 and not share_words(
            begun.parse.speakers, other.builder.speakers
        ):
            return other
    return best


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
        after = segments[0].block if segments else None
        left = _read_lines(builder, lead, guess=guess, below=after)
        if guess:
            _find_speaker_line(builder, left)
        guess = guess and all(is_passed(line.text) for line in left)
        body += map(segment_to_block, paragraphs(left))
    count = 0
    for count, segment in enumerate(segments):
        if segment.kind is SegmentKind.PARAGRAPH and (guess or count < _MAX_PARAGRAPHS):
            alone = builder.is_marked and len(segment.lines) == 1 and not builder.speakers
            after = segments[count + 1].block if count + 1 < len(segments) else None
            left = _read_lines(builder, segment.lines, guess=guess, below=after)
            if guess and len(segment.lines) < 5:
                _find_speaker_line(builder, left)
            elif alone and not guess and count:
                left = _read_lone_speaker(builder, left)
            guess = guess and all(is_passed(line.text) for line in left)
            body += map(segment_to_block, paragraphs(left))
        elif _labels_speakers(segments[count : count + 2]):
            _read_listed(builder, segments[count + 1])
            break
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
    body += [segment_to_block(segment) for segment in segments[count:]]
    _read_body(builder, body)
    if not builder.title and builder.parse.form in {Form.SPEAKER, Form.SPEAKER_AFFILIATION}:
        builder.title = _quoted_title(body)
    return body


def put_back(builder: TalkBuilder) -> list[Block]:
    """Return the lines of the opening that say more than the talk shows; they stay in the body."""
    talk = builder.build()
    used = [
        (line, text, replace(talk, title="", track="")) for line, text in builder.consumed_lines
    ]
    used += [(line, line.text, replace(talk, track="")) for line in builder.title_lines]
    lines = (
        line
        for line, text, shown in used
        if unshown_urls(text, shown) or unshown_words(text, shown, builder.markup)
    )
    return [segment_to_block(segment) for segment in paragraphs(lines)]


def _read_lines(
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
        is_open = said is not None and not said.value.text and place == len(lines)
        items = items_below(said, below, builder.markup) if said and is_open else []
        if guess and names_speakers(line):
            builder.evidence = weights.FIELD
        if said is not None and (guess or (said.is_explicit and place <= _MAX_LINES)):
            values = (
                [] if said.value.text else values_below(said, line, lines[place:], builder.markup)
            )
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
        elif who := people_of_line(line, builder.markup, builder.context, builder.speakers):
            guess = _add_speakers(builder, line, who)
            if not guess:
                kept.append(line)
        elif place == 1 or not _read_job(builder, line):
            kept.append(line)
            guess = is_passed(line.text) or any(
                _names_speakers(parse_field(later)) for later in lines[place : place + 7]
            )
    return kept


def _add_speakers(builder: TalkBuilder, line: Line, who: ParsedPeople) -> bool:
    """Add the speakers of a line; return False if it says something besides."""
    if not builder.has_speaker_field and SPEAKER_PREFIX.match(
        strip_inline_markup(line.text, builder.markup)
    ):
        builder.speakers += who.speakers
        builder.evidence = max(builder.evidence, who.score)
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
        who = people_of_line(line, builder.markup, builder.context, builder.speakers)
        if who and who.score > 1.5 and all(" " in speaker.name for speaker in who.speakers):
            builder.add(
                who, NoteCode.SPEAKER_BELOW, "a line under the heading was read as", line.number
            )
            return


def _labels_speakers(segments: Sequence[Segment]) -> bool:
    """Return True if a heading such as ``Presenters`` stands over a list."""
    if len(segments) < 2 or segments[0].kind is not SegmentKind.HEADING:
        return False
    line = segments[0].lines[0]
    labelled = replace(line, text=f"{line.text.rstrip(': ')}:")
    return names_speakers(labelled) and isinstance(segments[1].block, ListBlock)


def _read_listed(builder: TalkBuilder, segment: Segment) -> None:
    """Read the people of a list under a heading that says what they are."""
    items = segment.block.items if isinstance(segment.block, ListBlock) else ()
    for item in items[:12]:
        first = item.text.split("\n", 1)[0]
        line = Line(item.line, first, first, 0)
        if who := people_of_line(line, builder.markup, builder.context, ()):
            message = "a bullet under a label was read as"
            builder.add(who, NoteCode.SPEAKER_BELOW, message, item.line)


def _read_lone_speaker(builder: TalkBuilder, lines: list[Line]) -> list[Line]:
    """Read a name that stands alone below text as the speaker; return what is left."""
    who = parse_people(lines[0].text, lines[0].number) if lines else None
    if who is None or who.score < weights.MIN_LONE_SPEAKER:
        return lines
    if any(" " not in speaker.name for speaker in who.speakers):
        return lines
    return [] if _add_speakers(builder, lines[0], who) else lines


def _read_speaker_heading(builder: TalkBuilder, segment: Segment) -> bool:
    """Read a heading as the speaker's name; return True if it says nothing else."""
    who = people_of_line(segment.lines[0], builder.markup, builder.context, builder.speakers)
    if who is None or builder.parse.form is Form.SPEAKER:
        return False
    builder.add(
        who, NoteCode.SPEAKER_BELOW, "the heading under the heading was read as", segment.line
    )
    if not _holds_all(who, segment.lines[0], builder):
        return False
    builder.consumed_lines += [(line, line.text) for line in segment.lines]
    return True


def _read_body(builder: TalkBuilder, body: Sequence[Block]) -> None:
    """Find speakers that a bullet or the running text names; the text stays where it is."""
    if builder.has_speaker_field or not body:
        return
    first = next((block for block in body[:3] if not isinstance(block, Subheading)), body[0])
    if isinstance(first, ListBlock):
        _read_first_list(builder, first, more=len(body) > 1)
    if not builder.speakers and isinstance(first, Quote):
        _read_quote(builder, first)
    if builder.speakers:
        return
    for place, (line, text) in enumerate(islice(iter_texts(body[:3]), _MAX_TEXTS)):
        opens = place == 0 and isinstance(body[0], Paragraph)
        known = builder.context.known_names
        if who := speaker_of_sentence(text, line, builder.markup, known, first=opens):
            builder.add(who, NoteCode.SPEAKER_IN_TEXT, "the text names the speaker", line)
            return


def _quoted_title(body: Sequence[Block]) -> str:
    """Return the title that the first text below a name quotes."""
    if not body or not isinstance(body[0], Paragraph):
        return ""
    match = _QUOTED.search(body[0].text[:400])
    return match["title"] if match else ""


def _read_first_list(builder: TalkBuilder, block: ListBlock, *, more: bool) -> None:
    for item in block.items[:4]:
        for who in co_presenters(builder, item):
            builder.add(who, NoteCode.CO_PRESENTER, "a bullet names the co-presenter", item.line)
    if builder.speakers:
        return
    for item, who in leading_speaker_items(block, builder.markup, builder.context, more=more):
        builder.add(who, NoteCode.SPEAKER_BELOW, "the first bullet was read as", item.line)
        builder.is_bulleted = True
    if not builder.speakers:
        for item, who in listed_under_label(block, builder.markup, builder.context):
            message = "a bullet under a label was read as"
            builder.add(who, NoteCode.SPEAKER_BELOW, message, item.line)


def _read_quote(builder: TalkBuilder, block: Quote) -> None:
    """Read the lines of a quoted block that name people and nothing else."""
    for line in islice(_lines_of(block), 12):
        text = strip_inline_markup(line.text, builder.markup)
        who = parse_people(text, line.number, builder.context.known_names)
        least = weights.MIN_ANOTHER_SPEAKER if builder.speakers else weights.MIN_QUOTED_SPEAKER
        if who and len(text) < 120 and (who.score > least or all(s.handle for s in who.speakers)):
            message = "a line of the quoted block was read as"
            builder.add(who, NoteCode.SPEAKER_IN_TEXT, message, line.number)


def _lines_of(block: Quote) -> Iterator[Line]:
    for start, text in iter_texts([block]):
        for offset, row in enumerate(text.split("\n")):
            yield Line(start + offset, row, row, 0)


def _holds_all(who: ParsedPeople, line: Line, builder: TalkBuilder) -> bool:
    """Return True if the speakers hold every word of the line; its addresses do not matter."""
    talk = replace(builder.talk, title="", track="", speakers=who.speakers)
    return not unshown_words(line.text, talk, builder.markup)
