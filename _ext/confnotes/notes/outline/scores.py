"""Weights of candidates for being the heading of a talk (log-odds), by themselves and siblings."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from confnotes.body import ListBlock
from confnotes.model import TalkKind
from confnotes.notes import weights
from confnotes.notes.entities.event_names import names_event
from confnotes.notes.entities.section_words import is_break, is_missed
from confnotes.notes.entities.talk_kinds import detect_kind, match_kind_label
from confnotes.notes.languages.times import starts_with_time
from confnotes.notes.outline.candidate import PLAIN_LEVEL, Candidate
from confnotes.notes.outline.candidates import by_level
from confnotes.notes.outline.sentences import is_prose
from confnotes.notes.syntax.segments import BOLD_LEVEL, PAGE_LEVEL, Segment, SegmentKind


@dataclass(frozen=True, slots=True)
class _Siblings:
    """The other headings of a level: how many, and which share of them surely has a speaker."""

    others: int = 0
    named: float = -1.0
    named_elsewhere: bool = False
    """Most headings of another level have speakers, and none of this."""
    alike: int = 0
    """How many have their speaker in the same place."""
    labelled: bool = False
    """Fields name the speakers of several."""


def score(found: Sequence[Candidate]) -> None:
    """Weigh marked headings, or lines without any mark, beside the others of their level.

    A few headings whose bodies name the speakers make no habit of a level.
    """
    weigh = _weigh_plain if found and found[0].level == PLAIN_LEVEL else _weigh_marked
    levels = by_level(found)
    named_levels = sum(
        len(level) > 1 and sum(c.has_speaker for c in level) >= weights.NAMED_LEVEL * len(level)
        for level in levels
    )
    for level in levels:
        in_body = sum(c.has_speaker and c.is_named_in_body for c in level)
        least = weights.NAMED_IN_BODY * len(level) * (level[0].level == PLAIN_LEVEL)
        is_habit = in_body > 1 and in_body >= least
        sure = [c.has_speaker and (is_habit or not c.is_named_in_body) for c in level]
        others = len(level) - 1
        found_labels = (match_kind_label(candidate.text) for candidate in level)
        labels = Counter(label.group().casefold() for label in found_labels if label)
        fields = sum(candidate.has_speaker_field for candidate in level)
        labelled = fields >= max(weights.MIN_REGULAR, weights.SOME_NAMED * len(level))
        places = Counter(candidate.speaker_position for candidate in level)
        for candidate, is_sure in zip(level, sure, strict=True):
            share = (sum(sure) - is_sure) / others if others else -1.0
            alike = places[candidate.speaker_position] - 1
            if others >= weights.MIN_SIBLINGS:
                candidate.context = replace(candidate.context, agreement=alike / others)
            elsewhere = named_levels > (share >= weights.NAMED_LEVEL) and not any(sure)
            candidate.weight = weigh(
                candidate, _Siblings(others, share, elsewhere, alike, labelled)
            )
            label = match_kind_label(candidate.text)
            if label and labels[label.group().casefold()] >= weights.MIN_REGULAR:
                candidate.weight += weights.SAME_LABEL


def score_agenda(plain: Sequence[Candidate], marked: Sequence[Candidate], end: int) -> None:
    """Weigh lines that begin with a time where such lines, with notes below, part a post."""
    timed = [c for c in plain if _is_entry(c)]
    ends = sorted([*(c.index for c in (*timed, *marked)), end])
    noted = sum(
        len(c.segment.lines) > 1 or ends[bisect_right(ends, c.index)] > c.index + 1 for c in timed
    )
    if noted < weights.MIN_REGULAR or 2 * noted < len(timed):
        return
    for candidate in plain:
        if _is_entry(candidate) and (candidate.has_speaker or not candidate.is_never_talk):
            candidate.weight = max(candidate.weight, 0.0) + weights.ENTRY_WITH_NOTES
        elif not candidate.has_speaker:
            candidate.weight -= weights.ENTRY_WITH_NOTES


def _is_entry(candidate: Candidate) -> bool:
    """Return True if a line begins with a time and is no sentence."""
    return starts_with_time(candidate.text) and candidate.text[-1] not in ".,;"


def score_regular(
    plain: Sequence[Candidate], segments: Sequence[Segment], *, of_event: bool
) -> None:
    """Weigh short lines that part a post without marks: all after rules, or all above prose."""
    short = [c for c in plain if c.is_short and not c.is_never_talk]
    after_rules = sum(c.stands_apart for c in short)
    named_elsewhere = sum(c.is_full and not c.stands_apart for c in short)
    parts_talks = 2 * after_rules > sum(c.stands_apart for c in plain)
    if parts_talks and after_rules >= max(weights.MIN_REGULAR, named_elsewhere):
        first = next((c for c in plain if not c.is_session_only), None)
        for candidate in plain:
            opens = candidate.stands_apart or candidate is first
            if opens and candidate.is_short and not candidate.is_never_talk:
                candidate.weight = max(candidate.weight, 0.0) + weights.AFTER_RULE
            else:
                candidate.weight -= weights.AFTER_RULE
        return
    parted = any(c.segment.blank_lines_before and c.index and c.substance for c in short)
    for candidate in plain:
        below_list = candidate.index > 0 and isinstance(
            segments[candidate.index - 1].block, ListBlock
        )
        if parted and below_list and not candidate.segment.blank_lines_before:
            candidate.weight -= weights.GOES_ON_BELOW_LIST * (not candidate.has_speaker)
    over_prose = [
        c
        for c in short
        if c.index + 1 < len(segments) and not c.text[0].islower() and _is_prose(segments, c.index)
    ]
    named = sum(c.has_speaker and not c.is_named_in_body for c in plain)
    prose = sum(c.is_prose for c in plain)
    regular = of_event or 3 * len(over_prose) >= prose
    if 3 * named < len(over_prose) and regular and len(over_prose) >= weights.MIN_REGULAR:
        for candidate in over_prose:
            candidate.weight += weights.SHORT_OVER_PROSE


def _is_prose(segments: Sequence[Segment], index: int) -> bool:
    """Return True if a paragraph of sentences is below, or right below the line's own tagline."""
    segment = segments[index + 1]
    return segment.kind is SegmentKind.PARAGRAPH and is_prose(segment.text)


def _weigh_marked(candidate: Candidate, siblings: _Siblings) -> float:
    """Weigh a marked heading."""
    words = len(candidate.text.split())
    weight = 0.0
    named = candidate.best_parse.speakers or not candidate.is_part
    if candidate.speaker_evidence > 0 and named and not candidate.lists_talks:
        weight += min(candidate.speaker_evidence, weights.MAX_EVIDENCE) + weights.NAMED
    elif siblings.named > weights.SOME_NAMED:
        weight += weights.UNNAMED_AMONG_NAMED * siblings.named
    materials = candidate.opening is not None and bool(candidate.opening.materials)
    materials |= candidate.has_materials
    weight += weights.MATERIALS * materials
    if not candidate.groups:
        is_other = detect_kind(candidate.text) is not TalkKind.TALK
        weight += weights.KIND * (is_other + candidate.names_kind)
    weight += _weigh_words(candidate)
    weight += weights.SEVERAL_WORDS * ((words >= 3) - (words == 1))
    if candidate.speaker_evidence <= 0:
        weight -= weights.UNTOLD * (candidate.level == PAGE_LEVEL and not candidate.tells_of_talk)
        poor = candidate.substance < weights.MIN_SUBSTANCE
        is_title = not poor and words > 1 and candidate.level < PAGE_LEVEL
        doubt = weights.RICH_TITLE if is_title else 1.0
        weight -= weights.UNLABELLED * siblings.labelled * doubt
        if siblings.named >= weights.NAMED_LEVEL and siblings.others > 1:
            weight -= weights.UNNAMED_AND_POOR * poor + weights.UNNAMED_SIBLING * doubt
        elif poor and siblings.named_elsewhere and not candidate.children:
            weight -= weights.UNNAMED_AND_POOR
        elif candidate.has_links and not candidate.substance:
            weight -= weights.ONLY_LINKS
    if candidate.is_session_only or candidate.groups or (candidate.names_talks and words <= 4):
        weight -= weights.GROUP
    if candidate.lists_talks:
        weight -= weights.LISTS_TALKS
    if candidate.text.endswith(":"):
        weight -= weights.COLON
    if candidate.level == BOLD_LEVEL:
        weight -= weights.BOLD + weights.REMARK * candidate.text[0].islower()
    return weight


def _weigh_words(candidate: Candidate) -> float:
    """Weigh what the words of a line say: the kind of a talk, a part of one, an event."""
    weight = weights.KIND_LABEL * (match_kind_label(candidate.text) is not None)
    weight -= weights.MISSED * is_missed(candidate.text)
    if candidate.is_part or is_break(candidate.bare):
        return weight - weights.PART
    is_event = len(candidate.bare.split()) <= 4 and names_event(candidate.bare)
    is_event &= candidate.speaker_evidence <= 0
    return weight - weights.ABOUT_EVENT * is_event


def _has_details_below(candidate: Candidate) -> bool:
    """Return True if a line of its paragraph has the employer or the handle of its speaker."""
    speakers = candidate.opening.speakers if candidate.opening else ()
    detailed = any(one.handle or one.role or one.affiliation for one in speakers)
    return detailed and len(candidate.segment.lines) > 1


def _weigh_plain(candidate: Candidate, siblings: _Siblings) -> float:
    """Weigh a line without any mark: it must have a body and look like the others."""
    text, share = candidate.text, siblings.named
    words = len(text.split())
    speakers = candidate.best_parse.speakers
    weight = weights.PLAIN
    if candidate.speaker_evidence > 0:
        weight += min(candidate.speaker_evidence, weights.MAX_EVIDENCE)
        weight += weights.SURELY_NAMED * candidate.has_speaker
    elif share > 0:
        weight -= weights.UNNAMED_PLAIN * share + weights.UNLABELLED * siblings.labelled
    elif share == 0:
        weight += weights.NONE_NAMED
    weight += weights.FIELDS_BELOW * candidate.has_fields
    weight += weights.AGENDA_ENTRY * bool(starts_with_time(text))
    alone = candidate.index < weights.MAX_BYLINE and not siblings.alike
    titled = candidate.index == 0 and candidate.is_named_below and not candidate.has_speaker_field
    byline = candidate.is_name_only or (titled and not _has_details_below(candidate))
    weight -= weights.BYLINE * (alone and byline and siblings.others > 1)
    weight += weights.BULLETS if candidate.bullets else -weights.NO_BULLETS
    weight += weights.FIRST_WITH_BULLETS * (candidate.index == 0 and candidate.bullets)
    weight += weights.WIDELY_PARTED * (candidate.stands_apart and share > 0)
    weight += weights.PLAIN_KIND * candidate.names_kind
    weight += _weigh_words(candidate)
    is_prose = candidate.is_full and candidate.is_prose
    names_talk = text.endswith(":") and candidate.is_full and not is_prose and siblings.alike
    if text.endswith((":", ",", ";")) and not names_talk:
        weight -= weights.OPEN_END
    closed = text.endswith(".") and not text.endswith("..")
    closed |= text.endswith("!") and not candidate.bullets and len(candidate.segment.lines) == 1
    if closed and not speakers:
        weight -= weights.SENTENCE_END
    if text[0].islower() and not speakers:
        weight -= weights.SMALL_START
    weight -= weights.WRAPPED_PROSE * (candidate.is_wrapped or is_prose)
    if words > 14 and not speakers:
        weight -= weights.LONG + weights.VERY_LONG * (words > 25)
    return weight
