"""Headings of a page that a browser copied: short lines right above a paragraph on one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from confnotes.model import Markup
from confnotes.names import normalize
from confnotes.notes.entities.section_words import is_subheading
from confnotes.notes.entities.session_heading import parse_session_heading
from confnotes.notes.entities.words_around_names import has_lead
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.languages.patterns import compile_phrases, count_words, is_unspaced
from confnotes.notes.openings.speaker_sentences import names_person
from confnotes.notes.outline.candidate import Candidate
from confnotes.notes.outline.candidates import IMAGE
from confnotes.notes.outline.exclude_bylines import split_rows
from confnotes.notes.outline.sentences import ENDS, is_prose
from confnotes.notes.syntax.boilerplate import boilerplate_reason
from confnotes.notes.syntax.fields import looks_like_field, names_speakers
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import PAGE_LEVEL, Segment, SegmentKind, paragraph
from confnotes.notes.weights import MIN_REGULAR

_MAX_WORDS, _MAX_LENGTH, _MAX_ABOVE = 20, 140, 3
_MAX_BELOW, _MAX_TOLD = 2, 250
"""Paragraphs below a heading that may name somebody, and characters that may name a talk."""
_LAST_BRACKET = re.compile(r"(?<=\S) \([^()]+\)$")
_SENTENCE = re.compile(r"[^\W\d_]{3}\. ")
_MATERIAL = r"(?i)\((?:<fields.slides,fields.video,fields.material>)\)$"
_MATERIAL_LINE = r"(?i)^(?:[\w'’]+ ){0,2}<fields.slides,fields.video,fields.material>\W*$"
"""What a list of links leaves: ``Session link``, ``Slides``."""
_LINK = rf"{_MATERIAL}|[¶🔗⚓§#]\ufe0f?$"
"""What a link leaves at the end of a heading: ``(slides)``, ``¶``."""
_LONG, _LONG_UNSPACED = 120, 60
"""Characters of a line that no editor breaks."""
_MIN_SENTENCE, _MIN_LIST = 13, 4


def mark_page_headings(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Make headings of the short lines right above long ones, where a page has three or more."""
    marked = [segment for segment in segments if segment.level]
    if context.markup is not Markup.PLAIN or len(marked) >= MIN_REGULAR:
        return list(segments)
    typed, segments = segments, [*map(_unmarked, segments)]
    if any(segment.level for segment in segments):
        return list(typed)
    segments = _without_contents(segments, context)
    runs = [[*run] for run in _runs(segments)]
    runs = [run for run in runs if not best_parse(run[0].text, run[0].number, context).is_name]
    sure = sum(len(run) > 1 and _heads(*run[:2]) and _is_over_text(run) for run in runs)
    labels = Counter(_label(line) for run in runs for line in run[1:3])
    repeated = {label for label, count in labels.items() if label and count >= MIN_REGULAR}
    rows = _linked_headings(runs)
    if sure < MIN_REGULAR and not repeated and not rows:
        return list(typed if marked else segments)
    rows |= {line.number for run in runs for line in _headings(run, repeated)}
    return [part for one in segments for part in split_rows(one, rows, PAGE_LEVEL)]


def mark_talk_below(candidate: Candidate, below: Sequence[Segment], context: ParseContext) -> None:
    """Find out whether the text below a heading of a page names somebody, or a talk."""
    rows = [segment for segment in below[:_MAX_BELOW] if segment.lines]
    candidate.names_person = any(names_person(s.text, s.line, context) for s in rows)
    word = compile_phrases(r"(?i)<kinds.labels>")
    is_told = any(
        word.search(segment.text[:_MAX_TOLD]) or is_subheading(segment.text) for segment in rows[:1]
    )
    is_linked = compile_phrases(_MATERIAL).search(candidate.segment.text) is not None
    candidate.has_materials = any(_is_material(segment.lines[0]) for segment in rows[:1])
    is_linked |= candidate.has_materials
    candidate.tells_of_talk = candidate.names_person or is_told or is_linked


def _unmarked(segment: Segment) -> Segment:
    """Return a segment, which is text if only a hash marks it: a comment in code of a page."""
    if not segment.level or not segment.lines[0].raw.lstrip().startswith("#"):
        return segment
    lines = [replace(line, text=line.raw.strip()) for line in segment.lines]
    return paragraph(lines, segment.blank_lines_before)


def _without_contents(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Make the lines that the page repeats below, three or more together, text of no talk."""
    lines = [line for s in segments if s.kind is SegmentKind.PARAGRAPH for line in s.lines]
    keys = [context.heading_key(_LAST_BRACKET.sub("", line.text)) for line in lines]
    last = dict(zip(keys, range(len(keys)), strict=True))
    repeated = [bool(key) and last[key] > place for place, key in enumerate(keys)]
    rows: set[int] = set()
    for is_repeated, run in groupby(range(len(keys)), key=repeated.__getitem__):
        found = {lines[place].number for place in run}
        rows |= found if is_repeated and len(found) >= MIN_REGULAR else set()
    listed = {key for key, line in zip(keys, lines, strict=True) if line.number in rows}
    last_ones = {line.number for key, line in zip(keys, lines, strict=True) if key in listed} - rows
    for segment in segments if rows else ():
        is_entry = [line.number not in last_ones and _is_title(line) for line in segment.lines]
        places = range(len(is_entry))
        for is_list, run in groupby(places, key=is_entry.__getitem__):
            numbers = {segment.lines[place].number for place in run}
            is_contents = is_list and 5 * len(numbers & rows) >= 2 * len(numbers)
            rows |= numbers if is_contents else set()
    return [part for one in segments for part in split_rows(one, rows)]


def _runs(segments: Sequence[Segment]) -> Iterator[list[Line]]:
    """Yield the lines of paragraphs that follow each other without a blank line."""
    lines: list[Line] = []
    for segment in segments:
        is_paragraph = segment.kind is SegmentKind.PARAGRAPH
        if lines and (not is_paragraph or segment.line != lines[-1].number + 1):
            yield lines
            lines = []
        lines += segment.lines if is_paragraph else ()
    if lines:
        yield lines


def _is_over_text(run: Sequence[Line]) -> bool:
    """Return True if a text is right below the first of a run, or below a field or part of it."""
    is_between = names_speakers(run[1]) or is_subheading(run[1].text)
    return _is_text(run[2 if is_between and len(run) > 2 else 1])


def _is_text(line: Line) -> bool:
    """Return True if a line is long, or a sentence of many words."""
    is_sentence = len(line.text.split()) >= _MIN_SENTENCE and line.text.endswith(ENDS)
    return is_sentence or _is_long(line)


def _linked_headings(runs: Sequence[Sequence[Line]]) -> set[int]:
    """Return the lines over ``Slides``, or that end in it or a sign of a link, three or more."""
    ends = [
        (match.group(), line)
        for run in runs
        for line in run
        if (match := compile_phrases(_LINK).search(line.text)) and match.start() and _is_title(line)
    ]
    ends += [
        (normalize(below.text), line)
        for run in runs
        for line, below in pairwise(run)
        if _is_material(below) and _is_title(line)
    ]
    counts = Counter(end for end, _ in ends)
    return {line.number for end, line in ends if counts[end] >= MIN_REGULAR}


def _is_material(line: Line) -> bool:
    """Return True if a line is what is left of a link to the material of a talk."""
    return bool(compile_phrases(_MATERIAL_LINE).match(line.text))


def _label(line: Line) -> str:
    """Return the label of ``Rating: ★★★``."""
    label, colon, _ = line.text.partition(":")
    is_label = colon and label.isalpha() and "://" not in line.text
    return label if is_label and not looks_like_field(line) else ""


def _headings(run: Sequence[Line], labels: Container[str]) -> Iterator[Line]:
    """Yield the headings of a run: its first lines, and the last but one below a list.

    Below them is a long line, or one of the ``labels`` that the page repeats. A short line may
    be above one: ``Day one``.
    """
    is_above = len(run) > 2 and count_words(run[0].text) <= _MAX_ABOVE and _is_title(run[0])
    for place, (line, below) in enumerate(pairwise(run[: 2 + is_above])):
        is_over = is_prose(below.text) or _label(below) in labels or names_speakers(below)
        is_over |= is_subheading(below.text) and not is_subheading(line.text)
        if is_over and _heads(line, below, stop=_is_long(below)):
            yield from run[: place + 1]
            return
    is_below_list = len(run) > _MIN_LIST and not parse_session_heading(run[-2].text).is_event_only
    is_over = _is_text(run[-1]) if is_below_list else _is_long(run[-1])
    if len(run) > 2 and _is_title(run[-2]) and is_over:
        yield run[-2]


def _heads(line: Line, below: Line, *, stop: bool = False) -> bool:
    """Return True if a line may be a title, or a name in small letters that the text repeats."""
    name, colon, _ = line.text.partition(": ")
    is_nickname = bool(colon) and name.isalnum() and name in below.text[:_MAX_TOLD]
    return _is_title(line, stop=stop) or (is_nickname and len(line.text) <= _MAX_LENGTH)


def _is_title(line: Line, *, stop: bool = False) -> bool:
    """Return True if a line may be a title, which may end in a full ``stop``."""
    text = line.text
    return (
        len(text) <= _MAX_LENGTH
        and len(text.split()) <= _MAX_WORDS
        and not text[0].islower()
        and (text[-1] not in (",:" if stop else ".,;:") or text.endswith("..."))
        and any(map(str.isalpha, text))
        and "://" not in text
        and not (_SENTENCE.search(text) or has_lead(text) or looks_like_field(line))
        and not (boilerplate_reason(text) or IMAGE.fullmatch(text) or _is_material(line))
    )


def _is_long(line: Line) -> bool:
    """Return True if a line is so long that an editor would have broken it."""
    return len(line.text) >= (_LONG_UNSPACED if is_unspaced(line.text) else _LONG)
