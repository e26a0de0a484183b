"""What stands right under a line says whether it is a heading: its speaker, its material."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.model import ListBlock, Markup, Quote
from confnotes.names import name_key
from confnotes.notes.entities.people import parse_people
from confnotes.notes.entities.section_words import is_subheading
from confnotes.notes.headings.parse import Form, ParseContext
from confnotes.notes.openings.leading_items import leading_speaker_items
from confnotes.notes.outline.candidates import PLAIN_LEVEL, Candidate, Label
from confnotes.notes.syntax.fields import FieldName, names_speakers
from confnotes.notes.syntax.fields import parse_field as read_field
from confnotes.notes.syntax.inline import emphasised_text, strip_inline_markup
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import BOLD_LEVEL, Segment, SegmentKind

_LED = re.compile(r"(?:by|with|presented by|speakers?|presenters?)\b", re.IGNORECASE)
_NOBODY = -9.0
_DOUBT = 2.5
"""Log-odds below which the name in a heading gives way to a better one under it."""


class LookAhead:
    """Looks under the candidates of one post; fills ``below`` and ``materials``, marks speakers."""

    def __init__(
        self,
        found: Sequence[Candidate],
        segments: Sequence[Segment],
        markup: Markup,
        context: ParseContext,
    ) -> None:
        self.pieces, self.markup, self.context = segments, markup, context
        self.by_index = {candidate.index: candidate for candidate in found}

    def look(self) -> None:
        for candidate in self.by_index.values():
            if candidate.label is not Label.SPEAKER:
                self._look_under(candidate)

    def _look_under(self, candidate: Candidate) -> None:
        self._look_at_lines(candidate, self.pieces[candidate.index].lines[1:4], most=3)
        if candidate.index + 1 == len(self.pieces):
            return
        if candidate.is_session_only and not candidate.best_parse.speakers:
            return
        below = self.pieces[candidate.index + 1]
        other = self.by_index.get(candidate.index + 1)
        if below.kind is SegmentKind.HEADING or (other is not None and other.level == BOLD_LEVEL):
            if other is not None and candidate.level < other.level < PLAIN_LEVEL:
                self._look_at_heading(candidate, other)
        elif below.kind is SegmentKind.PARAGRAPH:
            self._look_at_lines(candidate, below.lines[:4], most=2 if len(below.lines) < 5 else 1)
            if candidate.speaker_below_score > 0 and other is not None and len(below.lines) == 1:
                self._mark_speaker_line(other)
        elif isinstance(below.block, ListBlock):
            for _, who in leading_speaker_items(below.block, self.markup, self.context)[:1]:
                candidate.bulleted = candidate.speaker_evidence <= 0
                candidate.speaker_below_score = max(candidate.speaker_below_score, who.score, 1.0)
        elif isinstance(below.block, Quote) and candidate.level < PLAIN_LEVEL:
            candidate.materials = True

    def _look_at_lines(self, candidate: Candidate, lines: Sequence[Line], *, most: int) -> None:
        """Look for the speaker in the first ``most`` of ``lines``, for material in all."""
        for place, line in enumerate(lines):
            if place < most and (names := self._names(line)) > (0.0 if most > 1 else 1.5):
                candidate.speaker_below_score = max(candidate.speaker_below_score, names)
                self._doubt(candidate, line)
            value = read_field(line)
            candidate.materials |= value is not None and value.name in {
                FieldName.SLIDES,
                FieldName.VIDEO,
            }

    def _doubt(self, candidate: Candidate, line: Line) -> None:
        """Take a head without a speaker when the name in it is in doubt and ``line`` has another.

        ``Smelly London: scents of the past`` over ``Ana Ruiz`` is a title.
        """
        best = candidate.best_parse
        if not best.speakers or best.score > min(_DOUBT, candidate.speaker_below_score - 1.0):
            return
        have = set(name_key(line.text).split())
        if not any(have.intersection(name_key(one.name).split()) for one in best.speakers):
            candidate.parses.sort(key=lambda parse: bool(parse.speakers))

    def _mark_speaker_line(self, other: Candidate) -> None:
        """Mark a line as the speaker of the heading above, unless it is a heading itself."""
        headed = (
            other.best_parse.form in {Form.TITLE_SPEAKER, Form.SPEAKER_TITLE}
            and other.best_parse.score > 1.5
        )
        if not headed and (other.level == PLAIN_LEVEL or other.is_name_only):
            other.label = Label.SPEAKER

    def _look_at_heading(self, candidate: Candidate, other: Candidate) -> None:
        """Read two headings, one right under the other, as title and speaker in either order."""
        if candidate.is_name_only:
            value = other.best_parse.speakers or other.is_session_only or is_subheading(other.text)
            if not value and len(other.text.split()) > 1:
                candidate.speaker_below_score = 3.0
            return
        if candidate.best_parse.speakers:
            return
        titled = bool(other.best_parse.speakers and other.best_parse.title)
        person = parse_people(other.text, other.line, self.context.known_names)
        if other.level == BOLD_LEVEL and titled and person is None:
            candidate.parses, candidate.speaker_below_score = other.parses, other.best_parse.score
            other.label = Label.SPEAKER
            return
        third = self.by_index.get(other.index + 1)
        for below in (other, third):
            if below is None or not other.level <= below.level < PLAIN_LEVEL:
                return
            if is_subheading(below.text):
                return
            who = parse_people(below.text, below.line, self.context.known_names)
            if who and who.score > 1.0 + (below is third):
                candidate.speaker_below_score = max(who.score, 3.0)
                below.label = other.label = Label.SPEAKER
                return
            if not other.empty:
                return

    def _names(self, line: Line) -> float:
        """Return the log-odds that a line under a heading names the speaker."""
        value = read_field(line)
        if value is not None:
            return 4.0 if value.name is FieldName.SPEAKERS and value.value.text else 0.0
        if names_speakers(line):
            return 4.0
        if len(line.text) > 200:
            return _NOBODY
        text = strip_inline_markup(line.text, self.markup)
        who = parse_people(text, line.number, self.context.known_names)
        if who is None:
            return _NOBODY
        marked = emphasised_text(line.text) is not None or "](" in line.text
        single = all(" " not in speaker.name for speaker in who.speakers)
        led = 2.0 * bool(_LED.match(text))
        return who.score + self.context.speaker_below_prior + led + 0.5 * marked - 1.5 * single
