"""A line that could be the heading of a talk, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from confnotes.notes import weights
from confnotes.notes.entities.section_words import (
    is_break,
    is_group_heading,
    is_missed,
    is_plenary_item,
    is_subheading,
    mentions_talks,
)
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.entities.talk_kinds import match_kind_label
from confnotes.notes.headings.forms import NAMED_FORMS, Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.dates import match_date
from confnotes.notes.languages.patterns import count_words
from confnotes.notes.openings.speaker_lines import begins_with_name
from confnotes.notes.openings.talk_builder import TalkBuilder
from confnotes.notes.outline.sentences import SENTENCES, STOPS
from confnotes.notes.syntax.fields import is_label, names_speakers, parse_field
from confnotes.notes.syntax.links_in_text import text_without_urls
from confnotes.notes.syntax.segments import Segment

PLAIN_LEVEL = 9
"""The level of a line without any mark."""
WIDE_GAP = 3  # Blank lines that part two talks, or a talk and a closing word
_MAX_WORDS, _MAX_SHORT, _MAX_TALKS, _MAX_GROUP = 25, 20, 8, 4
"""Words of a heading without marks, of a short one, of one over talks, of a group's name."""
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{%.*?%\}|\{ [^{}]* \}")
_WIDE, _MAX_WORD = 60, 15  # Characters of a line that may be broken, and by how much such differ
_COUNTED = re.compile(r"\s*[-–—]?\s*[a-e1-9]$")


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
    parses: Sequence[HeadingParse]
    session_heading: SessionHeading
    context: ParseContext
    opening: TalkBuilder | None = None
    """What is below, read as the opening of a talk."""
    bullets: bool = False
    """A list is right below."""
    heads_alone: bool = False
    """The line is only a name, over bullets, where such lines are headings without titles."""
    is_above_title: bool = False
    """The line is only a name, and the next of its level is the title, or the one before."""
    is_below_title: bool = False
    begins_talk: bool = False
    """The line is bold, and so are others that surely have their speakers below."""
    substance: int = 0
    """Texts below, up to the next heading of its level, that are more than links."""
    has_links: bool = False
    names_person: bool = False
    """The text below names somebody."""
    tells_of_talk: bool = False
    """That text names somebody, or has a word for a talk."""
    has_materials: bool = False
    """The line below is what a link to a recording or to slides leaves."""
    listed: int = 0
    """Bullets below that surely are talks."""
    least_listed: int = 2
    plain_talks: int = 0
    """Lines without marks right below that look like talks with speakers."""
    is_repeated_part: bool = False
    """The line is over the same part of several talks: ``Notes``."""
    weight: float = 0.0
    label: Label = Label.BODY
    children: list[Candidate] = field(default_factory=list)

    @property
    def bare(self) -> str:
        """The line without time, number and other annotations of a title."""
        return self.whole.title

    @property
    def whole(self) -> HeadingParse:
        """The reading of the line as a title alone."""
        return next(parse for parse in self.parses if parse.form is Form.TITLE)

    @property
    def is_part(self) -> bool:
        """Return True if the line has no words, or those over a part of a talk, or of a field."""
        label = replace(self.segment.lines[0], text=f"{self.bare.rstrip(': ')}:")
        words = text_without_urls(_PLACEHOLDER.sub("", self.bare)).strip(" /#")
        return not words or is_subheading(self.bare) or names_speakers(label)

    @property
    def has_fields(self) -> bool:
        """Return True if the lines of its paragraph below it have a field of a talk."""
        fields = map(parse_field, self.segment.lines[1:])
        return any(found is not None and found.is_explicit for found in fields)

    @property
    def groups(self) -> bool:
        """Return True if the words of the line are a heading of several talks."""
        return is_group_heading(self.bare) or is_group_heading(_COUNTED.sub("", self.bare))

    @property
    def group(self) -> str:
        """The name of the group that the line heads; a sentence is none."""
        announces = self.text.endswith((":", "：")) and count_words(self.text) > _MAX_GROUP
        is_sentence = announces or self.text.endswith(STOPS)
        return "" if self.level == PLAIN_LEVEL and is_sentence else self.text

    @property
    def names_kind(self) -> bool:
        """Return True if the line says which kind of talk it is."""
        return bool(self.whole.label) or is_plenary_item(self.text)

    @property
    def names_talks(self) -> bool:
        """Return True if the line, without a speaker, names several: ``Saturday key talks``."""
        is_short = count_words(self.bare) <= _MAX_TALKS and mentions_talks(self.bare)
        return is_short and self.speaker_evidence <= 0 and not self.names_kind

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
    def speaker_position(self) -> str:
        """Where the speaker is: in the line, in which order, or below it, or nowhere."""
        if self.best_parse.speakers:
            return self.best_parse.form.value
        return "below" if self.is_named_below else ""

    @property
    def is_named_below(self) -> bool:
        """Return True if the lines below surely name the speaker."""
        return self.opening is not None and self.opening.evidence > weights.CONFIDENT

    @property
    def has_speaker_field(self) -> bool:
        """Return True if a field below it names the speaker."""
        return self.opening is not None and self.opening.has_speaker_field

    @property
    def is_named_in_body(self) -> bool:
        """Return True if only bullets or sentences name its speaker."""
        return self.opening is not None and self.opening.is_named_in_body

    @property
    def stands_apart(self) -> bool:
        """Return True if a wide gap is above it."""
        return self.segment.blank_lines_before >= WIDE_GAP

    @property
    def is_session_only(self) -> bool:
        """Return True if the line names an event, a day or a session and nothing else."""
        if self.best_parse.speakers and self.best_parse.score > weights.CONFIDENT:
            return False
        found = self.session_heading
        named = found.event or found.day or found.date or match_date(self.bare)
        return bool(named and not found.unparsed)

    @property
    def is_day(self) -> bool:
        """Return True if the line is a day or a date and nothing else."""
        return self.is_session_only and not self.session_heading.event

    @property
    def is_name_only(self) -> bool:
        return self.best_parse.is_name and not self.best_parse.title

    @property
    def is_full(self) -> bool:
        """Return True if the line by itself names a title and its speaker."""
        return self.best_parse.form in NAMED_FORMS and self.best_parse.score > weights.FULL_HEADING

    @property
    def lists_talks(self) -> bool:
        """Return True if bullets below are talks, and the line names nobody who gives one."""
        named = self.has_speaker and not self.is_named_in_body
        return self.listed >= self.least_listed and not named

    @property
    def is_short(self) -> bool:
        """Return True if a line without marks is as short and as open as a title."""
        words = count_words(self.text)
        closed = self.text.endswith((*STOPS, ",", ";")) and not self.text.endswith("..")
        closed |= "，" in self.text or len(self.segment.lines) > 2
        return words <= _MAX_SHORT and not closed

    @property
    def is_prose(self) -> bool:
        """Return True if a line without marks is a sentence, which has no speaker below it."""
        if self.level < PLAIN_LEVEL or match_kind_label(self.bare):
            return False
        sentence = self.text.endswith(STOPS) and not self.text.endswith("..")
        is_long = count_words(self.text) > _MAX_WORDS
        goes_on = self.best_parse.form is Form.SPEAKER_TITLE and self.best_parse.title[:1].islower()
        if self.is_full and not goes_on and count_words(self.text) <= 2 * _MAX_WORDS:
            return sum((sentence, is_long, bool(SENTENCES.search(self.text)))) > 1
        return sentence or self.is_wrapped or is_long

    @property
    def is_wrapped(self) -> bool:
        """Return True if the line is the first of a paragraph broken at the width of a page."""
        first, *rest = (len(self.context.strip_markup(line.text)) for line in self.segment.lines)
        wide = first >= _WIDE and _WIDE / 2 <= max(rest, default=0) <= first + _MAX_WORD
        named = len(rest) == 1 and begins_with_name(self.segment.lines[1].text)
        return wide and not (self.has_fields or named)

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
