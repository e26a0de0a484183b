"""Lines of a post that could be heads of talks, with what can be seen of each by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from confnotes.model import Bullets, Markup
from confnotes.notes.fields import looks_like_field
from confnotes.notes.heads import Context, Form, Reading, readings
from confnotes.notes.inline import bare, unlinked, wholly_emphasised
from confnotes.notes.pieces import BOLD_LEVEL, Piece, Shape
from confnotes.notes.when import When

PLAIN_LEVEL = 9
"""The level of a line without any mark."""
SURE = 2.0
_HABIT = 4.5
"""No habit of a post moves two readings further than this against each other."""
_LONGEST_HEAD = 400
_LINK_ONLY = re.compile(r"^(?:\[[^\[\]]*\]\([^()]*\)|<?https?://\S+)$")


class Label(Enum):
    """What a candidate turned out to be."""

    TALK = auto()
    GROUP = auto()
    SPEAKER = auto()
    INSIDE = auto()


@dataclass(slots=True)
class Candidate:
    """A line that could be a head, at ``index`` of the pieces."""

    index: int
    level: int
    text: str
    line: int
    readings: list[Reading]
    when: When
    gap: int
    below: float = 0.0
    """Log-odds that the lines under it name its speaker."""
    bulleted: bool = False
    """Only its first bullet may name its speaker."""
    bullets: bool = False
    empty: bool = False
    quoted: bool = False
    materials: bool = False
    only_links: bool = False
    weight: float = 0.0
    label: Label = Label.INSIDE
    children: list[Candidate] = field(default_factory=list)

    @property
    def reading(self) -> Reading:
        """The best reading of the line as a head."""
        return self.readings[0]

    @property
    def is_settled(self) -> bool:
        """Say whether the best reading wins whatever the order of the other heads."""
        best, *others = self.readings
        if not best.speakers:
            return not others
        return all(best.score - other.score > _HABIT for other in others)

    @property
    def named(self) -> float:
        """Log-odds that this head comes with a speaker."""
        said = self.reading.score if self.reading.speakers else 0.0
        return max(said, self.below)

    @property
    def only_when(self) -> bool:
        """Say whether the line names an event, a day or a session and nothing else."""
        when = self.when
        if self.reading.speakers and self.reading.score > SURE:
            return False
        return bool((when.event or when.day or when.date) and not when.rest)

    @property
    def only_person(self) -> bool:
        return self.reading.form in {Form.PERSON, Form.EMPLOYED} and not self.reading.title


def find(
    pieces: Sequence[Piece], markup: Markup, context: Context, parse: Callable[[str], When]
) -> list[Candidate]:
    """Return the candidates; heads that are in doubt are read in the order of the sure ones."""
    found = []
    for index, piece in enumerate(pieces):
        level = _level(piece, markup)
        if not level:
            continue
        text = _spoken(piece, markup)
        if not text:
            continue
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        more = len(piece.lines) > 1
        read = readings(text, piece.line, context)
        titled = len(piece.lines) == 2 and read[0].form in {Form.PERSON, Form.EMPLOYED}
        listed = after is not None and isinstance(after.block, Bullets)
        found.append(
            Candidate(
                index,
                level,
                text,
                piece.line,
                read,
                parse(text),
                piece.gap,
                bullets=listed and (titled or not more),
                empty=not more and (after is None or after.shape is Shape.HEADING),
                only_links=after is not None and _is_index(after),
                quoted=text[0] in '"“' and text[-1] in '"”',
            )
        )
    settled = replace(context, habit=_habit(found))
    for candidate in found if settled.habit else []:
        if not candidate.is_settled:
            candidate.readings = readings(candidate.text, candidate.line, settled)
    return found


def _is_index(piece: Piece) -> bool:
    """Say whether a list holds nothing but links."""
    block = piece.block
    return isinstance(block, Bullets) and all(
        _LINK_ONLY.match(item.text) for item in block.items[:50]
    )


def _spoken(piece: Piece, markup: Markup) -> str:
    """Return a line without inline markup; plain text keeps its signs unless they hide a name."""
    text = piece.text[:_LONGEST_HEAD]
    if markup is Markup.PLAIN and ("**" not in text or readings(text, piece.line)[0].speakers):
        return unlinked(text, markup).strip()
    return bare(text, markup)


def _level(piece: Piece, markup: Markup) -> int:
    """Return the level at which a piece could be a head, 0 if it cannot."""
    if piece.shape is Shape.HEADING:
        return piece.level
    if piece.shape is not Shape.PARAGRAPH:
        return 0
    if len(piece.lines) > 5 and sum(not looks_like_field(line) for line in piece.lines[:16]) > 5:
        return 0
    text = piece.text
    if len(text) > _LONGEST_HEAD or text.startswith(("http://", "https://", "!", "<", "[^")):
        return 0
    if looks_like_field(piece.lines[0]):
        return 0
    if markup is not Markup.PLAIN and wholly_emphasised(text):
        return BOLD_LEVEL
    return PLAIN_LEVEL


def _habit(found: Sequence[Candidate]) -> dict[Form, float]:
    """Return what the confident heads of a post say of the order in the others."""
    sure = Counter(c.reading.form for c in found if c.reading.score > SURE and c.reading.speakers)
    total = sum(sure.values())
    if total < 2:
        return {}
    orders = (Form.LAST, Form.FIRST, Form.PERSON)
    return {form: 3.0 * (sure[form] / total - 0.4) if sure[form] else -1.0 for form in orders}
