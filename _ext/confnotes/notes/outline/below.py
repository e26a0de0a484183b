"""What is below each candidate: its opening, read by the habit of its level, and how much text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise, zip_longest

from confnotes.body import Block, ListBlock, Paragraph, Quote
from confnotes.notes import weights
from confnotes.notes.entities.section_words import is_break
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.openings.read_opening import open_talk
from confnotes.notes.openings.speaker_lines import begins_with_name
from confnotes.notes.outline.candidate import PLAIN_LEVEL, Candidate, Label
from confnotes.notes.outline.candidates import by_level
from confnotes.notes.outline.listed_talks import count_listed, count_talks
from confnotes.notes.outline.page_frame import is_menu
from confnotes.notes.outline.page_headings import mark_talk_below
from confnotes.notes.outline.sibling_forms import mark_name_headings
from confnotes.notes.syntax.fields import looks_like_field
from confnotes.notes.syntax.links_in_text import iter_texts
from confnotes.notes.syntax.segments import BOLD_LEVEL, PAGE_LEVEL, Segment, SegmentKind

_WINDOW = 6
"""Segments below a line in which its speaker is looked for."""
_MAX_BODY = 12
_MIN_BOLD = 2
_LINK_ONLY = re.compile(r"^\W*(?:!?\[[^\[\]]*\]\([^()]*\)|<?https?://\S+)\W*$")


def read_openings(
    found: Sequence[Candidate], segments: Sequence[Segment], context: ParseContext
) -> None:
    """Read what is below each candidate, in the light of its siblings."""
    _look_below(found, segments, context)
    _count_listed(found, segments, context)
    by_index = {candidate.index: candidate for candidate in found}
    mark_name_headings(found, by_index)
    for candidate in found:
        _open(candidate, segments, by_index)
    _mark_bold_titles(found, segments, by_index)
    for siblings in by_level(found):
        _apply_habits(siblings, segments, by_index)
    _mark_speaker_lines(found)
    if not any(c.has_speaker for c in found if c.level < PLAIN_LEVEL):
        _count_introduced(found, segments, context)


def _mark_bold_titles(
    found: Sequence[Candidate], segments: Sequence[Segment], by_index: dict[int, Candidate]
) -> None:
    """Mark bold lines that begin talks: two or more below text have fields of speakers."""
    bold = [c for c in found if c.level == BOLD_LEVEL and c.has_speaker_field]
    above = [by_index.get(c.index - 1) for c in bold]
    if sum(other is None or other.level > BOLD_LEVEL for other in above) < _MIN_BOLD:
        return
    for candidate in bold:
        candidate.begins_talk = True
    for candidate in found:
        if candidate.level < BOLD_LEVEL and candidate.has_speaker_field:
            candidate.opening = None
            _open(candidate, segments, by_index)


def _apply_habits(
    level: Sequence[Candidate], segments: Sequence[Segment], by_index: dict[int, Candidate]
) -> None:
    """Read the openings of a level again where most of its headings have speakers below."""
    headings = [c for c in level if not c.best_parse.speakers and not c.is_never_talk]
    below = sum(c.is_named_below for c in headings)
    named = [c.is_name_only for c in level if not c.is_never_talk]
    names_only = len(level) > 1 and sum(named) >= weights.ONLY_NAMES * len(named)
    share = below / max(len(headings), 1)
    prior = (1.0 + share) * weights.SPEAKER_BELOW_HABIT
    names = below + sum(_begins_with_name(c, segments) for c in headings if not c.is_named_below)
    is_habit = below > 1 and share >= weights.SOME_NAMED
    persons = sum(c.names_person for c in headings)
    is_habit |= persons >= max(weights.MIN_REGULAR, len(headings) / 2)
    is_habit |= below > 0 and names > 2 and names >= weights.NAMES_BELOW * len(headings)
    prior *= is_habit
    if not prior and not names_only:
        return
    for candidate in level:
        candidate.context = replace(
            candidate.context, speaker_below_prior=prior, names_only=names_only
        )
        if not candidate.has_speaker or names_only:
            _open(candidate, segments, by_index)


def _begins_with_name(candidate: Candidate, segments: Sequence[Segment]) -> bool:
    """Return True if the first text right below a heading begins with a full name."""
    if candidate.level == PLAIN_LEVEL or candidate.index + 1 >= len(segments):
        return False
    below = segments[candidate.index + 1]
    block = below.block
    text = block.items[0].text if isinstance(block, ListBlock) else below.text
    return begins_with_name(text)


def _open(
    candidate: Candidate, segments: Sequence[Segment], by_index: dict[int, Candidate]
) -> None:
    """Read what is below a candidate as the opening of its talk."""
    if (candidate.is_session_only or candidate.groups) and not candidate.best_parse.speakers:
        return
    if candidate.is_prose or is_break(candidate.bare):
        return
    end = start = candidate.index + 1
    while end < len(segments) and end - start < _WINDOW:
        other = by_index.get(end)
        if other is not None and _ends_opening(candidate, other):
            break
        end += 1
    below = segments[start:end]
    opened = open_talk(candidate.segment, candidate.parses, below, candidate.context)
    candidate.opening = opened.builder


def _ends_opening(candidate: Candidate, other: Candidate) -> bool:
    """Return True if ``other`` is a heading, which begins something else."""
    if other.level < PLAIN_LEVEL and other.level <= candidate.level:
        is_pair = candidate.is_above_title or other.is_below_title
        return not (is_pair and other.index == candidate.index + 1)
    if other.is_above_title:
        return True
    if other.begins_talk and candidate.level < other.level:
        return True
    if looks_like_field(other.segment.lines[0]):
        return False
    is_habit = bool(candidate.context.speaker_below_prior)
    may_name = other.level >= PLAIN_LEVEL or (is_habit and other.level < BOLD_LEVEL)
    if candidate.level < PLAIN_LEVEL and may_name and other.index == candidate.index + 1:
        return False
    rows = other.segment.lines[1:]
    over_name = len(rows) == 1 and not other.is_name_only and begins_with_name(rows[0].text)
    same = other.level == candidate.level or other.segment.kind is SegmentKind.HEADING
    groups = other.is_day and other.bullets
    return same and (other.is_full or other.heads_alone or groups or over_name)


def _mark_speaker_lines(found: Sequence[Candidate]) -> None:
    """Mark the lines that the openings of others take for their titles and speakers."""
    by_line = {candidate.segment.line: candidate for candidate in found}
    for candidate in found:
        if candidate.opening is None or candidate.label is Label.SPEAKER:
            continue
        used = [line for line, _ in candidate.opening.consumed_lines]
        for line in (*used, *candidate.opening.title_lines):
            other = by_line.get(line.number)
            if other is not None and other is not candidate:
                other.label = Label.SPEAKER
    for candidate, other in pairwise(found):
        if other.is_below_title:
            other.label = Label.SPEAKER
        if candidate.opening and other.is_name_only and other.level == PLAIN_LEVEL:
            names = {speaker.name for speaker in candidate.opening.speakers}
            if names == {speaker.name for speaker in other.best_parse.speakers}:
                other.label = Label.SPEAKER


def _look_below(
    found: Sequence[Candidate], segments: Sequence[Segment], context: ParseContext
) -> None:
    """Count what is below each candidate, up to the next of its level or above."""
    for candidate, end in _with_ends(found, len(segments)):
        below = segments[candidate.index + 1 : end][:_MAX_BODY]
        block = below[0].block if below else None
        listed = isinstance(block, ListBlock) and not is_menu(block)
        rows = [line for line in candidate.segment.lines[1:] if not looks_like_field(line)]
        titled = len(rows) == 1 and candidate.is_name_only
        candidate.bullets = listed and (titled or not rows)
        blocks = [segment.block for segment in below if segment.block is not None]
        texts = [*(line.text for line in candidate.segment.lines[1:]), *_texts(blocks)]
        candidate.has_links = any(_LINK_ONLY.match(text) for text in texts)
        candidate.substance = sum(not _LINK_ONLY.match(text) for text in texts)
        if candidate.level == PAGE_LEVEL:
            mark_talk_below(candidate, below, context)


def _with_ends(found: Sequence[Candidate], end: int) -> Iterator[tuple[Candidate, int]]:
    """Yield each candidate with the index of the next of its level or above, or ``end``."""
    ends: list[tuple[int, int]] = []
    for candidate in reversed(found):
        while ends and ends[-1][0] > candidate.level:
            ends.pop()
        yield candidate, ends[-1][1] if ends else end
        ends.append((candidate.level, candidate.index))


def _count_listed(
    found: Sequence[Candidate], segments: Sequence[Segment], context: ParseContext
) -> None:
    """Count the talks in the lists below each candidate, up to the next of its level."""
    parts = _segments_of_parts(found, len(segments))
    counts = (
        0 if index in parts else count_listed(segment, context, above)
        for index, (above, segment) in enumerate(pairwise([*segments[:1], *segments]))
    )
    sums = [0, *accumulate(counts)]
    for candidate, end in _with_ends(found, len(segments)):
        candidate.listed = sums[end] - sums[candidate.index + 1]
    for level in by_level(found):
        if sum(candidate.listed > 1 for candidate in level) > 1:
            for candidate in level:
                candidate.least_listed = 1


def _count_introduced(
    found: Sequence[Candidate], segments: Sequence[Segment], context: ParseContext
) -> None:
    """Count the titles in the lists right below headings such as ``Talks I attended``."""
    for candidate in found:
        if candidate.groups and not candidate.listed:
            below = segments[candidate.index + 1 : candidate.index + 2]
            candidate.listed = count_talks(below, context, candidate.bare)


def _segments_of_parts(found: Sequence[Candidate], end: int) -> set[int]:
    """Return the segments below headings such as ``Questions``, whose lists are no talks."""
    marked = [candidate for candidate in found if candidate.level < PLAIN_LEVEL]
    parts: set[int] = set()
    level = PLAIN_LEVEL
    for candidate, following in zip_longest(marked, marked[1:]):
        if candidate.level <= level:
            level = candidate.level if candidate.is_part else PLAIN_LEVEL
        if level < PLAIN_LEVEL:
            parts.update(range(candidate.index + 1, following.index if following else end))
    return parts


def _texts(blocks: Iterable[Block]) -> list[str]:
    """Return the rows of paragraphs and the first items of lists, as far as a glance goes."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found += block.text.split("\n")[:_MAX_BODY]
        elif isinstance(block, ListBlock):
            found += [item.text for item in block.items[:_MAX_BODY]]
        elif isinstance(block, Quote):
            found += [text for _, text in iter_texts(block.children[:3])]
        else:
            found.append("code or table")
    return found
