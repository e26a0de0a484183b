"""Lines of a post that could be headings of talks, with what can be seen of each by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from confnotes.model import ListBlock, Markup
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.headings.parse import Form, HeadingParse, ParseContext, parse_heading
from confnotes.notes.syntax.fields import looks_like_field
from confnotes.notes.syntax.inline import emphasised_text, strip_inline_markup, strip_links
from confnotes.notes.syntax.segments import BOLD_LEVEL, Segment, SegmentKind

PLAIN_LEVEL = 9
"""The level of a line without any mark."""
CONFIDENT = 2.0
_FORM_PRIOR = 4.5
"""No habit of a post moves two readings further than this against each other."""
_MAX_HEADING = 400
_LINK_ONLY = re.compile(r"^(?:\[[^\[\]]*\]\([^()]*\)|<?https?://\S+)$")


class Label(Enum):
    """What a candidate turned out to be."""

    TALK = auto()
    GROUP = auto()
    SPEAKER = auto()
    BODY = auto()


@dataclass(slots=True)
class Candidate:
    """A line that could be a heading, at ``index`` of the pieces."""

    index: int
    level: int
    text: str
    line: int
    parses: list[HeadingParse]
    session_heading: SessionHeading
    blank_lines_before: int
    speaker_below_score: float = 0.0
    """Log-odds that the lines under it name its speaker."""
    bulleted: bool = False
    """Only its first bullet may name its speaker."""
    bullets: bool = False
    empty: bool = False
    quoted: bool = False
    materials: bool = False
    only_links: bool = False
    weight: float = 0.0
    label: Label = Label.BODY
    children: list[Candidate] = field(default_factory=list)

    @property
    def best_parse(self) -> HeadingParse:
        """The best reading of the line as a heading."""
        return self.parses[0]

    @property
    def is_settled(self) -> bool:
        """Return True if the best reading wins whatever the order of the other headings."""
        best, *others = self.parses
        if not best.speakers:
            return not others
        return all(best.score - other.score > _FORM_PRIOR for other in others)

    @property
    def speaker_evidence(self) -> float:
        """Log-odds that this heading comes with a speaker."""
        value = self.best_parse.score if self.best_parse.speakers else 0.0
        return max(value, self.speaker_below_score)

    @property
    def is_session_only(self) -> bool:
        """Return True if the line names an event, a day or a session and nothing else."""
        session_heading = self.session_heading
        if self.best_parse.speakers and self.best_parse.score > CONFIDENT:
            return False
        return bool(
            (session_heading.event or session_heading.day or session_heading.date)
            and not session_heading.unparsed
        )

    @property
    def is_name_only(self) -> bool:
        return (
            self.best_parse.form in {Form.SPEAKER, Form.SPEAKER_AFFILIATION}
            and not self.best_parse.title
        )


def find_candidates(
    segments: Sequence[Segment],
    markup: Markup,
    context: ParseContext,
    parse: Callable[[str], SessionHeading],
) -> list[Candidate]:
    """Return the candidates; headings that are in doubt are read in the order of the sure ones."""
    found = []
    for index, segment in enumerate(segments):
        level = _level(segment, markup)
        if not level:
            continue
        text = _plain_text(segment, markup)
        if not text:
            continue
        after = segments[index + 1] if index + 1 < len(segments) else None
        more = len(segment.lines) > 1
        read = parse_heading(text, segment.line, context)
        titled = len(segment.lines) == 2 and read[0].form in {
            Form.SPEAKER,
            Form.SPEAKER_AFFILIATION,
        }
        listed = after is not None and isinstance(after.block, ListBlock)
        found.append(
            Candidate(
                index,
                level,
                text,
                segment.line,
                read,
                parse(text),
                segment.blank_lines_before,
                bullets=listed and (titled or not more),
                empty=not more and (after is None or after.kind is SegmentKind.HEADING),
                only_links=after is not None and _is_index(after),
                quoted=text[0] in '"“' and text[-1] in '"”',
            )
        )
    settled = replace(context, form_prior=_form_prior(found))
    for candidate in found if settled.form_prior else []:
        if not candidate.is_settled:
            candidate.parses = parse_heading(candidate.text, candidate.line, settled)
    return found


def _is_index(segment: Segment) -> bool:
    """Return True if a list holds nothing but links."""
    block = segment.block
    return isinstance(block, ListBlock) and all(
        _LINK_ONLY.match(item.text) for item in block.items[:50]
    )


def _plain_text(segment: Segment, markup: Markup) -> str:
    """Return a line without inline markup; plain text keeps its signs unless they hide a name."""
    text = segment.text[:_MAX_HEADING]
    if markup is Markup.PLAIN and (
        "**" not in text or parse_heading(text, segment.line)[0].speakers
    ):
        return strip_links(text, markup).strip()
    return strip_inline_markup(text, markup)


def _level(segment: Segment, markup: Markup) -> int:
    """Return the level at which a piece could be a heading, 0 if it cannot."""
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
    sure = Counter(
        c.best_parse.form for c in found if c.best_parse.score > CONFIDENT and c.best_parse.speakers
    )
    total = sum(sure.values())
    if total < 2:
        return {}
    orders = (Form.TITLE_SPEAKER, Form.SPEAKER_TITLE, Form.SPEAKER)
    return {form: 3.0 * (sure[form] / total - 0.4) if sure[form] else -1.0 for form in orders}
