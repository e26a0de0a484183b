"""Which lines of a post are headings of talks, which are groups (a day, a track), which neither.

Every line that could be a heading gets a weight for being one (log-odds). Marked
headings form a tree by level; the best labelling of the tree is chosen, so that
a heading is a talk, or groups talks, or belongs to the talk above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from confnotes.model import Markup, TalkKind
from confnotes.notes.entities.section_words import (
    is_break,
    is_group_heading,
    is_plenary_item,
    is_subheading,
)
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.entities.talk_kinds import detect_kind
from confnotes.notes.headings.parse import Form, ParseContext
from confnotes.notes.outline.candidates import (
    CONFIDENT,
    PLAIN_LEVEL,
    Candidate,
    Label,
    find_candidates,
)
from confnotes.notes.outline.look_ahead import LookAhead
from confnotes.notes.syntax.segments import BOLD_LEVEL, Segment

WIDE_GAP = 3
"""Blank lines that part two talks, or a talk and a closing word."""


def classify_candidates(
    segments: Sequence[Segment],
    markup: Markup,
    context: ParseContext,
    parse: Callable[[str], SessionHeading],
    *,
    of_event: bool = True,
) -> tuple[list[Candidate], ParseContext]:
    """Return a post's candidates with their labels, and the context with its habits.

    ``of_event`` says that the post is of an event and not of one talk.
    """
    found = find_candidates(segments, markup, context, parse)
    LookAhead(found, segments, markup, context).look()
    if bonus := _habit_below(found):
        context = replace(context, speaker_below_prior=bonus)
        LookAhead(found, segments, markup, context).look()
    marked = [c for c in found if c.level < PLAIN_LEVEL and c.label is not Label.SPEAKER]
    plain = [c for c in found if c.level == PLAIN_LEVEL and c.label is not Label.SPEAKER]
    _score(marked, _score_marked)
    _score(plain, _score_plain)
    _label_tree(marked, of_event)
    _label_plain(plain, marked)
    return found, context


def _habit_below(found: Sequence[Candidate]) -> float:
    """Return what it says of other headings when the speakers stand under them."""
    headings = [c for c in found if not c.best_parse.speakers and not c.is_session_only]
    below = sum(c.speaker_below_score > CONFIDENT for c in headings)
    return 2.0 if below > 1 and below * 2 >= len(headings) else 0.0


def _label_plain(plain: Sequence[Candidate], marked: Sequence[Candidate]) -> None:
    """Label the lines without marks; under a marked talk they start none."""
    headings = iter(sorted((c for c in marked if c.label is not Label.BODY), key=lambda c: c.index))
    above: Candidate | None = None
    ahead = next(headings, None)
    for candidate in plain:
        while ahead is not None and ahead.index < candidate.index:
            above, ahead = ahead, next(headings, None)
        bar = 0.0 if not marked else 6.0 if above and above.label is Label.TALK else 1.0
        if candidate.is_session_only and bar < 6.0:
            candidate.label = Label.GROUP if not marked else Label.BODY
        elif candidate.weight > bar:
            candidate.label = Label.TALK


# Weights


def _score(found: Sequence[Candidate], weight: Callable[[Candidate, float], float]) -> None:
    """Weigh each; a first bullet that only one heading of a level has is no habit of speakers."""
    bulleted = Counter(c.level for c in found if c.bulleted)
    sure = [
        c.speaker_evidence > CONFIDENT and (not c.bulleted or bulleted[c.level] > 1) for c in found
    ]
    named = Counter(c.level for c, is_sure in zip(found, sure, strict=True) if is_sure)
    total = Counter(c.level for c in found)
    for candidate, is_sure in zip(found, sure, strict=True):
        others = total[candidate.level] - 1
        share = (named[candidate.level] - is_sure) / others if others else -1.0
        candidate.weight = weight(candidate, share)


def _score_marked(candidate: Candidate, share: float) -> float:
    """Weigh a marked heading; ``share`` of its level have speakers, -1 when it is alone there."""
    words = len(candidate.text.split())
    weight = 0.0
    if candidate.speaker_evidence > 0:
        weight += min(candidate.speaker_evidence, 4.0) + 0.5
    elif share > 0.3:
        weight += 2.0 * share
    weight += 2.0 * candidate.materials + 1.0 * candidate.quoted
    weight += 1.0 * (detect_kind(candidate.text) is not TalkKind.TALK)
    weight += 0.3 * (words >= 3) - 0.3 * (words == 1)
    if is_subheading(candidate.text) or is_break(candidate.text):
        weight -= 4.0
    if candidate.only_links and candidate.speaker_evidence <= 0:
        weight -= 2.5
    if candidate.is_session_only or is_group_heading(candidate.text):
        weight -= 4.0
    if candidate.text.endswith(":"):
        weight -= 1.0
    if candidate.level == BOLD_LEVEL:
        weight -= 1.5
    return weight


def _score_plain(candidate: Candidate, share: float) -> float:
    """Weigh a line without any mark: it must have a body and look like the others."""
    text = candidate.text
    words = len(text.split())
    speakers = candidate.best_parse.speakers
    weight = -1.5
    if candidate.speaker_evidence > 0:
        weight += min(candidate.speaker_evidence, 4.0)
        weight += 1.0 if candidate.speaker_evidence > CONFIDENT else 0.0
    elif share > 0:
        weight -= 1.5 * share
    elif share == 0:
        weight += 1.0
    weight += 1.0 if candidate.bullets else -0.5
    weight += 2.5 * (candidate.index == 0 and candidate.bullets)
    weight += 1.5 * (candidate.blank_lines_before >= WIDE_GAP and share > 0)
    weight += 2.5 * is_plenary_item(text)
    if is_subheading(text):
        weight -= 3.0
    if text.endswith((":", ",", ";")):
        weight -= 3.0
    if text.endswith(".") and not text.endswith("..") and not speakers:
        weight -= 2.0
    if text[0].islower() and not speakers:
        weight -= 1.5
    if words > 14 and not speakers:
        weight -= 2.0 + 2.0 * (words > 25)
    return weight


# The tree of marked headings


def _label_tree(found: Sequence[Candidate], of_event: bool) -> None:
    if not found:
        return
    roots: list[Candidate] = []
    stack: list[Candidate] = []
    for candidate in found:
        while stack and stack[-1].level >= candidate.level:
            stack.pop()
        (stack[-1].children if stack else roots).append(candidate)
        stack.append(candidate)
    some = any(c.speaker_evidence > CONFIDENT for c in found[1:])
    base = 0.5 if of_event or len(roots) == 1 else 0.0 if some else -1.0
    # In a file that is named for its talk, several headings of a lower level are its sections.
    titled = of_event or some or len(roots) == 1 or roots[0].level == 1
    for root in roots:
        _label_subtree(root, base + 1.5 * (titled and root is roots[0]))


def _label_subtree(candidate: Candidate, base: float) -> None:
    """Label a heading and all below it: as one talk, or as a group of what is below."""
    as_talk, as_group = _as_talk(candidate, base), _as_group(candidate)
    if as_group > max(as_talk, 0.0) and candidate.children:
        candidate.label = Label.GROUP
        for child in candidate.children:
            _label_subtree(child, _base_below(candidate))
    elif as_talk > 0:
        candidate.label = Label.TALK
        for child in candidate.children:
            _label_body(child)
    elif candidate.is_session_only and candidate.session_heading.day:
        candidate.label = Label.GROUP


def _label_body(candidate: Candidate) -> None:
    """Under a talk only a heading with a speaker of its own starts another."""
    value = candidate.best_parse
    sure = (
        bool(value.speakers)
        and value.score > 3.0
        and value.form in {Form.TITLE_SPEAKER, Form.SPEAKER_TITLE}
    )
    if sure and not is_subheading(candidate.text):
        candidate.label = Label.TALK
    for child in candidate.children:
        _label_body(child)


def _as_talk(candidate: Candidate, base: float) -> float:
    return candidate.weight + base


def _base_below(candidate: Candidate) -> float:
    grouping = candidate.is_session_only or (is_group_heading(candidate.text))
    return 0.5 if grouping else -0.5


def _as_group(candidate: Candidate) -> float:
    """Return what a heading and its subtree weigh when it only groups."""
    if not candidate.children:
        return -1.0
    base = _base_below(candidate)
    own = 1.5 if base > 0 else -1.5
    return own + sum(_best(child, base) for child in candidate.children)


def _best(candidate: Candidate, base: float) -> float:
    return max(_as_talk(candidate, base), _as_group(candidate), 0.0)
