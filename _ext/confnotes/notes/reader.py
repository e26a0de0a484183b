"""A note from bytes: lines, pieces, posts, heads, talks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeVar

from confnotes.model import Dropped, Event, Note, Problem, Said, Severity, Speaker
from confnotes.notes.bullets import DEEPEST
from confnotes.notes.candidates import Label
from confnotes.notes.codes import Code
from confnotes.notes.comments import strip_comments
from confnotes.notes.front import fields_of_post, front_matter
from confnotes.notes.headings import label
from confnotes.notes.heads import Context, readings
from confnotes.notes.inline import bare, heading
from confnotes.notes.lines import decode, split
from confnotes.notes.paths import event_of_folder, is_index, markup_of, names_event, stem_title
from confnotes.notes.people import people
from confnotes.notes.pieces import Piece, PieceReader, Shape
from confnotes.notes.post import Post, Surroundings
from confnotes.notes.rows import numbered
from confnotes.notes.sections import sections
from confnotes.notes.session import Session, respelt
from confnotes.notes.taking import listed
from confnotes.notes.when import When, parse
from confnotes.notes.yaml_block import YamlError

_LONGEST_HEAD = 160
_SPEAKERS = ("speakers", "speaker", "presenters", "presenter")
_KEYNOTES = re.compile(r"keynote|plenary", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """What other notes and pages say: people by :func:`confnotes.names.key`, and events."""

    people: frozenset[str] = frozenset()
    events: tuple[Event, ...] = ()


_Placed = TypeVar("_Placed", Dropped, Problem)
NOTHING_KNOWN = Known()


def read_note(data: bytes, path: str, *, known: Known = NOTHING_KNOWN) -> Note:
    """Read one file as one note: any bytes give one. ``path`` is relative to the project, posix."""
    return _Reader(data, path, known).note()


def read_posts(data: bytes, path: str, *, known: Known = NOTHING_KNOWN) -> tuple[Note, ...]:
    """Read a file of many posts, one note for each."""
    return _Reader(data, path, known).posts()


class _Reader:
    """Reads one file."""

    def __init__(self, data: bytes, path: str, known: Known) -> None:
        self.path, self.known = path, known
        self.parse = cache(partial(parse, events=known.events))
        self.markup = markup_of(path)
        text, self.problems = decode(data, path)
        public = strip_comments(text, path)
        front = front_matter(split(public.text), self.markup)
        self.front = front.fields
        self.dropped = [*public.comments, *front.frame]
        source = PieceReader(front.rest, self.markup)
        self.pieces = source.read()
        self.dropped += source.dropped
        self._notice(source, public.unclosed, front.error)

    def _notice(
        self, source: PieceReader, unclosed_comment: int, yaml_error: YamlError | None
    ) -> None:
        if yaml_error:
            hint = "put a value that has a colon or begins with a sign in quotes"
            place = yaml_error.said
            self._warn(
                place.line, Code.BAD_FRONT_MATTER, str(yaml_error), hint, column=place.column
            )
        if unclosed_comment:
            message = "this comment is never closed; all below it is private"
            self._warn(unclosed_comment, Code.UNCLOSED_COMMENT, message, "close it with --> or %%")
        if not self.pieces and not self.front:
            self._warn(1, Code.EMPTY_NOTE, "there is no text here", "type notes or delete the file")
        for line in source.too_deep[:1]:
            message = f"bullets are kept {DEEPEST} levels deep; this one and others were lifted"
            self._warn(line.number, Code.NESTED_TOO_DEEP, message, "nest less deeply")
        for line in source.unclosed:
            message = "this code block is never closed"
            self._warn(line.number, Code.UNCLOSED_FENCE, message, f"close it with {line.text[:3]}")

    def _warn(
        self, line: int, code: Code, message: str, suggestion: str, *, column: int = 1
    ) -> None:
        self.problems.append(
            Problem(self.path, line, column, code.value, Severity.WARNING, message, suggestion)
        )

    def note(self) -> Note:
        heads = self._post_heads()
        if len(heads) > 1:
            message = f"this file holds {len(heads)} posts"
            hint = f"type `confnotes import {PurePosixPath(self.path).name}` to split it"
            self._warn(self.pieces[heads[1]].line, Code.SEVERAL_POSTS, message, hint)
        return self._post(self.pieces)

    def posts(self) -> tuple[Note, ...]:
        heads = self._post_heads()
        starts = [0, *heads[1:]]
        ends = [*heads[1:], len(self.pieces)]
        lines = [self.pieces[start].line for start in heads[1:]]
        dropped, problems = _parts(self.dropped, lines), _parts(self.problems, lines)
        notes = []
        for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
            self.dropped, self.problems = dropped[at], problems[at]
            notes.append(self._post(self.pieces[start:end], first=not start))
        return tuple(respelt(notes))

    def _post_heads(self) -> list[int]:
        """Return where posts begin: lines that name an event and a part of it, all of one level.

        Under a heading of a higher level they are days of one post.
        """
        found = [
            index
            for index, piece in enumerate(self.pieces)
            if piece.text
            and len(piece.lines) < 5
            and len(piece.text) <= _LONGEST_HEAD
            and self.parse(bare(piece.text, self.markup)).is_post_head
        ]
        level = min((self.pieces[index].level for index in found), default=0)
        first = found[0] if found else 0
        if level and any(0 < piece.level < level for piece in self.pieces[:first]):
            return []
        return [index for index in found if self.pieces[index].level == level]

    def _post(self, pieces: Sequence[Piece], *, first: bool = True) -> Note:
        """Read one post; front matter belongs to the ``first`` of a file."""
        path = PurePosixPath(self.path)
        at, when = self._head(pieces)
        before, rest = (pieces[:at], pieces[at + 1 :]) if at is not None else ((), pieces)
        head = pieces[at] if at is not None else None
        said = fields_of_post(rest[0].lines) if rest and rest[0].lines else []
        keynotes = bool(_KEYNOTES.search(when.session))
        context = Context(known=self.known.people, keynotes=keynotes)
        rest = numbered(rest[1:] if said else rest, self.markup, context)
        of_event = head is not None or names_event(path, self.known.events)
        found, context = label(rest, self.markup, context, self.parse, of_event=of_event)
        if head is None and found and found[0].index == 0 and found[0].label is Label.GROUP:
            head, when = rest[0], found[0].when
            for candidate in found[1:]:
                candidate.index -= 1
            rest, found = rest[1:], found[1:]
        front = dict(self.front) if first else {}
        line = head.line if head else pieces[0].line if pieces else 1
        called = front["title"].text if "title" in front else ""
        if head is not None and not when.event:
            called = called or heading(head.text, self.markup)
        if head is None and called:
            when = self.parse(called)
        title = heading(head.text, self.markup) if head else called
        around = Surroundings(self.path, self.markup, context, when, line, called)

        def make(around: Surroundings) -> Post:
            post = Post(around)
            post.fields += said
            post.opening += before
            if head is not None:
                post.take_head(head, title)
            post.take(sections(rest, found))
            return post

        post = make(around)
        speakers = _speakers({**dict(post.fields), **front})
        if speakers and len(post.talks) == 1:
            post = make(replace(around, speakers=speakers))
        return self._note(post, when, title, line, first=first)

    def _note(self, post: Post, when: When, title: str, line: int, *, first: bool) -> Note:
        path = PurePosixPath(self.path)
        fields = [*(self.front if first else ()), *post.fields]
        session = Session(self.path, line, when, dict(fields), post.guesses, post.problems)
        session.settle(event_of_folder(path, self.known.events), self.known.events)
        if not title:
            title = (post.talks[0].title if len(post.talks) == 1 else "") or stem_title(path)
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
            intro=post.intro,
            talks=tuple(post.talks),
            outro=tuple(post.outro),
            fields=tuple(fields),
            guesses=tuple(post.guesses),
            problems=tuple(self.problems + post.problems),
            dropped=tuple(self.dropped + post.dropped),
            candidates=frozenset(post.names),
        )

    def _head(self, pieces: Sequence[Piece]) -> tuple[int | None, When]:
        """Return which of the first pieces is the head of the post, and what it says."""
        for at, piece in enumerate(pieces[:3]):
            if not piece.text or len(piece.text) > _LONGEST_HEAD:
                continue
            text = bare(piece.text, self.markup)
            when = self.parse(text)
            whole = bool(when.event) and not when.rest
            alone = piece.level == 1 or (piece.shape is Shape.PARAGRAPH and len(piece.lines) == 1)
            if when.is_post_head or (at == 0 and whole and alone):
                return at, when
            index = at == 0 and piece.level and is_index(PurePosixPath(self.path))
            if index and not readings(text, piece.line)[0].speakers:
                event = when.event or text
                return at, replace(when, event=event, series=when.series or event, rest="")
        return None, When()


def _parts(found: list[_Placed], lines: Sequence[int]) -> list[list[_Placed]]:
    """Split what has been found at ``lines``."""
    found = sorted(found, key=lambda one: one.line)
    numbers = [one.line for one in found]
    ends: list[int] = [bisect_left(numbers, line) for line in lines]
    return [found[start:end] for start, end in pairwise([0, *ends, len(found)])]


def _speakers(front: Mapping[str, Said]) -> tuple[Speaker, ...]:
    """Return whom front matter names as speakers."""
    said = next((front[name] for name in _SPEAKERS if name in front), None)
    if said is None or not said.text:
        return ()
    who = people(said.text, said.line)
    return who.speakers if who else listed(said.text, said.line)
