"""The talks of one post, put together from its labelled lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from confnotes.model import (
    Block,
    Dropped,
    Guess,
    Kind,
    Markup,
    Problem,
    Quote,
    Said,
    Speaker,
    Subheading,
    Table,
    Talk,
)
from confnotes.names import key
from confnotes.notes.candidates import Candidate, Label
from confnotes.notes.codes import Code, Reason
from confnotes.notes.draft import Draft, confidence, draft
from confnotes.notes.fields import field
from confnotes.notes.front import field_of_note
from confnotes.notes.heads import Context, readings
from confnotes.notes.inline import heading
from confnotes.notes.kinds import kind_of
from confnotes.notes.lines import Line
from confnotes.notes.paths import is_index, stem_title
from confnotes.notes.pieces import BOLD_LEVEL, Piece, Shape, block_of, paragraphs
from confnotes.notes.rows import Row, rows
from confnotes.notes.sections import Section, closing
from confnotes.notes.taking import name_speakers
from confnotes.notes.talks import finish
from confnotes.notes.texts import addresses
from confnotes.notes.titles import opening
from confnotes.notes.when import When
from confnotes.notes.words import unshown_words


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the post is part of. ``line`` is that of its head."""

    path: str
    markup: Markup
    context: Context
    when: When
    line: int
    title: str = ""
    """What front matter calls it."""
    speakers: tuple[Speaker, ...] = ()
    """Whom fields of the note name as the speakers of its only talk."""


class Post:
    """Takes the sections of a post one after another."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.opening: list[Piece] = []
        """What stands before the first talk."""
        self.outro: list[Block] = []
        self.talks: list[Talk] = []
        self.fields: list[tuple[str, Said]] = []
        self.guesses: list[Guess] = []
        self.problems: list[Problem] = []
        self.dropped: list[Dropped] = []
        self.names: set[str] = set()
        self._tail: list[Piece] = []
        self._has_head = self._names_only = self._is_one_talk = False

    @property
    def intro(self) -> tuple[Block, ...]:
        return tuple(block_of(piece) for piece in self.opening)

    def take_head(self, piece: Piece, title: str) -> None:
        """Take what the head says besides ``title``, and the lines that share its paragraph."""
        self._has_head = True
        head, *more = piece.lines
        talk = Talk(head.number, head.text, title)
        if lost := unshown_words(head.text, talk, self.around.markup):
            self.dropped.append(Dropped(head.number, lost, Reason.HEAD.value))
        for url in addresses(head.text):
            self.fields.append(("link", Said(head.number, head.raw.find(url) + 1 or 1, url)))
        left = []
        for line in more:
            said = field_of_note(line)
            if said is not None:
                self.fields.append(said)
            else:
                left.append(line)
        self.opening += paragraphs(left)

    def take(self, found: Sequence[Section]) -> None:
        """Take all sections, then what they leave to do."""
        group = ""
        heads = [s.candidate for s in found if s.candidate and s.candidate.label is Label.TALK]
        self._is_one_talk = len(heads) == 1
        self._names_only = len(heads) > 1 and all(head.only_person for head in heads)
        waiting: Section | None = None
        for section in found:
            candidate = section.candidate
            if candidate is None:
                self._loose(section.pieces, group)
            elif candidate.label is Label.GROUP:
                self._show(waiting)
                waiting, group = section, candidate.text
                listed = not section.pieces or self._lists_talks(section.pieces)
                if not listed or _says_more(section):
                    self._show(section)
                    waiting = None
                self._loose(section.pieces, group)
            else:
                at = end = self._programme(section.pieces)
                if section is found[-1] and at == len(section.pieces):
                    end = self._outro(section.pieces)
                self._talk(candidate, section.pieces[:end], group)
                self._loose(section.pieces[at:], group)
                waiting = None
        if not (waiting and self.talks and self.talks[-1].track.startswith(group)):
            self._show(waiting)
        if not self.talks:
            self._only_talk()
        self._flush()

    def _show(self, group: Section | None) -> None:
        """Put the heading of a group that no talk bears on the page."""
        if group is not None and group.heading is not None:
            line = group.heading.lines[0]
            self._keep(Piece(Shape.BLOCK, line.number, Subheading(line.number, line.text)))

    def _lists_talks(self, pieces: Sequence[Piece]) -> bool:
        around = self.around
        return any(rows(piece, around.markup, around.context) for piece in pieces)

    def _programme(self, pieces: Sequence[Piece]) -> int:
        """Return where quoted programme entries, two or more, go on after a talk."""
        quotes = [at for at, piece in enumerate(pieces) if isinstance(piece.block, Quote)]
        entries = [at for at in quotes if at and self._lists_talks(pieces[at : at + 1])]
        return entries[0] if len(entries) > 1 else len(pieces)

    def _outro(self, pieces: Sequence[Piece]) -> int:
        """Give closing paragraphs to the session; return where they begin."""
        start = closing(pieces)
        self.outro = [block_of(piece) for piece in pieces[start:]]
        if self.outro:
            message = "read as a closing word on the session"
            self.guesses.append(Guess(pieces[start].line, Code.OUTRO.value, message, 0.7))
        return start

    def _loose(self, pieces: Sequence[Piece], group: str) -> None:
        """Take what stands under no talk: rows of talks become talks, the rest stays as it is."""
        for piece in pieces:
            found = rows(piece, self.around.markup, self.around.context)
            if not found:
                self._keep(piece)
            for row in found:
                self._row(row, group)
            if found and isinstance(piece.block, Table):
                names = " | ".join(piece.block.rows[0])
                self.dropped.append(Dropped(piece.line, names, Reason.TABLE_HEADER.value))

    def _keep(self, piece: Piece) -> None:
        """Leave text where it stands: at the end of the talk above, or before them all."""
        (self._tail if self.talks else self.opening).append(piece)

    def _flush(self) -> None:
        if self._tail:
            talk = self.talks[-1]
            self.talks[-1] = replace(talk, body=(*talk.body, *map(block_of, self._tail)))
            self._tail = []

    def _add(self, talk: Talk, group: str, at: Draft) -> None:
        self._flush()
        self.problems += at.problems
        self.dropped += at.dropped
        if lost := unshown_words(talk.head, talk, self.around.markup):
            self.dropped.append(Dropped(talk.line, lost, Reason.HEAD.value))
        track = " – ".join(part for part in (group, talk.track) if part)
        if talk.kind is Kind.TALK and self.around.when.session:
            kind = kind_of(self.around.when.session)
            talk = replace(talk, kind=kind)
        self.talks.append(replace(talk, track=track))

    def _row(self, row: Row, group: str) -> None:
        around = self.around
        at = draft(row.head, row.reading, around.markup, around.context, around.path)
        at.title = heading(at.title, around.markup)
        if around.speakers:
            name_speakers(at, around.speakers)
        self._add(finish(at, (), row.body), group, at)

    def _talk(self, candidate: Candidate, pieces: Sequence[Piece], group: str) -> None:
        around = self.around
        piece = pieces[0]
        begun = opening(candidate, pieces, around.markup, around.context, habit=self._names_only)
        reading = begun.reading
        at = draft(piece, reading, around.markup, around.context, around.path)
        at.titles = begun.title
        if around.speakers:
            name_speakers(at, around.speakers)
        if not reading.speakers and reading.title == candidate.text:
            at.title = heading(piece.text, around.markup)
        talk = finish(at, begun.lead, begun.below, above=self._fields_above())
        if candidate.level >= BOLD_LEVEL and not talk.speakers:
            message = f"read as the head of a talk: ‘{talk.title}’"
            sure = confidence(candidate.weight)
            guess = Guess(talk.line, Code.GUESSED_HEAD.value, message, sure)
            talk = replace(talk, guesses=(*talk.guesses, guess))
        self._add(talk, group, at)
        for other in candidate.readings:
            if other.speakers and abs(other.score) < 4:
                self.names |= {key(speaker.name) for speaker in other.speakers}

    def _fields_above(self) -> list[Line]:
        """Take the fields that stand above the heading of the only talk."""
        if not self._is_one_talk:
            return []
        fields = [piece for piece in self.opening if _is_fields(piece)]
        self.opening = [piece for piece in self.opening if not _is_fields(piece)]
        return [line for piece in fields for line in piece.lines]

    def _only_talk(self) -> None:
        """A post without a head is one talk; its title is the session's name."""
        around, when = self.around, self.around.when
        path = PurePosixPath(around.path)
        if not self.opening and not when.session and not when.rest:
            return
        if is_index(path) and self._has_head and not when.session:
            return
        code = Code.TITLE_FROM_SESSION
        said = when.rest or when.session or around.title
        if not said:
            said, code = stem_title(path), Code.TITLE_FROM_PATH
        best = readings(said, around.line, around.context)[0]
        title = best.title or when.session or said
        reading = replace(best, title=title, kind=kind_of(when.session or said))
        at = draft(None, reading, around.markup, around.context, around.path, around.line)
        if around.speakers:
            name_speakers(at, around.speakers)
        talk = finish(at, (), self.opening, guess=False)
        message = f"the talk took its title from ‘{said}’"
        guess = Guess(around.line, code.value, message, 0.8)
        self.opening = []
        self._add(replace(talk, guesses=(guess, *talk.guesses)), "", at)


def _is_fields(piece: Piece) -> bool:
    """Return True if a paragraph holds nothing but field lines."""
    found = [field(line) for line in piece.lines]
    return piece.shape is Shape.PARAGRAPH and all(said and said.is_explicit for said in found)


def _says_more(section: Section) -> bool:
    """Return True if the heading of a group says more than the track of its talks shows."""
    if section.candidate is None or section.heading is None:
        return False
    text = section.heading.text
    return bool(set(addresses(text)) - set(addresses(section.candidate.text)))
