"""Lines of a post that could be headings of talks, with what is seen of each: read once, here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import accumulate, pairwise

from confnotes.model import Block, ListBlock, Markup, Paragraph, Quote
from confnotes.notes.entities.section_words import (
    is_break,
    is_group_heading,
    is_missed,
    is_plenary_item,
    is_subheading,
)
from confnotes.notes.entities.session_heading import SessionHeading, is_year
from confnotes.notes.entities.talk_kinds import match_kind_label
from confnotes.notes.headings import weights
from confnotes.notes.headings.parse import Form, HeadingParse, ParseContext, parse_heading, rescore
from confnotes.notes.languages.patterns import is_unspaced
from confnotes.notes.openings.builder import TalkBuilder
from confnotes.notes.openings.opening import open_talk
from confnotes.notes.openings.speaker_lines import begins_with_name
from confnotes.notes.outline.listings import count_listed
from confnotes.notes.syntax.fields import (
    is_label,
    looks_like_field,
    names_note_taker,
    names_speakers,
)
from confnotes.notes.syntax.inline import emphasised_text, strip_inline_markup, strip_links
from confnotes.notes.syntax.segments import BOLD_LEVEL, Segment, SegmentKind
from confnotes.notes.syntax.texts import iter_texts

PLAIN_LEVEL = 9
"""The level of a line without any mark."""
_MAX_HEADING = 400
_WINDOW = 6
"""Segments below a line in which its speaker is looked for."""
_MAX_BODY = 12
_MAX_WORDS = 25
"""Words of a heading without marks."""
_MAX_SHORT = 20
_WIDE = 60
"""Characters of a line that an editor may have broken."""
_LINK_ONLY = re.compile(r"^\W*(?:!?\[[^\[\]]*\]\([^()]*\)|<?https?://\S+)\W*$")
_PARTED = (
    re.compile(r"^(?P<sign>\*\*|__|\*|_)(?P<a>[^\s*_][^*_]*)(?P=sign)[,:]? (?P<b>[^\W_].*)$"),
    re.compile(r"^(?P<a>.*[^\s–—|:(-]) (?P<b>\[[^\[\]]+\]\([^()\s]*\))\W*$"),
    re.compile(r"^(?P<a>.*[^\s–—|:(-]) (?P<sign>\*\*|__|\*|_)(?P<b>[^\s*_][^*_]*)(?P=sign)$"),
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? ", re.IGNORECASE)
_COUNTED = re.compile(r"\s*[-–—]?\s*[a-e1-9]$")
_MENU = frozenset({"home", "about", "blog", "contact", "archive", "archives", "about me", "search"})
_NAMED_FORMS = frozenset({Form.TITLE_SPEAKER, Form.SPEAKER_TITLE})


class Label(Enum):
    """What a candidate turned out to be."""

    TALK = auto()
    GROUP = auto()
    SPEAKER = auto()
    BODY = auto()


@dataclass(slots=True)
class Candidate:
    """A line that could be a heading, at ``index`` of the segments."""

    index: int
    level: int
    text: str
    segment: Segment
    parses: list[HeadingParse]
    session_heading: SessionHeading
    context: ParseContext
    opening: TalkBuilder | None = None
    """What is below, read as the opening of a talk."""
    bullets: bool = False
    """A list is right below."""
    substance: int = 0
    """Texts below, up to the next heading of its level, that are more than links."""
    has_links: bool = False
    listed: int = 0
    """Bullets below that surely are talks."""
    least_listed: int = 2
    plain_talks: int = 0
    """Lines without marks right below that look like talks with speakers."""
    weight: float = 0.0
    label: Label = Label.BODY
    children: list[Candidate] = field(default_factory=list)

    @property
    def bare(self) -> str:
        """The line without time, number and what else stands around a title."""
        return self.whole.title

    @property
    def whole(self) -> HeadingParse:
        """The reading of the line as a title alone."""
        return next(parse for parse in self.parses if parse.form is Form.TITLE)

    @property
    def is_part(self) -> bool:
        """Return True if the words of the line are those over a part of a talk, or of a field."""
        line = self.segment.lines[0]
        label = f"{self.bare.rstrip(': ')}:"
        return is_subheading(self.bare) or names_speakers(replace(line, text=label))

    @property
    def groups(self) -> bool:
        """Return True if the words of the line are those over several talks."""
        return is_group_heading(self.bare) or is_group_heading(_COUNTED.sub("", self.bare))

    @property
    def names_kind(self) -> bool:
        """Return True if the line says which kind of talk it is."""
        return bool(self.whole.label) or is_plenary_item(self.text)

    @property
    def best_parse(self) -> HeadingParse:
        """The best reading of the line as a heading."""
        return self.parses[0]

    @property
    def speaker_evidence(self) -> float:
        """Log-odds that this heading comes with a speaker."""
        parse = self.opening.parse if self.opening else self.best_parse
        below = self.opening.evidence if self.opening else 0.0
        return max(parse.score if parse.speakers else 0.0, below)

    @property
    def has_speaker(self) -> bool:
        """Return True if it surely comes with a speaker."""
        return self.speaker_evidence > weights.CONFIDENT

    @property
    def place(self) -> str:
        """Where the speaker is: in the line, in which order, or below it, or nowhere."""
        if self.best_parse.speakers:
            return self.best_parse.form.value
        return "below" if self.is_named_below else ""

    @property
    def is_named_below(self) -> bool:
        """Return True if the lines below surely name the speaker."""
        return self.opening is not None and self.opening.evidence > weights.CONFIDENT

    @property
    def is_session_only(self) -> bool:
        """Return True if the line names an event, a day or a session and nothing else."""
        session_heading = self.session_heading
        if self.best_parse.speakers and self.best_parse.score > weights.CONFIDENT:
            return False
        return bool(
            (session_heading.event or session_heading.day or session_heading.date)
            and not session_heading.unparsed
        )

    @property
    def is_day(self) -> bool:
        """Return True if the line is a day or a date and nothing else."""
        found = self.session_heading
        return self.is_session_only and bool(found.day or found.date) and not found.event

    @property
    def is_name_only(self) -> bool:
        return (
            self.best_parse.form in {Form.SPEAKER, Form.SPEAKER_AFFILIATION}
            and not self.best_parse.title
        )

    @property
    def is_full(self) -> bool:
        """Return True if the line by itself names a title and its speaker."""
        best = self.best_parse
        return best.form in _NAMED_FORMS and best.score > weights.FULL_HEADING

    @property
    def lists_talks(self) -> bool:
        """Return True if bullets below are talks, and the line names nobody who gives one."""
        named = self.has_speaker and not (self.opening and self.opening.is_bulleted)
        return self.listed >= self.least_listed and not named

    @property
    def is_short(self) -> bool:
        """Return True if a line without marks is as short and as open as a title."""
        words = _count_words(self.text)
        closed = self.text.endswith((".", ",", ";", "。")) and not self.text.endswith("..")
        return words <= _MAX_SHORT and not closed and len(self.segment.lines) < 3

    @property
    def is_prose(self) -> bool:
        """Return True if a line without marks is a sentence, which has no speaker below it."""
        if self.level < PLAIN_LEVEL or self.is_full or match_kind_label(self.bare):
            return False
        sentence = self.text.endswith((".", "。")) and not self.text.endswith("..")
        return sentence or self.is_wrapped or _count_words(self.text) > _MAX_WORDS

    @property
    def is_wrapped(self) -> bool:
        """Return True if the line is the first of a paragraph broken at the width of a page."""
        lines = self.segment.lines
        return len(lines) > 1 and len(lines[0].text) >= _WIDE and len(lines[1].text) >= _WIDE / 2

    @property
    def is_never_talk(self) -> bool:
        """Return True if the words of the line are those of no talk."""
        return (
            self.is_session_only
            or self.groups
            or self.is_part
            or is_break(self.bare)
            or is_missed(self.text)
            or is_label(self.bare)
        )


def find_candidates(
    segments: Sequence[Segment],
    markup: Markup,
    context: ParseContext,
    parse: Callable[[str], SessionHeading],
) -> list[Candidate]:
    """Return the candidates, each parsed in the order of the sure ones."""
    found = []
    for index, segment in enumerate(segments):
        level = _level(segment, markup)
        text = _plain_text(segment, markup) if level else ""
        if any(map(str.isalnum, text)):
            parses = parse_heading(text, segment.line, context)
            if parted := _parted_by_markup(segment.text, markup):
                more = parse_heading(parted, segment.line, context)
                parses = sorted([*parses, *filter(_is_named, more)], key=lambda p: -p.score)
            parses = [found for found in parses if not _is_dated(found, parse)]
            found.append(Candidate(index, level, text, segment, parses, parse(text), context))
    if prior := _form_prior(found):
        for candidate in found:
            candidate.parses = rescore(candidate.parses, prior)
    return found


def read_openings(
    found: Sequence[Candidate], segments: Sequence[Segment], markup: Markup, path: str
) -> None:
    """Read what is below each candidate, in the light of its siblings."""
    _look_below(found, segments)
    _count_listed(found, segments, markup)
    by_index = {candidate.index: candidate for candidate in found}
    for candidate in found:
        _open(candidate, segments, by_index, markup, path)
    for siblings in by_level(found):
        _apply_habits(siblings, segments, by_index, markup, path)
    _mark_speaker_lines(found)


def by_level(found: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the candidates of each level."""
    levels: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in found:
        levels[candidate.level].append(candidate)
    return list(levels.values())


def _apply_habits(
    level: Sequence[Candidate],
    segments: Sequence[Segment],
    by_index: dict[int, Candidate],
    markup: Markup,
    path: str,
) -> None:
    """Read the openings of a level again where most of its headings have speakers below."""
    headings = [c for c in level if not c.best_parse.speakers and not c.is_never_talk]
    below = sum(c.is_named_below for c in headings)
    names_only = len(level) > 1 and all(c.is_name_only for c in level if not c.is_never_talk)
    share = below / max(len(headings), 1)
    prior = (1.0 + share) * weights.SPEAKER_BELOW_HABIT
    names = below + sum(_begins_with_name(c, segments) for c in headings if not c.is_named_below)
    is_habit = below > 1 and share >= weights.MIN_SPEAKER_BELOW
    is_habit |= below > 0 and names > 2 and names >= weights.NAMES_BELOW * len(headings)
    prior *= is_habit
    if not prior and not names_only:
        return
    for candidate in level:
        candidate.context = replace(
            candidate.context, speaker_below_prior=prior, names_only=names_only
        )
        if not candidate.has_speaker or names_only:
            _open(candidate, segments, by_index, markup, path)


def _begins_with_name(candidate: Candidate, segments: Sequence[Segment]) -> bool:
    """Return True if the first text right below a heading begins with a full name."""
    if candidate.level == PLAIN_LEVEL or candidate.index + 1 >= len(segments):
        return False
    below = segments[candidate.index + 1]
    block = below.block
    text = block.items[0].text if isinstance(block, ListBlock) else below.text
    return begins_with_name(text)


def _open(
    candidate: Candidate,
    segments: Sequence[Segment],
    by_index: dict[int, Candidate],
    markup: Markup,
    path: str,
) -> None:
    """Read what is below a candidate as the opening of its talk."""
    if (candidate.is_session_only or candidate.groups) and not candidate.best_parse.speakers:
        return
    if candidate.is_prose:
        return
    end = start = candidate.index + 1
    while end < len(segments) and end - start < _WINDOW:
        other = by_index.get(end)
        if other is not None and _ends_opening(candidate, other):
            break
        end += 1
    candidate.opening = open_talk(
        candidate.segment,
        candidate.parses,
        segments[start:end],
        markup,
        candidate.context,
        path,
    ).builder


def _ends_opening(candidate: Candidate, other: Candidate) -> bool:
    """Return True if ``other`` is a heading, which begins something else."""
    if other.level < PLAIN_LEVEL and other.level <= candidate.level:
        return True
    if looks_like_field(other.segment.lines[0]):
        return False
    if candidate.level < PLAIN_LEVEL <= other.level and other.index == candidate.index + 1:
        return False
    same = other.level == candidate.level or other.segment.kind is SegmentKind.HEADING
    return same and other.is_full


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
        repeated = candidate.opening and other.is_name_only and other.level == PLAIN_LEVEL
        if repeated and _names(candidate.opening) == {s.name for s in other.best_parse.speakers}:
            other.label = Label.SPEAKER


def _names(opening: TalkBuilder | None) -> set[str]:
    return {speaker.name for speaker in opening.speakers} if opening else set()


def _look_below(found: Sequence[Candidate], segments: Sequence[Segment]) -> None:
    """Count what is below each candidate, up to the next of its level or above."""
    ends: list[tuple[int, int]] = []
    for candidate in reversed(found):
        while ends and ends[-1][0] > candidate.level:
            ends.pop()
        end = min(ends[-1][1] if ends else len(segments), candidate.index + 1 + _MAX_BODY)
        below = segments[candidate.index + 1 : end]
        block = below[0].block if below else None
        listed = isinstance(block, ListBlock) and not _is_menu(block)
        rows = [line for line in candidate.segment.lines[1:] if not looks_like_field(line)]
        titled = len(rows) == 1 and candidate.is_name_only
        candidate.bullets = listed and (titled or not rows)
        blocks = [segment.block for segment in below if segment.block is not None]
        texts = [*(line.text for line in candidate.segment.lines[1:]), *_texts(blocks)]
        candidate.has_links = any(_LINK_ONLY.match(text) for text in texts)
        candidate.substance = sum(not _LINK_ONLY.match(text) for text in texts)
        ends.append((candidate.level, candidate.index))


def _count_listed(found: Sequence[Candidate], segments: Sequence[Segment], markup: Markup) -> None:
    """Count the talks in the lists below each candidate, up to the next of its level."""
    if not found:
        return
    context = found[0].context
    sums = [0, *accumulate(count_listed(segment, markup, context) for segment in segments)]
    ends: list[tuple[int, int]] = []
    for candidate in reversed(found):
        while ends and ends[-1][0] > candidate.level:
            ends.pop()
        end = ends[-1][1] if ends else len(segments)
        candidate.listed = sums[end] - sums[candidate.index + 1]
        ends.append((candidate.level, candidate.index))
    for level in by_level(found):
        if sum(candidate.listed > 1 for candidate in level) > 1:
            for candidate in level:
                candidate.least_listed = 1


def _is_menu(block: ListBlock) -> bool:
    """Return True if a list is the navigation of a site: ``Home``, ``About``, ``Blog``."""
    items = [item.text.casefold() for item in block.items]
    return bool(_MENU & set(items)) and all(len(item.split()) < 3 for item in items)


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


def _plain_text(segment: Segment, markup: Markup) -> str:
    """Return a line without inline markup; plain text keeps its signs unless they hide a name."""
    text = segment.text[:_MAX_HEADING]
    if markup is Markup.PLAIN and "**" not in text:
        return strip_links(text, markup).strip()
    return strip_inline_markup(text, markup)


def _count_words(text: str) -> int:
    """Return the words of a text; where no blanks part them, every third character begins one."""
    return len(text) // 3 if is_unspaced(text) else len(text.split())


def _is_dated(found: HeadingParse, parse: Callable[[str], SessionHeading]) -> bool:
    """Return True if the title of a reading is only a date: a byline, or a place."""
    if not found.speakers or not any(map(str.isdigit, found.title)):
        return False
    title = parse(_WEEKDAY.sub("", found.title))
    return is_year(found.title) or (bool(title.date or title.day) and not title.unparsed)


def _is_named(parse: HeadingParse) -> bool:
    return parse.form in _NAMED_FORMS


def _parted_by_markup(text: str, markup: Markup) -> str:
    """Return a line with a sign where only markup parts title and name: ``**Queues** Ana Ruiz``."""
    match = next(filter(None, (form.match(text[:_MAX_HEADING]) for form in _PARTED)), None)
    if match is None:
        return ""
    left, right = (
        strip_inline_markup(part, Markup.MARKDOWN).strip(" ,:") for part in match.group("a", "b")
    )
    return f"{left} | {right}" if left and right else ""


def _level(segment: Segment, markup: Markup) -> int:
    """Return the level at which a segment could be a heading, 0 if it cannot."""
    if segment.lines and names_note_taker(strip_inline_markup(segment.text, markup)):
        return 0
    if segment.kind is SegmentKind.HEADING:
        return segment.level
    if segment.kind is not SegmentKind.PARAGRAPH:
        return 0
    if (
        len(segment.lines) > 5
        and sum(not looks_like_field(line) for line in segment.lines[:16]) > 5
    ):
        return 0
    text = segment.text
    if len(text) > _MAX_HEADING or text.startswith(("http://", "https://", "!", "<", "[^")):
        return 0
    if looks_like_field(segment.lines[0]):
        return 0
    if markup is not Markup.PLAIN and emphasised_text(text):
        return BOLD_LEVEL
    return PLAIN_LEVEL


def _form_prior(found: Sequence[Candidate]) -> dict[Form, float]:
    """Return what the confident headings of a post say of the order in the others."""
    sure = [
        c.best_parse.form
        for c in found
        if c.best_parse.score > weights.CONFIDENT and c.best_parse.speakers
    ]
    if len(sure) < 2:
        return {}
    shares = {form: sure.count(form) / len(sure) for form in Form}
    orders = (Form.TITLE_SPEAKER, Form.SPEAKER_TITLE, Form.SPEAKER)
    return {
        form: weights.FORM_HABIT * (shares[form] - weights.FORM_HABIT_FROM)
        if shares[form]
        else weights.FORM_NEVER_SEEN
        for form in orders
    }
