"""The talks of one post, put together from its labelled lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from confnotes.body import Block, Subheading, Table
from confnotes.model import DroppedLine, FieldValue, Guess, Problem, Talk, TalkKind
from confnotes.names import name_key
from confnotes.notes.codes import DropReason, GuessCode
from confnotes.notes.entities.path_clues import is_index, is_lightning_filename, is_slug
from confnotes.notes.entities.section_words import mentions_talks
from confnotes.notes.entities.session_heading import SessionHeading, parse_session_heading
from confnotes.notes.entities.talk_kinds import detect_kind
from confnotes.notes.headings.forms import HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import parse_heading
from confnotes.notes.openings.apply_fields import apply_field
from confnotes.notes.openings.read_opening import (
    build_talk,
    find_labelled_speakers,
    open_talk,
    read_opening,
)
from confnotes.notes.openings.talk_builder import TalkBuilder, start_talk
from confnotes.notes.openings.unshown_words import unshown_words
from confnotes.notes.outline.bullet_talks import ListedTalk
from confnotes.notes.outline.candidate import Candidate, Label
from confnotes.notes.outline.listed_talks import count_talks, programme_start, read_listings
from confnotes.notes.syntax.fields import Field, parse_note_field
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.links_in_text import targets_in
from confnotes.notes.syntax.segments import (
    BOLD_LEVEL,
    Segment,
    SegmentKind,
    paragraph,
    paragraphs,
    segment_to_block,
)
from confnotes.notes.talks.only_talk import begins_with_prose, find_only_title
from confnotes.notes.talks.split import TalkSection, closing_paragraph_start, holds_fields


@dataclass(slots=True)
class PostBuilder:
    """Takes the sections of a post one after another.

    ``line`` is that of its heading, ``title`` what front matter calls it, ``stated`` are fields of
    the note that are about its only talk.
    """

    context: ParseContext
    session: SessionHeading
    line: int
    title: str
    stated: Sequence[Field]
    opening: list[Segment] = field(default_factory=list)
    """What stands before the first talk."""
    outro: list[Block] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    fields: list[tuple[str, FieldValue]] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    dropped: list[DroppedLine] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    _tail: list[Segment] = field(default_factory=list)
    _group: str = ""
    """The heading that groups the talks now."""
    _has_head: bool = False
    _is_one_talk: bool = False

    def add_heading(self, segment: Segment, title: str) -> None:
        """Take what the heading says besides ``title``, and the lines that share its paragraph."""
        self._has_head = True
        head, *more = segment.lines
        self._drop_unshown(head, title)
        for url in targets_in(head.text):
            self.fields.append(("link", FieldValue(head.number, head.raw.find(url) + 1 or 1, url)))
        found = [(line, parse_note_field(line)) for line in more]
        self.fields += [value for _, value in found if value]
        self.opening += paragraphs(line for line, value in found if not value)

    def add_sections(self, found: Sequence[TalkSection]) -> None:
        """Add the talks of all sections, the headings of groups, and the closing paragraphs."""
        headings = [s.candidate for s in found if s.candidate and s.candidate.label is Label.TALK]
        self._is_one_talk = len(headings) == 1
        waiting: TalkSection | None = None
        for section in found:
            candidate = section.candidate
            if candidate is None:
                self._add_unassigned(section.segments)
            elif candidate.label is Label.GROUP:
                self._place_heading(waiting)
                waiting, self._group = section, candidate.group
                listed = not section.segments or count_talks(
                    section.segments, self.context, candidate.text
                )
                if not listed or section.says_more or not self._group:
                    self._place_heading(section)
                    waiting = None
                before = len(self.talks)
                self._add_unassigned(section.segments, candidate.text)
                if len(self.talks) > before:
                    self._place_heading(waiting, as_track=True)
                    waiting = None
            else:
                entries = end = programme_start(section.segments, self.context)
                if section is found[-1] and entries == len(section.segments):
                    end = self._closing(section.segments)
                self._talk(candidate, section.segments[:end])
                self._add_unassigned(section.segments[entries:])
                self._place_heading(waiting, as_track=True)
                waiting = None
        self._place_heading(waiting)
        if not self.talks:
            self._only_talk()
        self._flush()

    def _place_heading(self, group: TalkSection | None, *, as_track: bool = False) -> None:
        """Put the heading of a group on the page, or drop what talks that bear it do not show."""
        if group is None or group.heading is None:
            return
        line = group.heading.lines[0]
        if as_track:
            self._drop_unshown(line, self._group)
        elif group.candidate and not group.candidate.group:
            self._keep(paragraph([line]))
        else:
            self._keep(Segment(SegmentKind.BLOCK, line.number, Subheading(line.number, line.text)))

    def _drop_unshown(self, line: Line, title: str) -> None:
        talk = Talk(line.number, line.text, title)
        if lost := unshown_words(line.text, talk, self.context.markup):
            self.dropped.append(DroppedLine(line.number, lost, DropReason.HEADING.value))

    def _closing(self, segments: Sequence[Segment]) -> int:
        """Give closing paragraphs to the session; return where they begin."""
        start = closing_paragraph_start(segments)
        self.outro = [segment_to_block(segment) for segment in segments[start:]]
        if self.outro:
            message = "treated as a closing paragraph of the session"
            code = GuessCode.CLOSING_PARAGRAPH.value
            self.guesses.append(Guess(segments[start].line, code, message, 0.7))
        return start

    def _add_unassigned(self, segments: Sequence[Segment], group: str = "") -> None:
        """Take what stands under no talk: rows of talks become talks, the rest stays as it is.

        ``group`` is the heading right above.
        """
        expected = bool(group or self._group) or mentions_talks(self.session.session)
        expected |= is_lightning_filename(PurePosixPath(self.context.path))
        for segment, found in read_listings(segments, self.context, group, expected=expected):
            if not found:
                self._keep(segment)
            for row in found:
                self._row(row)
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

    def _add(
        self, builder: TalkBuilder, body: Sequence[Block], segments: Sequence[Segment]
    ) -> None:
        """Add a talk with what is left below its opening, and the links of its ``segments``."""
        self._flush()
        talk = build_talk(builder, body, segments)
        self.problems += builder.problems
        self.dropped += builder.dropped
        in_body = any(block.line == talk.line for block in talk.body)
        lost = unshown_words(talk.heading, talk, self.context.markup)
        if lost and not in_body:
            self.dropped.append(DroppedLine(talk.line, lost, DropReason.HEADING.value))
        track = " – ".join(part for part in (self._group, talk.track) if part)
        kind = talk.kind if talk.kind is not TalkKind.TALK else detect_kind(self.session.session)
        self.talks.append(replace(talk, track=track, kind=kind))

    def _begin(self, heading: Segment | None, parse: HeadingParse) -> TalkBuilder:
        builder = start_talk(heading, parse, self.context, self.line)
        for said in self.stated:
            apply_field(builder, said)
        return builder

    def _row(self, row: ListedTalk) -> None:
        builder = self._begin(row.heading, row.parse)
        builder.title = self.context.clean_heading(row.parse.title)
        body = read_opening(builder, (), row.body)
        builder.guess_listed(row.evidence)
        self._add(builder, body, row.body)

    def _talk(self, candidate: Candidate, segments: Sequence[Segment]) -> None:
        segment, *below = segments
        above = [s for s in self.opening if self._is_one_talk and holds_fields(s)]
        self.opening = [one for one in self.opening if one not in above]
        lines = [line for one in above for line in one.lines]
        opened = open_talk(
            segment, candidate.parses, below, candidate.context, above=lines, fields=self.stated
        )
        builder = opened.builder
        find_labelled_speakers(builder, below)
        whole = self.context.strip_markup(segment.text)
        if not builder.parse.speakers and builder.title == candidate.text == whole:
            builder.title = self.context.clean_heading(segment.text)
        is_plain = float(candidate.level >= BOLD_LEVEL)
        builder.guess_heading({"plain": is_plain, "weight": candidate.weight})
        self._add(builder, opened.body, [*above, *segments])
        for other in candidate.parses:
            if other.speakers and abs(other.score) < 4:
                self.names |= {name_key(speaker.name) for speaker in other.speakers}

    def _only_talk(self) -> None:
        """Read a post without a heading as one talk."""
        path, session = PurePosixPath(self.context.path), self.session.session
        is_named = bool(self.session.unparsed or session)
        if not (self.opening or is_named) or (is_index(path) and self._has_head and not session):
            return
        title = find_only_title(self.opening, self.session, self.title, path)
        is_stated = self.stated or any(map(holds_fields, self.opening))
        is_slug_only = title.code is GuessCode.TITLE_FROM_PATH and is_slug(path)
        if not is_stated and (is_slug_only or parse_session_heading(title.text).is_event_only):
            return
        parses = parse_heading(self.context.strip_markup(title.text), self.line, self.context)
        is_title = title.text == self.title and not self._has_head
        best = next(parse for parse in parses if parse.title or not is_title)
        kind = detect_kind(session or title.text)
        parse = replace(best, title=best.title or session or title.text, kind=kind)
        builder = self._begin(None, parse)
        segments = [segment for segment in self.opening if segment is not title.segment]
        if not (self.opening or builder.speakers or self.stated or self.session.unparsed):
            return  # the heading of a session that nobody has noted yet
        body = read_opening(builder, (), segments, guess=bool(self.title or title.segment))
        if not (session or builder.speakers or builder.materials) and begins_with_prose(segments):
            return
        if not (self.stated and is_title):
            builder.guesses.insert(0, title.guess(self.line))
        self.opening, self._group = [], ""
        self._add(builder, body, segments)
