"""Which lines of a post are headings of talks, which are groups (a day, a track), which neither.

Every line that could be a heading gets a weight for being one (log-odds), by itself and by its
siblings, the others of its level. Marked headings form a tree by level; the best labelling of the
tree is chosen, so that a heading is a talk, or groups talks, or belongs to the talk above it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from confnotes.names import normalize
from confnotes.notes import weights
from confnotes.notes.entities.event_names import has_event_word
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.entities.talk_kinds import match_kind_label
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.outline.below import read_openings
from confnotes.notes.outline.candidate import PLAIN_LEVEL, Candidate, Label
from confnotes.notes.outline.candidates import by_level, find_candidates
from confnotes.notes.outline.names_at_ends import read_names_at_ends
from confnotes.notes.outline.repeated_names import read_repeated_names
from confnotes.notes.outline.scores import score, score_agenda, score_regular
from confnotes.notes.outline.sibling_forms import (
    prefer_titles,
    read_names_first,
    read_nicknames,
    read_roles,
    read_unspaced_names,
    strip_trailing_companies,
)
from confnotes.notes.syntax.segments import BOLD_LEVEL, PAGE_LEVEL, Segment


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
        strip_trailing_companies(siblings)
        prefer_titles(siblings)
        read_names_at_ends(siblings)
        read_nicknames(siblings)
        read_unspaced_names(siblings)
        read_names_first(siblings)
        if siblings[0].level < PLAIN_LEVEL:
            read_repeated_names(siblings, segments)
    read_roles([c for c in found if c.level == PLAIN_LEVEL])
    read_openings(found, segments, context)
    marked = [c for c in found if c.level < PLAIN_LEVEL and c.label is not Label.SPEAKER]
    plain = [c for c in found if c.level == PLAIN_LEVEL and c.label is not Label.SPEAKER]
    score(marked)
    score(plain)
    score_agenda(plain, marked, len(segments))
    if not marked:
        score_regular(plain, segments, of_event=of_event)
    _count_plain(marked, plain)
    _label_tree(marked, of_event)
    _label_plain(plain, marked)
    return found


def _label_plain(plain: Sequence[Candidate], marked: Sequence[Candidate]) -> None:
    """Label the lines without marks; under a marked talk they start none."""
    headings = [c for c in marked if c.label is not Label.BODY]
    for candidate, above in _with_heading_above(plain, headings):
        under_talk = above is not None and above.label is Label.TALK
        is_bold = candidate.segment.text.startswith("**")
        if above and above.level == (BOLD_LEVEL if is_bold else PAGE_LEVEL):
            parted = candidate.is_short and candidate.segment.blank_lines_before > 0
            is_named = parted and candidate.has_speaker and not is_bold
            under_talk &= not (candidate.is_full or is_named)
        bar = weights.UNDER_TALK if under_talk else weights.UNDER_MARKED if marked else 0.0
        if candidate.lists_talks:
            candidate.label = Label.GROUP
        elif _groups_plain(candidate) and not under_talk:
            candidate.label = Label.GROUP if not marked else Label.BODY
        elif candidate.weight > bar:
            candidate.label = Label.TALK


def _with_heading_above(
    plain: Sequence[Candidate], headings: Sequence[Candidate]
) -> Iterator[tuple[Candidate, Candidate | None]]:
    """Yield each line without marks with the last of ``headings`` above it."""
    places = [heading.index for heading in headings]
    for candidate in plain:
        place = bisect_left(places, candidate.index)
        yield candidate, headings[place - 1] if place else None


def _groups_plain(candidate: Candidate) -> bool:
    """Return True if a line without marks groups what follows; with bullets it is a talk."""
    only = candidate.is_session_only and not candidate.has_fields
    return only or (candidate.groups and not candidate.bullets)


def _count_plain(marked: Sequence[Candidate], plain: Sequence[Candidate]) -> None:
    """Weigh the strong lines without marks under each marked heading that names nobody."""
    for candidate, above in _with_heading_above(plain, marked):
        strong = candidate.has_speaker and candidate.weight > weights.STRONG_PLAIN
        if above is not None and strong and not above.has_speaker:
            above.plain_talks += 1


def _label_tree(found: Sequence[Candidate], of_event: bool) -> None:
    if not found:
        return
    roots: list[Candidate] = []
    stack: list[tuple[float, Candidate]] = []
    parts: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate, level in zip(found, _ranks(found), strict=True):
        while stack and stack[-1][0] >= level:
            stack.pop()
        above = stack[-1][1] if stack else None
        (above.children if above else roots).append(candidate)
        if candidate.is_part and above and not (above.is_session_only or above.groups):
            parts[normalize(candidate.bare)].append(candidate)
        stack.append((level, candidate))
    for repeated in parts.values():
        for candidate in repeated if len(repeated) >= weights.MIN_REGULAR else ():
            candidate.is_repeated_part = True
    some = any(c.has_speaker for c in found[1:])
    base = weights.OF_SOME if some else weights.OF_TALK
    if of_event or len(roots) == 1:
        base = weights.OF_EVENT
    # In a file that is named for its talk, several headings of a lower level are its sections.
    titled = of_event or some or len(roots) == 1 or roots[0].level == 1
    rest = base
    alone = roots[0].is_full if of_event else roots[0].has_speaker
    if alone and not some and not roots[0].is_part:
        rest -= weights.SECTION_OF_TALK
    sure = sum(root.weight > weights.CONFIDENT for root in roots)
    for root in roots:
        is_title = titled and root.level != PAGE_LEVEL
        bonus = weights.FIRST_HEADING * is_title if root is roots[0] else rest - base
        rich = sure > 1 and root.substance >= weights.MIN_SUBSTANCE
        rich &= root.level < BOLD_LEVEL
        bonus += weights.SIBLING_OF_TALK * rich
        if rest < base and root is not roots[0] and root.weight + base + bonus <= 0:
            _label_body(root)
        else:
            _label_subtree(root, base + bonus)


def _ranks(found: Sequence[Candidate]) -> list[float]:
    """Return the levels of headings: those that begin with one label (``Talk 2:``) have the same.

    A day is above all up to the next, whatever its marks.
    """
    labels = [match_kind_label(candidate.text) for candidate in found]
    kinds = [(label["kind"] or "").casefold() if label else "" for label in labels]
    levels = [candidate.level for candidate in found]
    for kind in {*kinds} - {""}:
        places = [place for place, other in enumerate(kinds) if other == kind]
        if len(places) >= weights.MIN_REGULAR:
            highest = min(levels[place] for place in places)
            levels = [highest if p in places else level for p, level in enumerate(levels)]
    ranks: list[float] = []
    top = math.inf
    for candidate, level in zip(reversed(found), reversed(levels), strict=True):
        if candidate.is_day:
            ranks.append(min(candidate.level, top - 0.5))
            top = math.inf
        else:
            ranks.append(level)
            top = min(top, level)
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
    names_talks = candidate.names_talks and len(candidate.children) > 1
    named_event = has_event_word(candidate.bare) and not candidate.has_speaker
    names_talks |= (named_event or bool(candidate.session_heading.session)) and (
        len(candidate.children) >= weights.MIN_REGULAR and candidate.level == 1
    )
    group = candidate.is_session_only or session or candidate.groups or names_talks
    return weights.BELOW_GROUP if group else weights.BELOW_OTHER


def _as_group(candidate: Candidate) -> float:
    """Return what a heading and its subtree weigh when it only groups."""
    if candidate.is_repeated_part:
        return -1.0
    several = candidate.plain_talks > 1 or candidate.groups
    inner = weights.PLAIN_TALK * candidate.plain_talks * several
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
