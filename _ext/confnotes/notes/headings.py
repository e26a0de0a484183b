"""Which lines of a post are heads of talks, which are groups (a day, a track), which neither.

Every line that could be a head gets a weight for being one (log-odds). Marked
headings form a tree by level; the best labelling of the tree is chosen, so that
a heading is a talk, or groups talks, or belongs to the talk above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from confnotes.model import Kind, Markup
from confnotes.notes.below import Below
from confnotes.notes.candidates import PLAIN_LEVEL, SURE, Candidate, Label, find
from confnotes.notes.heads import Context, Form
from confnotes.notes.kinds import kind_of
from confnotes.notes.pieces import BOLD_LEVEL, Piece
from confnotes.notes.subheadings import is_break, is_group, is_occasion, is_subheading
from confnotes.notes.when import When

WIDE_GAP = 3
"""Blank lines that part two talks, or a talk and a closing word."""


def label(
    pieces: Sequence[Piece],
    markup: Markup,
    context: Context,
    parse: Callable[[str], When],
    *,
    of_event: bool = True,
) -> tuple[list[Candidate], Context]:
    """Return a post's candidates with their labels, and the context with its habits.

    ``of_event`` says that the post is of an event and not of one talk.
    """
    found = find(pieces, markup, context, parse)
    Below(found, pieces, markup, context).look()
    if bonus := _habit_below(found):
        context = replace(context, below=bonus)
        Below(found, pieces, markup, context).look()
    marked = [c for c in found if c.level < PLAIN_LEVEL and c.label is not Label.SPEAKER]
    plain = [c for c in found if c.level == PLAIN_LEVEL and c.label is not Label.SPEAKER]
    _weigh(marked, _weight_of_marked)
    _weigh(plain, _weight_of_plain)
    _label_tree(marked, of_event)
    _label_plain(plain, marked)
    return found, context


def _habit_below(found: Sequence[Candidate]) -> float:
    """Return what it says of other heads when the speakers stand under them."""
    heads = [c for c in found if not c.reading.speakers and not c.only_when]
    below = sum(c.below > SURE for c in heads)
    return 2.0 if below > 1 and below * 2 >= len(heads) else 0.0


def _label_plain(plain: Sequence[Candidate], marked: Sequence[Candidate]) -> None:
    """Label the lines without marks; under a marked talk they start none."""
    heads = iter(sorted((c for c in marked if c.label is not Label.INSIDE), key=lambda c: c.index))
    above: Candidate | None = None
    ahead = next(heads, None)
    for candidate in plain:
        while ahead is not None and ahead.index < candidate.index:
            above, ahead = ahead, next(heads, None)
        bar = 0.0 if not marked else 6.0 if above and above.label is Label.TALK else 1.0
        if candidate.only_when and bar < 6.0:
            candidate.label = Label.GROUP if not marked else Label.INSIDE
        elif candidate.weight > bar:
            candidate.label = Label.TALK


# Weights


def _weigh(found: Sequence[Candidate], weight: Callable[[Candidate, float], float]) -> None:
    """Weigh each; a first bullet that only one head of a level has is no habit of speakers."""
    bulleted = Counter(c.level for c in found if c.bulleted)
    sure = [c.named > SURE and (not c.bulleted or bulleted[c.level] > 1) for c in found]
    named = Counter(c.level for c, is_sure in zip(found, sure, strict=True) if is_sure)
    total = Counter(c.level for c in found)
    for candidate, is_sure in zip(found, sure, strict=True):
        others = total[candidate.level] - 1
        share = (named[candidate.level] - is_sure) / others if others else -1.0
        candidate.weight = weight(candidate, share)


def _weight_of_marked(candidate: Candidate, share: float) -> float:
    """Weigh a marked heading; ``share`` of its level have speakers, -1 when it is alone there."""
    words = len(candidate.text.split())
    weight = 0.0
    if candidate.named > 0:
        weight += min(candidate.named, 4.0) + 0.5
    elif share > 0.3:
        weight += 2.0 * share
    weight += 2.0 * candidate.materials + 1.0 * candidate.quoted
    weight += 1.0 * (kind_of(candidate.text) is not Kind.TALK)
    weight += 0.3 * (words >= 3) - 0.3 * (words == 1)
    if is_subheading(candidate.text) or is_break(candidate.text):
        weight -= 4.0
    if candidate.only_links and candidate.named <= 0:
        weight -= 2.5
    if candidate.only_when or is_group(candidate.text):
        weight -= 4.0
    if candidate.text.endswith(":"):
        weight -= 1.0
    if candidate.level == BOLD_LEVEL:
        weight -= 1.5
    return weight


def _weight_of_plain(candidate: Candidate, share: float) -> float:
    """Weigh a line without any mark: it must have a body and look like the others."""
    text = candidate.text
    words = len(text.split())
    speakers = candidate.reading.speakers
    weight = -1.5
    if candidate.named > 0:
        weight += min(candidate.named, 4.0)
        weight += 1.0 if candidate.named > SURE else 0.0
    elif share > 0:
        weight -= 1.5 * share
    elif share == 0:
        weight += 1.0
    weight += 1.0 if candidate.bullets else -0.5
    weight += 2.5 * (candidate.index == 0 and candidate.bullets)
    weight += 1.5 * (candidate.gap >= WIDE_GAP and share > 0)
    weight += 2.5 * is_occasion(text)
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
    some = any(c.named > SURE for c in found[1:])
    base = 0.5 if of_event or len(roots) == 1 else 0.0 if some else -1.0
    for root in roots:
        _choose(root, base + 1.5 * (root is roots[0]))


def _choose(candidate: Candidate, base: float) -> None:
    """Label a heading and all below it: as one talk, or as a group of what is below."""
    as_talk, as_group = _as_talk(candidate, base), _as_group(candidate)
    if as_group > max(as_talk, 0.0) and candidate.children:
        candidate.label = Label.GROUP
        for child in candidate.children:
            _choose(child, _base_below(candidate))
    elif as_talk > 0:
        candidate.label = Label.TALK
        for child in candidate.children:
            _choose_inside(child)
    elif candidate.only_when and candidate.when.day:
        candidate.label = Label.GROUP


def _choose_inside(candidate: Candidate) -> None:
    """Under a talk only a heading with a speaker of its own starts another."""
    said = candidate.reading
    sure = bool(said.speakers) and said.score > 3.0 and said.form in {Form.LAST, Form.FIRST}
    if sure and not is_subheading(candidate.text):
        candidate.label = Label.TALK
    for child in candidate.children:
        _choose_inside(child)


def _as_talk(candidate: Candidate, base: float) -> float:
    return candidate.weight + base


def _base_below(candidate: Candidate) -> float:
    grouping = candidate.only_when or (is_group(candidate.text))
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
