"""The talks of one post, put together from its labelled lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from confnotes.model import (
    Block,
    DroppedLine,
    FieldValue,
    Guess,
    Problem,
    Quote,
    Subheading,
    Table,
    Talk,
    TalkKind,
)
from confnotes.names import name_key
from confnotes.notes.codes import DropReason, NoteCode
from confnotes.notes.entities.paths import is_index, title_from_filename
from confnotes.notes.entities.section_words import says_talks
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.entities.talk_kinds import detect_kind
from confnotes.notes.headings.context import ParseContext
from confnotes.notes.headings.parse import parse_heading
from confnotes.notes.openings.apply_fields import apply_field
from confnotes.notes.openings.builder import TalkBuilder, confidence, start_talk
from confnotes.notes.openings.opening import open_talk, read_opening
from confnotes.notes.openings.shown_words import unshown_words
from confnotes.notes.outline.candidates import Candidate, Label
from confnotes.notes.outline.listings import ListedTalk, count_listed, talks_in_listing
from confnotes.notes.syntax.fields import Field, parse_field
from confnotes.notes.syntax.front_matter import parse_note_field
from confnotes.notes.syntax.segments import (
    BOLD_LEVEL,
    Segment,
    SegmentKind,
    paragraphs,
    segment_to_block,
)
from confnotes.notes.syntax.texts import urls_in
from confnotes.notes.talks.build import build_talk
from confnotes.notes.talks.split import TalkSection, closing_paragraph_start


@dataclass(frozen=True, slots=True)
class PostContext:
    """What the post is part of. ``line`` is that of its heading."""

    context: ParseContext
    when: SessionHeading
    line: int
    title: str = ""
    """What front matter calls it."""
    fields: tuple[Field, ...] = ()
    """Fields of the note that are about its only talk."""


class PostBuilder:
    """Takes the sections of a post one after another."""

    def __init__(self, around: PostContext) -> None:
        self.around = around
        self.opening: list[Segment] = []
        """What stands before the first talk."""
        self.outro: list[Block] = []
        self.talks: list[Talk] = []
        self.fields: list[tuple[str, FieldValue]] = []
        self.guesses: list[Guess] = []
        self.problems: list[Problem] = []
        self.dropped: list[DroppedLine] = []
        self.names: set[str] = set()
        self._tail: list[Segment] = []
        self._has_head = self._is_one_talk = False

    @property
    def intro(self) -> tuple[Block, ...]:
        return tuple(segment_to_block(segment) for segment in self.opening)

    def add_heading(self, segment: Segment, title: str) -> None:
        """Take what the heading says besides ``title``, and the lines that share its paragraph."""
        self._has_head = True
        head, *more = segment.lines
        talk = Talk(head.number, head.text, title)
        if lost := unshown_words(head.text, talk, self.around.context.markup):
            self.dropped.append(DroppedLine(head.number, lost, DropReason.HEADING.value))
        for url in urls_in(head.text):
            self.fields.append(("link", FieldValue(head.number, head.raw.find(url) + 1 or 1, url)))
        left = []
        for line in more:
            value = parse_note_field(line)
            if value is not None:
                self.fields.append(value)
            else:
                left.append(line)
        self.opening += paragraphs(left)

    def add_sections(self, found: Sequence[TalkSection]) -> None:
        """Take all sections, then what they leave to do."""
        group = ""
        headings = [s.candidate for s in found if s.candidate and s.candidate.label is Label.TALK]
        self._is_one_talk = len(headings) == 1
        waiting: TalkSection | None = None
        for section in found:
            candidate = section.candidate
            if candidate is None:
                self._add_unassigned(section.segments, group)
            elif candidate.label is Label.GROUP:
                self._add_group_heading(waiting)
                waiting, group = section, candidate.text
                listed = not section.segments or self._lists_talks(section.segments)
                if not listed or _says_more(section):
                    self._add_group_heading(section)
                    waiting = None
                self._add_unassigned(section.segments, group)
            else:
                builder = end = self._programme(section.segments)
                if section is found[-1] and builder == len(section.segments):
                    end = self._closing(section.segments)
                self._talk(candidate, section.segments[:end], group)
                self._add_unassigned(section.segments[builder:], group)
                waiting = None
        if not (waiting and self.talks and self.talks[-1].track.startswith(group)):
            self._add_group_heading(waiting)
        if not self.talks:
            self._only_talk()
        self._flush()

    def _add_group_heading(self, group: TalkSection | None) -> None:
        """Put the heading of a group that no talk bears on the page."""
        if group is not None and group.heading is not None:
            line = group.heading.lines[0]
            self._keep(Segment(SegmentKind.BLOCK, line.number, Subheading(line.number, line.text)))

    def _lists_talks(self, segments: Sequence[Segment]) -> bool:
        return any(talks_in_listing(segment, self.around.context) for segment in segments)

    def _programme(self, segments: Sequence[Segment]) -> int:
        """Return where quoted programme entries, two or more, go on after a talk."""
        quotes = [
            builder for builder, segment in enumerate(segments) if isinstance(segment.block, Quote)
        ]
        entries = [
            builder
            for builder in quotes
            if builder and self._lists_talks(segments[builder : builder + 1])
        ]
        return entries[0] if len(entries) > 1 else len(segments)

    def _closing(self, segments: Sequence[Segment]) -> int:
        """Give closing paragraphs to the session; return where they begin."""
        start = closing_paragraph_start(segments)
        self.outro = [segment_to_block(segment) for segment in segments[start:]]
        if self.outro:
            message = "treated as a closing paragraph of the session"
            self.guesses.append(
                Guess(segments[start].line, NoteCode.CLOSING_PARAGRAPH.value, message, 0.7)
            )
        return start

    def _add_unassigned(self, segments: Sequence[Segment], group: str) -> None:
        """Take what stands under no talk: rows of talks become talks, the rest stays as it is."""
        context = self.around.context
        expected = bool(group) or says_talks(self.around.when.session)
        listed = sum(count_listed(segment, context) for segment in segments)
        introduced = False
        for segment in segments:
            least = 1 if listed > 1 else 2
            found = talks_in_listing(
                segment, context, least, expected=expected, introduced=introduced
            )
            introduced = _introduces_talks(segment)
            if not found:
                self._keep(segment)
            for row in found:
                self._row(row, group)
            if found and isinstance(segment.block, Table):
                names = " | ".join(segment.block.rows[0])
                self.dropped.append(DroppedLine(segment.line, names, DropReason.TABLE_HEADER.value))

    def _keep(self, segment: Segment) -> None:
        """Leave text where it stands: at the end of the talk above, or before them all."""
        (self._tail if self.talks else self.opening).append(segment)

    def _flush(self) -> None:
        if self._tail:
            talk = self.talks[-1]
            self.talks[-1] = replace(talk, body=(*talk.body, *map(segment_to_block, self._tail)))
            self._tail = []

    def _add(self, talk: Talk, group: str, builder: TalkBuilder) -> None:
        self._flush()
        self.problems += builder.problems
        self.dropped += builder.dropped
        in_body = any(block.line == talk.line for block in talk.body)
        lost = unshown_words(talk.heading, talk, self.around.context.markup)
        if lost and not in_body:
            self.dropped.append(DroppedLine(talk.line, lost, DropReason.HEADING.value))
        track = " – ".join(part for part in (group, talk.track) if part)
        if talk.kind is TalkKind.TALK and self.around.when.session:
            kind = detect_kind(self.around.when.session)
            talk = replace(talk, kind=kind)
        self.talks.append(replace(talk, track=track))

    def _row(self, row: ListedTalk, group: str) -> None:
        around = self.around
        builder = start_talk(row.heading, row.parse, around.context)
        builder.title = around.context.clean_heading(builder.title)
        for said in around.fields:
            apply_field(builder, said)
        body = read_opening(builder, (), row.body)
        self._add(build_talk(builder, body, row.body), group, builder)

    def _talk(self, candidate: Candidate, segments: Sequence[Segment], group: str) -> None:
        around = self.around
        segment, *below = segments
        above = self._fields_above()
        opened = open_talk(
            segment,
            candidate.parses,
            below,
            candidate.context,
            above=[line for fields in above for line in fields.lines],
            fields=around.fields,
        )
        builder = opened.builder
        if not builder.parse.speakers and builder.title == candidate.text:
            builder.title = around.context.clean_heading(segment.text)
        talk = build_talk(builder, opened.body, [*above, *segments])
        if candidate.level >= BOLD_LEVEL and not talk.speakers:
            message = f"read as the heading of a talk: ‘{talk.title}’"
            sure = confidence(
                NoteCode.INFERRED_HEADING, candidate.weight, candidate.context.agreement
            )
            guess = Guess(talk.line, NoteCode.INFERRED_HEADING.value, message, sure)
            talk = replace(talk, guesses=(*talk.guesses, guess))
        self._add(talk, group, builder)
        for other in candidate.parses:
            if other.speakers and abs(other.score) < 4:
                self.names |= {name_key(speaker.name) for speaker in other.speakers}

    def _fields_above(self) -> list[Segment]:
        """Take the fields that stand above the heading of the only talk."""
        if not self._is_one_talk:
            return []
        fields = [segment for segment in self.opening if _is_fields(segment)]
        self.opening = [segment for segment in self.opening if not _is_fields(segment)]
        return fields

    def _only_talk(self) -> None:
        """A post without a heading is one talk; its title is the session's name."""
        around, session_heading = self.around, self.around.when
        path = PurePosixPath(around.context.path)
        if not self.opening and not session_heading.session and not session_heading.unparsed:
            return
        if is_index(path) and self._has_head and not session_heading.session:
            return
        code = NoteCode.TITLE_FROM_SESSION
        value = session_heading.unparsed or session_heading.session or around.title
        if not value:
            value, code = title_from_filename(path), NoteCode.TITLE_FROM_PATH
        best = parse_heading(value, around.line, around.context)[0]
        title = best.title or session_heading.session or value
        parse = replace(best, title=title, kind=detect_kind(session_heading.session or value))
        builder = start_talk(None, parse, around.context, around.line)
        for said in around.fields:
            apply_field(builder, said)
        body = read_opening(builder, (), self.opening, guess=bool(around.title))
        talk = build_talk(builder, body, self.opening)
        message = f"the talk took its title from ‘{value}’"
        guess = Guess(around.line, code.value, message, 0.8)
        self.opening = []
        self._add(replace(talk, guesses=(guess, *talk.guesses)), "", builder)


def _introduces_talks(segment: Segment) -> bool:
    """Return True if a paragraph announces a list of talks: ``On Saturday I heard two talks:``."""
    return (
        segment.kind is SegmentKind.PARAGRAPH
        and segment.lines[-1].text.endswith((":", "："))
        and (says_talks(segment.lines[-1].text))
    )


def _is_fields(segment: Segment) -> bool:
    """Return True if a paragraph holds nothing but field lines."""
    found = [parse_field(line) for line in segment.lines]
    return segment.kind is SegmentKind.PARAGRAPH and all(
        value and value.is_explicit for value in found
    )


def _says_more(section: TalkSection) -> bool:
    """Return True if the heading of a group says more than the track of its talks shows."""
    if section.candidate is None or section.heading is None:
        return False
    text = section.heading.text
    return bool(set(urls_in(text)) - set(urls_in(section.candidate.text)))
