"""What stands right under a line says whether it is a head: its speaker, its material."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.model import Bullets, Markup, Quote
from confnotes.names import key
from confnotes.notes.candidates import PLAIN_LEVEL, Candidate, Label
from confnotes.notes.fields import Name, names_speakers
from confnotes.notes.fields import field as read_field
from confnotes.notes.firstbullets import speaker_bullets
from confnotes.notes.heads import Context, Form
from confnotes.notes.inline import bare, wholly_emphasised
from confnotes.notes.lines import Line
from confnotes.notes.people import people
from confnotes.notes.pieces import BOLD_LEVEL, Piece, Shape
from confnotes.notes.subheadings import is_subheading

_LED = re.compile(r"(?:by|with|presented by|speakers?|presenters?)\b", re.IGNORECASE)
_NOBODY = -9.0
_DOUBT = 2.5
"""Log-odds below which the name in a head gives way to a better one under it."""


class Below:
    """Looks under the candidates of one post; fills ``below`` and ``materials``, marks speakers."""

    def __init__(
        self, found: Sequence[Candidate], pieces: Sequence[Piece], markup: Markup, context: Context
    ) -> None:
        self.pieces, self.markup, self.context = pieces, markup, context
        self.by_index = {candidate.index: candidate for candidate in found}

    def look(self) -> None:
        for candidate in self.by_index.values():
            if candidate.label is not Label.SPEAKER:
                self._look_under(candidate)

    def _look_under(self, candidate: Candidate) -> None:
        self._look_at_lines(candidate, self.pieces[candidate.index].lines[1:4], most=3)
        if candidate.index + 1 == len(self.pieces):
            return
        if candidate.only_when and not candidate.reading.speakers:
            return
        below = self.pieces[candidate.index + 1]
        other = self.by_index.get(candidate.index + 1)
        if below.shape is Shape.HEADING or (other is not None and other.level == BOLD_LEVEL):
            if other is not None and candidate.level < other.level < PLAIN_LEVEL:
                self._look_at_heading(candidate, other)
        elif below.shape is Shape.PARAGRAPH:
            self._look_at_lines(candidate, below.lines[:4], most=2 if len(below.lines) < 5 else 1)
            if candidate.below > 0 and other is not None and len(below.lines) == 1:
                self._claim(other)
        elif isinstance(below.block, Bullets):
            for _, who in speaker_bullets(below.block, self.markup, self.context)[:1]:
                candidate.bulleted = candidate.named <= 0
                candidate.below = max(candidate.below, who.score, 1.0)
        elif isinstance(below.block, Quote) and candidate.level < PLAIN_LEVEL:
            candidate.materials = True

    def _look_at_lines(self, candidate: Candidate, lines: Sequence[Line], *, most: int) -> None:
        """Look for the speaker in the first ``most`` of ``lines``, for material in all."""
        for place, line in enumerate(lines):
            if place < most and (names := self._names(line)) > (0.0 if most > 1 else 1.5):
                candidate.below = max(candidate.below, names)
                self._doubt(candidate, line)
            said = read_field(line)
            candidate.materials |= said is not None and said.name in {Name.SLIDES, Name.VIDEO}

    def _doubt(self, candidate: Candidate, line: Line) -> None:
        """Take a head without a speaker when the name in it is in doubt and ``line`` has another.

        ``Smelly London: scents of the past`` over ``Ana Ruiz`` is a title.
        """
        best = candidate.reading
        if not best.speakers or best.score > min(_DOUBT, candidate.below - 1.0):
            return
        have = set(key(line.text).split())
        if not any(have.intersection(key(one.name).split()) for one in best.speakers):
            candidate.readings.sort(key=lambda reading: bool(reading.speakers))

    def _claim(self, other: Candidate) -> None:
        """Mark a line as the speaker of the head above, unless it is a head itself."""
        headed = other.reading.form in {Form.LAST, Form.FIRST} and other.reading.score > 1.5
        if not headed and (other.level == PLAIN_LEVEL or other.only_person):
            other.label = Label.SPEAKER

    def _look_at_heading(self, candidate: Candidate, other: Candidate) -> None:
        """Read two headings, one right under the other, as title and speaker in either order."""
        if candidate.only_person:
            said = other.reading.speakers or other.only_when or is_subheading(other.text)
            if not said and len(other.text.split()) > 1:
                candidate.below = 3.0
            return
        if candidate.reading.speakers:
            return
        titled = bool(other.reading.speakers and other.reading.title)
        person = people(other.text, other.line, self.context.known)
        if other.level == BOLD_LEVEL and titled and person is None:
            candidate.readings, candidate.below = other.readings, other.reading.score
            other.label = Label.SPEAKER
            return
        third = self.by_index.get(other.index + 1)
        for below in (other, third):
            if below is None or not other.level <= below.level < PLAIN_LEVEL:
                return
            if is_subheading(below.text):
                return
            who = people(below.text, below.line, self.context.known)
            if who and who.score > 1.0 + (below is third):
                candidate.below = max(who.score, 3.0)
                below.label = other.label = Label.SPEAKER
                return
            if not other.empty:
                return

    def _names(self, line: Line) -> float:
        """Return the log-odds that a line under a head names the speaker."""
        said = read_field(line)
        if said is not None:
            return 4.0 if said.name is Name.SPEAKERS and said.said.text else 0.0
        if names_speakers(line):
            return 4.0
        if len(line.text) > 200:
            return _NOBODY
        text = bare(line.text, self.markup)
        who = people(text, line.number, self.context.known)
        if who is None:
            return _NOBODY
        marked = wholly_emphasised(line.text) is not None or "](" in line.text
        single = all(" " not in speaker.name for speaker in who.speakers)
        led = 2.0 * bool(_LED.match(text))
        return who.score + self.context.below + led + 0.5 * marked - 1.5 * single
