"""Headings that share a paragraph with other lines: where no blank lines part the talks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise, zip_longest

from confnotes.body import ListBlock, ListEntry
from confnotes.model import Markup
from confnotes.notes import weights
from confnotes.notes.entities.roles_and_employers import has_role
from confnotes.notes.entities.words_around_names import has_lead
from confnotes.notes.headings.forms import NAMED_FORMS, Form
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.openings.speaker_lines import name_under_photo, people_of_line
from confnotes.notes.openings.speaker_sentences import speaker_of_sentence
from confnotes.notes.outline.bullet_talks import parse_run_on, talks_of_bullets
from confnotes.notes.outline.candidates import AFTER_QUOTE
from confnotes.notes.outline.exclude_bylines import is_post_metadata, split_rows
from confnotes.notes.outline.listed_talks import introduces_talks
from confnotes.notes.outline.sentences import STOPS
from confnotes.notes.syntax.boilerplate import boilerplate_reason
from confnotes.notes.syntax.fields import names_speakers
from confnotes.notes.syntax.lines import Line, wrapped_width
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph, paragraphs

_MAX_LINES = 3
_IN_SENTENCE = "sentence"
"""Where a speaker is whom the first sentence names."""
_MAX_CAPTION, _MAX_HEADING, _MAX_BELOW = 60, 150, 5
_SIGN = re.compile(r" [-–—|/] |: | \(| by |[“\"]|[。「]|\*\*|\]\(")
"""What a line with a title and a name has, or with some markup."""


def split_paragraphs(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Split paragraphs at lines that have a title and its speaker, where three or more do.

    A line beyond doubt, which ends a short paragraph, needs no others: a picture is above it.
    """
    segments = list(_with_run_on([*_with_lists(segments, context)], context))
    lines = (line for segment in segments for line in segment.lines)
    width = wrapped_width(lines, weights.MIN_REGULAR)
    headings = {
        place: dict(_headings(segment.lines, context, width))
        for place, segment in enumerate(segments)
        if segment.kind is SegmentKind.PARAGRAPH
    }
    if context.markup is Markup.PLAIN:
        for place, (segment, below) in enumerate(pairwise(segments)):
            if place in headings and _is_over_speaker(segment, below, context, width):
                headings[place].setdefault(len(segment.lines) - 1, (_IN_SENTENCE, 0.0))
    forms = Counter(form for found in headings.values() for form, _ in found.values())
    parted: list[Segment] = []
    for place, segment in enumerate(segments):
        rows = {
            row: form
            for row, (form, score) in headings.get(place, {}).items()
            if forms[form] >= (2 if form == _IN_SENTENCE else weights.MIN_REGULAR)
            or (score > weights.HEADING_UNDER_CAPTION and _ends_captions(segment.lines, row))
        }
        parted += _parts(segment, rows) if rows else [segment]
    return parted


def _with_lists(segments: Sequence[Segment], context: ParseContext) -> Iterator[Segment]:
    """Yield segments, of which paragraphs of talks are lists; one below ``Talks I saw:`` is."""
    is_below = False
    for segment in segments:
        count = _count_titles(segment, context) if is_below else 0
        is_below = introduces_talks(segment)
        if count:
            yield _list_of(segment.lines[:count], segment.blank_lines_before)[0]
            yield from paragraphs(segment.lines[count:])
        else:
            yield _as_list(segment, context) or segment


def _count_titles(segment: Segment, context: ParseContext) -> int:
    """Return how many lines a paragraph below ``Talks I saw:`` has above its sentences.

    The last of them is the heading of these.
    """
    texts = [line.text for line in segment.lines if segment.kind is SegmentKind.PARAGRAPH]
    ends = (
        n
        for n, text in enumerate(texts)
        if text.endswith((*STOPS, ":")) or len(text) > _MAX_HEADING
    )
    titles = next(ends, len(texts))
    titles -= titles < len(texts)
    listed = segment.lines[:titles]
    named = sum(best_parse(line.text, line.number, context).names_talk for line in listed)
    return titles if titles >= weights.MIN_REGULAR and not 0 < 2 * named < titles else 0


def _list_of(lines: Sequence[Line], gap: int) -> tuple[Segment, ListBlock]:
    block = ListBlock(lines[0].number, tuple(ListEntry(one.number, one.text) for one in lines))
    return Segment(SegmentKind.BLOCK, block.line, block, (), 0, gap), block


def _as_list(segment: Segment, context: ParseContext) -> Segment | None:
    """Return a paragraph as a list, if each of its lines is a talk with what was said of it."""
    lines = segment.lines if segment.kind is SegmentKind.PARAGRAPH else ()
    if len(lines) < weights.MIN_REGULAR or any(map(names_speakers, lines)):
        return None
    listed, block = _list_of(lines, segment.blank_lines_before)
    return listed if talks_of_bullets(block, context, least=len(lines)) else None


def _with_run_on(segments: Sequence[Segment], context: ParseContext) -> Iterator[Segment]:
    """Yield segments; lines that titles and names begin, three or more in a row, are a list."""
    lines = [line for one in segments if one.kind is SegmentKind.PARAGRAPH for line in one.lines]
    rows = {one.number for one in lines if parse_run_on(one.text, one.number, context)}
    rows |= {row + 1 for row in rows if row + 2 in rows}
    parts = (part for segment in segments for part in split_rows(segment, rows))
    for is_talk, group in groupby(parts, key=lambda part: part.line in rows and bool(part.lines)):
        run = [*group]
        listed = [line for part in run for line in part.lines] if is_talk else []
        if len(listed) >= weights.MIN_REGULAR:
            yield _list_of(listed, run[0].blank_lines_before)[0]
        else:
            yield from (paragraph(p.lines, p.blank_lines_before) if is_talk else p for p in run)


def _headings(
    lines: Sequence[Line], context: ParseContext, width: int
) -> Iterator[tuple[int, tuple[str, float]]]:
    """Yield each row of a heading with where its speaker is, and how sure that is."""
    rows = [row for row, line in enumerate(lines) if not name_under_photo(line.text)]
    for row, next_row in zip_longest(rows, rows[1:]):
        line, below = lines[row], None if next_row is None else lines[next_row]
        is_short = len(line.text) <= _MAX_HEADING and not boilerplate_reason(line.text)
        if not is_short or (row and _goes_on(lines[row - 1], line, width)):
            continue
        who = people_of_line(below, context, ()) if below and has_lead(below.text) else None
        if below and (who or names_speakers(below)):
            yield row, ("below", weights.FIELD)
            continue
        text = AFTER_QUOTE.sub("", line.text)
        if _SIGN.search(text) and not text.endswith((".", ",", ";")):
            best = best_parse(text, line.number, context)
            is_named = best.names_talk and not (
                row and best.form is Form.SPEAKER_TITLE and has_role(best.title)
            )
            if is_named and not is_post_metadata(best.title):
                yield row, (best.form.value, best.score)
                continue
        may_be_title = line.text[-1] not in ".,;:" and not line.text[0].islower()
        if below and may_be_title and "://" not in line.text and _is_person(below, context):
            yield row, ("person below", weights.CONFIDENT)


def _is_over_speaker(segment: Segment, below: Segment, context: ParseContext, width: int) -> bool:
    """Return True if the last line of a paragraph may be a title over a sentence on its speaker.

    What a browser copies has no blank line between a list and the heading below it.
    """
    *above, last = segment.lines
    is_short = len(last.text) <= _MAX_HEADING and last.text[-1] not in ":;,"
    is_prose = below.kind is SegmentKind.PARAGRAPH and len(below.text) >= weights.MIN_PROSE
    if not (is_short and is_prose and below.blank_lines_before) or has_lead(last.text):
        return False
    if above and _goes_on(above[-1], last, width):
        return False
    who = speaker_of_sentence(below.text, below.line, context, first=True)
    return who is not None and who.score > weights.OPENING_NAME


def _goes_on(line: Line, below: Line, width: int) -> bool:
    """Return True if ``below`` repeats a line, or is the rest of one that an editor has broken."""
    return line.text == below.text or (width > 0 and line.wraps_onto(below, width))


def _is_person(line: Line, context: ParseContext) -> bool:
    """Return True if a line is surely a full name, perhaps with what this person does."""
    who = people_of_line(line, context, ()) if len(line.text) <= _MAX_HEADING else None
    return (
        who is not None
        and who.score > weights.CONFIDENT
        and all(" " in speaker.name for speaker in who.speakers)
    )


def _ends_captions(lines: Sequence[Line], row: int) -> bool:
    short = (len(line.text) <= _MAX_CAPTION or line.text[-1] in ".!?" for line in lines[:row])
    return row + 1 == len(lines) <= _MAX_LINES and all(short)


def _parts(segment: Segment, rows: Mapping[int, str]) -> Iterator[Segment]:
    """Yield what is above the first heading, then each heading and what is below it.

    A long text below a heading is a paragraph of its own, and all text below one with its speaker.
    """
    lines, gap = segment.lines, segment.blank_lines_before
    cuts = sorted({0, *rows, len(lines)})
    for start, end in pairwise(cuts):
        is_alone = end - start > _MAX_BELOW or rows.get(start) in NAMED_FORMS
        below = start + 1 if start in rows and is_alone else end
        yield paragraph(lines[start:below], gap)
        gap = 1
        if below < end:
            yield paragraph(lines[below:end])
