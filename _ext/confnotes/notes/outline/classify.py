"""Which lines of a post are headings of talks, which are groups (a day, a track), which neither.

Every line that could be a heading gets a weight for being one (log-odds), by itself and by its
siblings, the others of its level. Marked headings form a tree by level; the best labelling of the
tree is chosen, so that a heading is a talk, or groups talks, or belongs to the talk above it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from confnotes.model import TalkKind
from confnotes.notes.entities.section_words import (
    is_break,
    is_missed,
)
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.entities.talk_kinds import detect_kind, match_kind_label
from confnotes.notes.headings import weights
from confnotes.notes.headings.context import ParseContext
from confnotes.notes.headings.times import starts_with_time
from confnotes.notes.outline.below import read_openings
from confnotes.notes.outline.candidates import (
    PLAIN_LEVEL,
    Candidate,
    Label,
    by_level,
    find_candidates,
)
from confnotes.notes.outline.companies import strip_companies
from confnotes.notes.syntax.segments import BOLD_LEVEL, Segment, SegmentKind

WIDE_GAP = 3
"""Blank lines that part two talks, or a talk and a closing word."""


def classify_candidates(
    segments: Sequence[Segment],
    context: ParseContext,
    parse: Callable[[str], SessionHeading],
    *,
    of_event: bool = True,
) -> list[Candidate]:
    """Return a post's candidates with their labels.

    ``of_event`` says that the post is of an event and not of one talk.
    """
    found = find_candidates(segments, context, parse)
    for siblings in by_level(found):
        strip_companies(siblings)
    read_openings(found, segments, context)
    marked = [c for c in found if c.level < PLAIN_LEVEL and c.label is not Label.SPEAKER]
    plain = [c for c in found if c.level == PLAIN_LEVEL and c.label is not Label.SPEAKER]
    _score(marked, _score_marked)
    _score(plain, _score_plain)
    if not marked:
        _weigh_regular(plain, segments, of_event=of_event)
    _count_plain(marked, plain)
    _label_tree(marked, of_event)
    _label_plain(plain, marked)
    return found


def _label_plain(plain: Sequence[Candidate], marked: Sequence[Candidate]) -> None:
    """Label the lines without marks; under a marked talk they start none."""
    headings = iter(sorted((c for c in marked if c.label is not Label.BODY), key=lambda c: c.index))
    above: Candidate | None = None
    ahead = next(headings, None)
    for candidate in plain:
        while ahead is not None and ahead.index < candidate.index:
            above, ahead = ahead, next(headings, None)
        under_talk = above is not None and above.label is Label.TALK
        bar = weights.UNDER_TALK if under_talk else weights.UNDER_MARKED if marked else 0.0
        if candidate.lists_talks:
            candidate.label = Label.GROUP
        elif _groups_plain(candidate) and not under_talk:
            candidate.label = Label.GROUP if not marked else Label.BODY
        elif candidate.weight > bar:
            candidate.label = Label.TALK


def _groups_plain(candidate: Candidate) -> bool:
    """Return True if a line without marks groups what follows; with bullets it is a talk."""
    only = candidate.is_session_only and not candidate.has_fields
    return only or (candidate.groups and not candidate.bullets)


def _count_plain(marked: Sequence[Candidate], plain: Sequence[Candidate]) -> None:
    """Weigh the strong lines without marks under each marked heading that names nobody."""
    ahead = iter(marked)
    above, following = None, next(ahead, None)
    for candidate in plain:
        while following is not None and following.index < candidate.index:
            above, following = following, next(ahead, None)
        strong = candidate.has_speaker and candidate.weight > weights.STRONG_PLAIN
        if above is not None and strong and not above.has_speaker:
            above.plain_talks += 1


# Weights


@dataclass(frozen=True, slots=True)
class Siblings:
    """The other headings of a level: how many, and which share of them surely has a speaker."""

    others: int = 0
    named: float = -1.0
    named_elsewhere: bool = False
    """Most headings of another level have speakers, and none of this."""


def _score(found: Sequence[Candidate], score: Callable[[Candidate, Siblings], float]) -> None:
    """Weigh each; a first bullet that only one heading of a level has is no habit of speakers."""
    levels = by_level(found)
    named_levels = sum(
        len(level) > 1 and sum(c.has_speaker for c in level) >= weights.NAMED_LEVEL * len(level)
        for level in levels
    )
    for level in levels:
        bulleted = sum(c.opening is not None and c.opening.is_bulleted for c in level)
        sure = [
            c.has_speaker and (bulleted != 1 or c.opening is None or not c.opening.is_bulleted)
            for c in level
        ]
        others = len(level) - 1
        places = Counter(candidate.place for candidate in level)
        for candidate, is_sure in zip(level, sure, strict=True):
            share = (sum(sure) - is_sure) / others if others else -1.0
            if others >= weights.MIN_SIBLINGS:
                alike = places[candidate.place] - 1
                candidate.context = replace(candidate.context, agreement=alike / others)
            elsewhere = named_levels > (share >= weights.NAMED_LEVEL) and not any(sure)
            candidate.weight = score(candidate, Siblings(others, share, elsewhere))


def _weigh_regular(
    plain: Sequence[Candidate], segments: Sequence[Segment], *, of_event: bool
) -> None:
    """Weigh short lines that part a post without marks: all after rules, or all above prose."""
    short = [c for c in plain if c.is_short and not c.is_never_talk]
    parted = [c for c in plain if c.segment.blank_lines_before >= WIDE_GAP]
    after_rules = [c for c in short if c.segment.blank_lines_before >= WIDE_GAP]
    if len(after_rules) >= weights.MIN_REGULAR and 2 * len(after_rules) > len(parted):
        first = next((c for c in plain if not c.is_session_only), None)
        for candidate in plain:
            after_rule = candidate.segment.blank_lines_before >= WIDE_GAP
            opens = after_rule or candidate is first
            if opens and candidate.is_short and not candidate.is_never_talk:
                candidate.weight = max(candidate.weight, 0.0) + weights.AFTER_RULE
            else:
                candidate.weight -= weights.AFTER_RULE
        return
    over_prose = [c for c in short if c.index + 1 < len(segments) and _is_prose(segments, c.index)]
    named = sum(c.has_speaker for c in plain)
    prose = sum(c.is_prose for c in plain)
    regular = of_event or 3 * len(over_prose) >= prose
    if 3 * named < len(over_prose) and regular and len(over_prose) >= weights.MIN_REGULAR:
        for candidate in over_prose:
            candidate.weight += weights.SHORT_OVER_PROSE


def _is_prose(segments: Sequence[Segment], index: int) -> bool:
    """Return True if a paragraph of sentences is below, or right below the line's own tagline."""
    segment = segments[index + 1]
    text = segment.text
    return segment.kind is SegmentKind.PARAGRAPH and (
        len(text) > weights.MIN_PROSE or text.endswith((".", "!", "?", "…"))
    )


def _score_marked(candidate: Candidate, siblings: Siblings) -> float:
    """Weigh a marked heading."""
    words = len(candidate.text.split())
    weight = 0.0
    named = candidate.best_parse.speakers or not candidate.is_part
    if candidate.speaker_evidence > 0 and named:
        weight += min(candidate.speaker_evidence, weights.MAX_EVIDENCE) + weights.NAMED
    elif siblings.named > weights.SOME_NAMED:
        weight += weights.UNNAMED_AMONG_NAMED * siblings.named
    materials = candidate.opening is not None and bool(candidate.opening.materials)
    quoted = candidate.text[0] in '"“' and candidate.text[-1] in '"”'
    weight += weights.MATERIALS * materials + weights.QUOTED * quoted
    weight += weights.KIND * (detect_kind(candidate.text) is not TalkKind.TALK)
    weight += weights.KIND_LABEL * (match_kind_label(candidate.text) is not None)
    weight += weights.SEVERAL_WORDS * ((words >= 3) - (words == 1))
    if candidate.is_part or is_break(candidate.bare):
        weight -= weights.PART
    if candidate.speaker_evidence <= 0:
        poor = candidate.substance < weights.MIN_SUBSTANCE
        if siblings.named >= weights.NAMED_LEVEL and siblings.others > 1:
            weight -= weights.UNNAMED_AND_POOR * poor + weights.UNNAMED_SIBLING
        elif poor and siblings.named_elsewhere and not candidate.children:
            weight -= weights.UNNAMED_AND_POOR
        elif candidate.has_links and not candidate.substance:
            weight -= weights.ONLY_LINKS
    weight += weights.PLENARY_ITEM * candidate.names_kind
    if candidate.is_session_only or candidate.groups:
        weight -= weights.GROUP
    if is_missed(candidate.text):
        weight -= weights.MISSED
    if candidate.lists_talks:
        weight -= weights.LISTS_TALKS
    if candidate.text.endswith(":"):
        weight -= weights.COLON
    if candidate.level == BOLD_LEVEL:
        weight -= weights.BOLD + weights.REMARK * candidate.text[0].islower()
    return weight


def _score_plain(candidate: Candidate, siblings: Siblings) -> float:
    """Weigh a line without any mark: it must have a body and look like the others."""
    text, share = candidate.text, siblings.named
    words = len(text.split())
    speakers = candidate.best_parse.speakers
    weight = weights.PLAIN
    if candidate.speaker_evidence > 0:
        weight += min(candidate.speaker_evidence, weights.MAX_EVIDENCE)
        weight += weights.SURELY_NAMED * candidate.has_speaker
    elif share > 0:
        weight -= weights.UNNAMED_PLAIN * share
    elif share == 0:
        weight += weights.NONE_NAMED
    weight += weights.FIELDS_BELOW * candidate.has_fields
    weight += weights.AGENDA_ENTRY * bool(starts_with_time(text))
    weight += weights.BULLETS if candidate.bullets else -weights.NO_BULLETS
    weight += weights.FIRST_WITH_BULLETS * (candidate.index == 0 and candidate.bullets)
    parted = candidate.segment.blank_lines_before >= WIDE_GAP and share > 0
    weight += weights.WIDELY_PARTED * parted
    weight += weights.PLAIN_KIND * candidate.names_kind
    weight += weights.KIND_LABEL * (match_kind_label(text) is not None)
    if candidate.is_part or is_break(candidate.bare):
        weight -= weights.PLAIN_PART
    if is_missed(text):
        weight -= weights.MISSED
    if text.endswith((":", ",", ";")):
        weight -= weights.OPEN_END
    if text.endswith(".") and not text.endswith("..") and not speakers:
        weight -= weights.SENTENCE_END
    if text[0].islower() and not speakers:
        weight -= weights.SMALL_START
    weight -= weights.WRAPPED_PROSE * candidate.is_wrapped
    if words > 14 and not speakers:
        weight -= weights.LONG + weights.VERY_LONG * (words > 25)
    return weight


# The tree of marked headings


def _label_tree(found: Sequence[Candidate], of_event: bool) -> None:
    if not found:
        return
    roots: list[Candidate] = []
    stack: list[tuple[float, Candidate]] = []
    for candidate, level in zip(found, _ranks(found), strict=True):
        while stack and stack[-1][0] >= level:
            stack.pop()
        (stack[-1][1].children if stack else roots).append(candidate)
        stack.append((level, candidate))
    some = any(c.has_speaker for c in found[1:])
    base = weights.OF_SOME if some else weights.OF_TALK
    if of_event or len(roots) == 1:
        base = weights.OF_EVENT
    # In a file that is named for its talk, several headings of a lower level are its sections.
    titled = of_event or some or len(roots) == 1 or roots[0].level == 1
    rest = base
    if not of_event and roots[0].has_speaker and not any(c.has_speaker for c in roots[1:]):
        rest -= weights.SECTION_OF_TALK
    sure = sum(root.weight > weights.CONFIDENT for root in roots)
    for root in roots:
        bonus = weights.FIRST_HEADING * titled if root is roots[0] else rest - base
        rich = sure > 1 and root.substance >= weights.MIN_SUBSTANCE
        _label_subtree(root, base + bonus + weights.SIBLING_OF_TALK * rich)


def _ranks(found: Sequence[Candidate]) -> list[float]:
    """Return the levels of headings; a day is above all up to the next, whatever its marks."""
    ranks: list[float] = []
    top = math.inf
    for candidate in reversed(found):
        if candidate.is_day:
            ranks.append(min(candidate.level, top - 0.5))
            top = math.inf
        else:
            ranks.append(candidate.level)
            top = min(top, candidate.level)
    return ranks[::-1]


def _label_subtree(candidate: Candidate, base: float) -> None:
    """Label a heading and all below it: as one talk, or as a group of what is below."""
    as_talk, as_group = candidate.weight + base, _as_group(candidate)
    if as_group > max(as_talk, 0.0):
        candidate.label = Label.GROUP
        base = _base_below(candidate)
        named = any(child.weight > weights.CONFIDENT for child in candidate.children)
        for child in candidate.children:
            rich = named and child.substance >= weights.MIN_SUBSTANCE
            _label_subtree(child, base + weights.SIBLING_OF_TALK * rich)
    elif as_talk > 0:
        candidate.label = Label.TALK
        for child in candidate.children:
            _label_body(child)
    elif candidate.is_day or candidate.lists_talks:
        candidate.label = Label.GROUP


def _label_body(candidate: Candidate) -> None:
    """Under a talk only a heading with a speaker of its own starts another."""
    remark = candidate.level == BOLD_LEVEL and candidate.text[0].islower()
    sure = candidate.is_full and candidate.best_parse.score > weights.FULL_BELOW_TALK
    sure &= not remark
    if sure and not candidate.is_part:
        candidate.label = Label.TALK
    for child in candidate.children:
        _label_body(child)


def _base_below(candidate: Candidate) -> float:
    named = bool(candidate.session_heading.session) and not candidate.session_heading.unparsed
    session = named and len(candidate.children) > 1
    group = candidate.is_session_only or session or candidate.groups
    return weights.BELOW_GROUP if group else weights.BELOW_OTHER


def _as_group(candidate: Candidate) -> float:
    """Return what a heading and its subtree weigh when it only groups."""
    inner = weights.PLAIN_TALK * candidate.plain_talks * (candidate.plain_talks > 1)
    if not candidate.children and not inner:
        return -1.0
    base = _base_below(candidate)
    all_named = all(child.has_speaker or child.is_never_talk for child in candidate.children)
    own = weights.NOT_GROUPING - weights.NAMED_GROUP * candidate.has_speaker
    own += weights.ALL_NAMED * all_named
    if base > 0:
        own = weights.GROUPING
    return own + inner + sum(_best(child, base) for child in candidate.children)


def _best(candidate: Candidate, base: float) -> float:
    return max(candidate.weight + base, _as_group(candidate), 0.0)
