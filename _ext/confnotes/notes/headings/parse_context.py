"""What a line of a note is read in: its markup, who is known, the habits of its post."""

from __future__ import annotations

from dataclasses import dataclass

from confnotes.model import Markup
from confnotes.names import normalize
from confnotes.notes.entities.parse_people import ParsedPeople, parse_people
from confnotes.notes.headings.annotations import strip_annotations
from confnotes.notes.syntax.inline import clean_heading, strip_inline_markup


@dataclass(frozen=True, slots=True)
class ParseContext:
    """The context in which a line is parsed: markup, known names, the rest of the post."""

    markup: Markup = Markup.PLAIN
    path: str = ""
    known_names: frozenset[str] = frozenset()
    keynotes: bool = False
    speaker_below_prior: float = 0.0
    """Log-odds to add to a name under a heading because other headings have theirs there."""
    agreement: float = -1.0
    """The share of the siblings of a heading that are read in the same way."""
    names_only: bool = False
    """The headings of this level are names, with the titles below."""

    headings: frozenset[str] = frozenset()
    """The marked headings of the note, as :meth:`heading_key` gives them."""

    def heading_key(self, text: str) -> str:
        """Return a heading without markup and annotations, to find where it is repeated."""
        return normalize(strip_annotations(self.strip_markup(text)).text)

    def repeats_heading(self, text: str) -> bool:
        """Return True if a line of a table of contents or of a timetable is a heading below it."""
        return self.heading_key(text) in self.headings

    def strip_markup(self, text: str) -> str:
        """Return ``text`` without links and emphasis."""
        return strip_inline_markup(text, self.markup)

    def clean_heading(self, text: str) -> str:
        """Return ``text`` as the title of a page."""
        return clean_heading(text, self.markup)

    def parse_people(self, text: str, line: int) -> ParsedPeople | None:
        """Return the people that ``text`` names, its markup apart."""
        return parse_people(self.strip_markup(text), line, self.known_names)


NO_CONTEXT = ParseContext()
