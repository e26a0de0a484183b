"""The opening of a talk: fields, the full title and speakers between its heading and its body.

This is the one place that decides who speaks below a heading. :func:`open_talk` is asked twice:
while headings are weighed, with what may be below each, and when the talks are built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from confnotes.body import Block, ListBlock, Table
from confnotes.model import Talk
from confnotes.names import has_only_honorifics
from confnotes.notes import weights
from confnotes.notes.codes import DropReason
from confnotes.notes.entities.talk_kinds import match_kind_label
from confnotes.notes.headings.forms import HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.openings.apply_fields import apply_field, apply_values, warn_unknown
from confnotes.notes.openings.body_speakers import find_speakers, quoted_title, read_labelled
from confnotes.notes.openings.read_lines import (
    find_speaker_line,
    read_heading_as_speaker,
    read_lines,
    read_lone_speaker,
)
from confnotes.notes.openings.speaker_lines import may_be_same_people, may_precede_speaker
from confnotes.notes.openings.talk_builder import TalkBuilder, start_talk
from confnotes.notes.openings.title_below import resolve_title
from confnotes.notes.openings.unshown_words import unshown_targets, unshown_words
from confnotes.notes.openings.values_below import values_below
from confnotes.notes.syntax.fields import (
    Field,
    FieldName,
    correct_label,
    labels_speakers,
    parse_field,
)
from confnotes.notes.syntax.inline import emphasised_text
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.links_in_text import find_links, iter_texts
from confnotes.notes.syntax.lists import first_line, item_lines
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraphs, segment_to_block

_MAX_PARAGRAPHS = 4


@dataclass(frozen=True, slots=True)
class OpenedTalk:
    """A talk whose opening is read, and what is left below it."""

    builder: TalkBuilder
    body: list[Block]


def open_talk(
    segment: Segment,
    parses: Sequence[HeadingParse],
    below: Sequence[Segment],
    context: ParseContext,
    *,
    above: Sequence[Line] = (),
    fields: Sequence[Field] = (),
) -> OpenedTalk:
    """Begin a talk at ``segment`` and read its opening.

    ``above`` are lines of fields above the heading, ``fields`` those of the note.
    """
    begun = resolve_title(segment, parses, below, context)

    def opened(parse: HeadingParse) -> OpenedTalk:
        builder = start_talk(segment, parse, context)
        builder.title_lines = begun.title
        for said in fields:
            apply_field(builder, said)
        return OpenedTalk(builder, read_opening(builder, begun.lead, begun.below, above=above))

    best = opened(begun.parse)
    if begun.parse.speakers and begun.parse.score < weights.DOUBTFUL_SPEAKER:
        other = opened(next(parse for parse in parses if not parse.speakers))
        if other.builder.evidence > begun.parse.score + 1.0 and not may_be_same_people(
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
    body = [*map(segment_to_block, paragraphs(read_lines(builder, above, guess=False)))]

    def read_paragraph(lines: Sequence[Line], below: Sequence[Segment], *, is_lead: bool) -> bool:
        """Read a paragraph with what is ``below`` it; return True if speakers may follow."""
        lone = builder.is_marked and len(lines) < 3 and not builder.speakers
        left = read_lines(builder, lines, guess=guess, below=below[0].block if below else None)
        if guess and (is_lead or len(lines) < 5):
            find_speaker_line(builder, left)
        elif lone and not guess and not is_lead and (count or lead):
            left = read_lone_speaker(builder, left)
        body.extend(map(segment_to_block, paragraphs(left)))
        return guess and all(may_precede_speaker(line.text) for line in left)

    count = 0
    if lead:
        guess = read_paragraph(lead, segments, is_lead=True)
    for count, segment in enumerate(segments):
        if _labels_speakers(segments[count : count + 2], builder.context):
            read_labelled(builder, _lines(segments[count + 1]))
            break
        if segment.kind is SegmentKind.PARAGRAPH and (guess or count < _MAX_PARAGRAPHS):
            guess = read_paragraph(segment.lines, segments[count + 1 :], is_lead=False)
        elif not (
            guess
            and segment.kind is SegmentKind.HEADING
            and read_heading_as_speaker(builder, segment)
        ):
            _read_fields_of_list(builder, segment.block)
            break
    else:
        count = len(segments)
    body += [segment_to_block(segment) for segment in segments[count:]]
    find_speakers(builder, body)
    if body and not builder.title and builder.parse.is_name:
        builder.title = quoted_title(body)
    return body


def find_labelled_speakers(builder: TalkBuilder, segments: Sequence[Segment]) -> None:
    """Find the heading ``Speakers`` anywhere in a talk that names nobody so far.

    Below it stands who they are, or each in bold above a biography.
    """
    places = range(0 if builder.speakers else len(segments) - 1)
    headings = (n for n in places if segments[n].kind is SegmentKind.HEADING)
    for place in headings:
        if _labels_speakers(segments[place : place + 2], builder.context):
            first, *more = takewhile(
                lambda segment: segment.kind is not SegmentKind.HEADING, segments[place + 1 :]
            )
            for values in [first, *(one for one in more if emphasised_text(one.text))]:
                read_labelled(builder, _lines(values))
            return


def build_talk(builder: TalkBuilder, body: Sequence[Block], segments: Sequence[Segment]) -> Talk:
    """Return the talk with its ``body`` and the links of all its ``segments``."""
    body = sorted([*_put_back(builder), *body], key=lambda block: block.line)
    typed = [(line.number, line.text) for segment in segments for line in segment.lines]
    places = [(builder.talk.line, builder.talk.heading), *typed, *iter_texts(body)]
    shown = {link.url for link in builder.materials}
    found = tuple(link for link in find_links(places) if link.url not in shown)
    return replace(builder.build(), body=tuple(body), links=found)


def _put_back(builder: TalkBuilder) -> list[Block]:
    """Return the lines of the opening that say more than the talk shows; they stay in the body."""
    talk = replace(builder.build(), track="")
    untitled = replace(talk, title="")
    used = [(line, text, untitled) for line, text in builder.consumed_lines]
    used += [(line, line.text, talk) for line in builder.title_lines]
    lines = []
    for line, text, shown in used:
        lost = unshown_words(text, shown, builder.context.markup)
        label = match_kind_label(builder.context.strip_markup(text))
        is_label = bool(lost and label and lost in label.group())
        if unshown_targets(text, shown) or not (is_label or has_only_honorifics(lost)):
            lines.append(line)
        elif lost:
            reason = DropReason.HEADING if is_label else DropReason.PERSONAL_TITLE
            builder.drop(line.number, lost, reason)
    return [segment_to_block(segment) for segment in paragraphs(lines)]


def _labels_speakers(segments: Sequence[Segment], context: ParseContext) -> bool:
    """Return True if ``Presenters``, a heading or in bold, stands over a list or a paragraph."""
    if len(segments) < 2 or len(segments[0].lines) != 1:
        return False
    label, values = segments
    is_heading = label.kind is SegmentKind.HEADING
    if not is_heading and emphasised_text(label.text) is None:
        return False
    has_values = values.kind is SegmentKind.PARAGRAPH or isinstance(values.block, ListBlock)
    text = context.strip_markup(label.text)
    return has_values and labels_speakers(text)


def _lines(segment: Segment) -> Sequence[Line]:
    """Return the lines of a paragraph, or the first ones of the items of a list."""
    return segment.lines or item_lines(segment.block)


def _rows(table: Table) -> list[Line]:
    """Return the rows of a table of two columns as fields: a label, and its value."""
    rows = enumerate(table.rows, table.line)
    cells = [(line, row) for line, row in rows if len(row) == 2 and all(row)]
    return [Line.of_text(line, f"{row[0].strip('*_: ')}: {row[1]}") for line, row in cells]


def _read_fields_of_list(builder: TalkBuilder, block: Block | None) -> None:
    """Read the fields that a list begins with, or a table has; they stay where they are."""
    for line in _rows(block) if isinstance(block, Table) else ():
        said = parse_field(line)
        if said and said.value.text:
            apply_field(builder, said)
    for item in block.items if isinstance(block, ListBlock) else ():
        line = first_line(item)
        if meant := correct_label(line):
            warn_unknown(builder, line, meant)
            continue
        value = parse_field(line)
        if value is None and (may_precede_speaker(line.text) or "://" in line.text):
            continue
        if value is None or not (value.is_explicit or value.name is FieldName.SPEAKERS):
            return
        below = item_lines(item.children[0]) if item.children and not value.value.text else []
        items = values_below(value, below, builder.context, nested=True)
        if items or value.value.text:
            apply_values(builder, value, items)
