"""A note from bytes: lines, pieces, posts, headings, talks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeVar

from confnotes.model import (
    NO_KNOWN_ENTITIES,
    DroppedLine,
    KnownEntities,
    Markup,
    Note,
    Problem,
    Severity,
    Talk,
)
from confnotes.notes.codes import NoteCode
from confnotes.notes.entities.paths import (
    event_of_folder,
    is_event_filename,
    is_index,
    is_talk_filename,
    markup_from_suffix,
    title_from_filename,
)
from confnotes.notes.entities.session_heading import SessionHeading, parse_session_heading
from confnotes.notes.headings.context import ParseContext
from confnotes.notes.headings.parse import parse_heading
from confnotes.notes.languages.guess import guess_language
from confnotes.notes.openings.speaker_lines import SPEAKER_PREFIX
from confnotes.notes.outline.agenda import split_agenda
from confnotes.notes.outline.candidates import Label
from confnotes.notes.outline.captions import split_captions
from confnotes.notes.outline.classify import classify_candidates
from confnotes.notes.outline.listings import promote_numbered_items
from confnotes.notes.outline.meetup import meetup_heading
from confnotes.notes.session import Session, correct_event_names
from confnotes.notes.syntax.comments import strip_comments
from confnotes.notes.syntax.dialects import inline_markup, read_source
from confnotes.notes.syntax.fields import correct_label, is_of_talk, talk_fields
from confnotes.notes.syntax.front_matter import parse_post_fields
from confnotes.notes.syntax.inline import clean_heading, strip_inline_markup
from confnotes.notes.syntax.lines import Line, decode, split_lines
from confnotes.notes.syntax.lists import MAX_LIST_DEPTH
from confnotes.notes.syntax.segments import Segment, SegmentKind, SegmentReader
from confnotes.notes.syntax.wiki_links import hidden_targets
from confnotes.notes.talks.post_builder import PostBuilder, PostContext
from confnotes.notes.talks.split import split_at_headings
from confnotes.notes.yaml_block import YamlError

_MAX_HEADING = 160
MAX_CONFIDENCE_WITHOUT_TABLE = 0.6
"""The confidence in a guess about a note in a language that the reader has no words of."""
_KEYNOTES = re.compile(r"keynote|plenary", re.IGNORECASE)


_Placed = TypeVar("_Placed", DroppedLine, Problem)


def read_note(data: bytes, path: str, *, known: KnownEntities = NO_KNOWN_ENTITIES) -> Note:
    """Read one file as one note: any bytes give one. ``path`` is relative to the project, posix."""
    return NoteReader(data, path, known).note()


def read_posts(
    data: bytes, path: str, *, known: KnownEntities = NO_KNOWN_ENTITIES
) -> tuple[Note, ...]:
    """Read a file of many posts, one note for each."""
    return NoteReader(data, path, known).posts()


class NoteReader:
    """Reads one file."""

    def __init__(self, data: bytes, path: str, known: KnownEntities) -> None:
        self.path, self.known = path, known
        self.parse = cache(partial(parse_session_heading, events=known.events))
        typed_in = markup_from_suffix(path)
        self.markup = inline_markup(typed_in)
        text, self.problems = decode(data, path)
        public = strip_comments(text, path)
        self.language = guess_language(public.text)
        front = read_source(split_lines(public.text), typed_in, path)
        self.front = front.fields
        self.dropped = [*public.comments, *front.dropped]
        if self.markup is Markup.MARKDOWN:
            self.dropped += hidden_targets(front.rest)
        source = SegmentReader(front.rest, self.markup)
        self.pieces = source.read()
        self.dropped += source.dropped
        self._notice(source, public.unclosed, front.error)

    def _notice(
        self, source: SegmentReader, unclosed_comment: int, yaml_error: YamlError | None
    ) -> None:
        if yaml_error:
            hint = "put a value that has a colon or begins with a sign in quotes"
            place = yaml_error.said
            self._warn(
                place.line, NoteCode.BAD_FRONT_MATTER, str(yaml_error), hint, column=place.column
            )
        if unclosed_comment:
            message = "this comment is never closed; all below it is private"
            self._warn(
                unclosed_comment, NoteCode.UNCLOSED_COMMENT, message, "close it with --> or %%"
            )
        for name, value in self.front:
            if meant := correct_label(Line(value.line, "", f"{name}: {value.text}", 0)):
                message, hint = (
                    f"there is no field ‘{name}’",
                    f"did you mean ‘{meant.casefold()}:’?",
                )
                self._warn(value.line, NoteCode.UNKNOWN_FIELD, message, hint)
        if not self.pieces and not self.front:
            self._warn(1, NoteCode.EMPTY_NOTE, "the note is empty", "add text or delete the file")
        for line in source.too_deep[:1]:
            message = f"list nested deeper than {MAX_LIST_DEPTH} levels; deeper items were moved up"
            self._warn(line.number, NoteCode.NESTED_TOO_DEEP, message, "nest less deeply")
        for line in source.unclosed:
            message = "this code block is never closed"
            self._warn(
                line.number, NoteCode.UNCLOSED_FENCE, message, f"close it with {line.text[:3]}"
            )

    def _warn(
        self, line: int, code: NoteCode, message: str, suggestion: str, *, column: int = 1
    ) -> None:
        self.problems.append(
            Problem(self.path, line, column, code.value, Severity.WARNING, message, suggestion)
        )

    def note(self) -> Note:
        headings = self._post_heads()
        if len(headings) > 1:
            message = f"this file holds {len(headings)} posts"
            hint = f"run `confnotes import {PurePosixPath(self.path).name}` to split it"
            self._warn(self.pieces[headings[1]].line, NoteCode.SEVERAL_POSTS, message, hint)
        return self._post(self.pieces)

    def posts(self) -> tuple[Note, ...]:
        headings = self._post_heads()
        starts = [0, *headings[1:]]
        ends = [*headings[1:], len(self.pieces)]
        lines = [self.pieces[start].line for start in headings[1:]]
        dropped, problems = _parts(self.dropped, lines), _parts(self.problems, lines)
        notes = []
        for builder, (start, end) in enumerate(zip(starts, ends, strict=True)):
            self.dropped, self.problems = dropped[builder], problems[builder]
            notes.append(self._post(self.pieces[start:end], first=not start))
        return tuple(correct_event_names(notes))

    def _post_heads(self) -> list[int]:
        """Return where posts begin: lines that name an event and a part of it, all of one level.

        Under a heading of a higher level they are days of one post.
        """
        found = [
            index
            for index, segment in enumerate(self.pieces)
            if segment.text
            and len(segment.lines) < 5
            and len(segment.text) <= _MAX_HEADING
            and self.parse(strip_inline_markup(segment.text, self.markup)).is_post_head
        ]
        level = min((self.pieces[index].level for index in found), default=0)
        first = found[0] if found else 0
        if level and any(0 < segment.level < level for segment in self.pieces[:first]):
            return []
        return [index for index in found if self.pieces[index].level == level]

    def _post(self, segments: Sequence[Segment], *, first: bool = True) -> Note:
        """Read one post; front matter belongs to the ``first`` of a file."""
        path = PurePosixPath(self.path)
        builder, session_heading = self._head(segments)
        before, rest = (
            (segments[:builder], segments[builder + 1 :]) if builder is not None else ((), segments)
        )
        head = segments[builder] if builder is not None else None
        value = parse_post_fields(rest[0].lines) if rest and rest[0].lines else []
        keynotes = bool(_KEYNOTES.search(session_heading.session))
        context = ParseContext(
            self.markup, self.path, known_names=self.known.people, keynotes=keynotes
        )
        rest = promote_numbered_items(rest[1:] if value else rest, context)
        rest = split_captions(split_agenda(rest), context)
        of_event = head is not None or is_event_filename(path, self.known.events)
        found = classify_candidates(rest, context, self.parse, of_event=of_event)
        front = dict(self.front) if first else {}
        by = "title" in front and bool(rest) and bool(SPEAKER_PREFIX.match(rest[0].text))
        of_talk = head is None and (by or is_of_talk(front) or is_talk_filename(path))
        if of_talk and not any(c.is_full for c in found):
            titles = [candidate for candidate in found if candidate.level == 1]
            found = titles if len(titles) == 1 else []
        if head is None and found and found[0].index == 0 and found[0].label is Label.GROUP:
            head, session_heading = rest[0], found[0].session_heading
            for candidate in found[1:]:
                candidate.index -= 1
            rest, found = rest[1:], found[1:]
        line = head.line if head else segments[0].line if segments else 1
        called = front["title"].text if "title" in front else ""
        if head is not None and not session_heading.event:
            called = called or clean_heading(head.text, self.markup)
        if head is None and called:
            session_heading = self.parse(called)
        title = clean_heading(head.text, self.markup) if head else called
        around = PostContext(context, session_heading, line, called)

        def make(around: PostContext) -> PostBuilder:
            post = PostBuilder(around)
            post.fields += value
            post.opening += before
            if head is not None:
                post.add_heading(head, title)
            post.add_sections(split_at_headings(rest, found))
            return post

        post = make(around)
        stated = talk_fields({**dict(post.fields), **front})
        if stated and len(post.talks) == 1:
            post = make(replace(around, fields=stated))
        return self._note(post, session_heading, title, line, first=first)

    def _note(
        self,
        post: PostBuilder,
        session_heading: SessionHeading,
        title: str,
        line: int,
        *,
        first: bool,
    ) -> Note:
        path = PurePosixPath(self.path)
        fields = [*(self.front if first else ()), *post.fields]
        stated = {
            name: replace(value, text=strip_inline_markup(value.text, self.markup))
            for name, value in fields
        }
        session = Session(self.path, line, session_heading, stated, post.guesses, post.problems)
        session.resolve(event_of_folder(path, self.known.events), self.known.events)
        if not title:
            title = (post.talks[0].title if len(post.talks) == 1 else "") or title_from_filename(
                path
            )
        return Note(
            path=self.path,
            line=line,
            markup=self.markup,
            title=title,
            event=session.name,
            series=session.series,
            year=session.year,
            day=session.day,
            date=session.on,
            session=session.session,
            language=self.language,
            intro=post.intro,
            talks=tuple(post.talks if self.language else map(_doubted, post.talks)),
            closing=tuple(post.outro),
            fields=tuple(fields),
            guesses=tuple(post.guesses),
            problems=tuple(self.problems + post.problems),
            dropped=tuple(self.dropped + post.dropped),
            name_candidates=frozenset(post.names),
        )

    def _head(self, segments: Sequence[Segment]) -> tuple[int | None, SessionHeading]:
        """Return which of the first pieces is the heading of the post, and what it says."""
        if meetup := meetup_heading(segments, ParseContext(self.markup)):
            return 0, meetup
        for builder, segment in enumerate(segments[:3]):
            if not segment.text or len(segment.text) > _MAX_HEADING:
                continue
            text = strip_inline_markup(segment.text, self.markup)
            session_heading = self.parse(text)
            whole = bool(session_heading.event) and not session_heading.unparsed
            alone = segment.level == 1 or (
                segment.kind is SegmentKind.PARAGRAPH and len(segment.lines) == 1
            )
            if session_heading.is_post_head or (builder == 0 and whole and alone):
                return builder, session_heading
            index = builder == 0 and segment.level and is_index(PurePosixPath(self.path))
            if index and not parse_heading(text, segment.line)[0].speakers:
                event = session_heading.event or text
                return builder, replace(
                    session_heading,
                    event=event,
                    series=session_heading.series or event,
                    unparsed="",
                )
        return None, SessionHeading()


def _doubted(talk: Talk) -> Talk:
    """Return a talk of a note whose language has no table, with little confidence in guesses."""
    guesses = (
        replace(guess, confidence=min(guess.confidence, MAX_CONFIDENCE_WITHOUT_TABLE))
        for guess in talk.guesses
    )
    return replace(talk, guesses=tuple(guesses))


def _parts(found: list[_Placed], lines: Sequence[int]) -> list[list[_Placed]]:
    """Split what has been found at ``lines``."""
    found = sorted(found, key=lambda one: one.line)
    numbers = [one.line for one in found]
    ends: list[int] = [bisect_left(numbers, line) for line in lines]
    return [found[start:end] for start, end in pairwise([0, *ends, len(found)])]
