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
    Paragraph,
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
from confnotes.notes.draft import confidence, draft
from confnotes.notes.front import field_of_note
from confnotes.notes.heads import Context, readings
from confnotes.notes.inline import heading
from confnotes.notes.kinds import kind_of
from confnotes.notes.paths import is_index, stem_title
from confnotes.notes.pieces import BOLD_LEVEL, Piece, Shape
from confnotes.notes.rows import Row, rows
from confnotes.notes.sections import Section, closing
from confnotes.notes.talks import block_of, finish
from confnotes.notes.titles import opening
from confnotes.notes.when import When
from confnotes.notes.words import lost_words


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
    """Whom front matter names as its speakers."""


class Post:
    """Takes the sections of a post one after another."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.intro: list[Block] = []
        self.outro: list[Block] = []
        self.talks: list[Talk] = []
        self.fields: list[tuple[str, Said]] = []
        self.guesses: list[Guess] = []
        self.problems: list[Problem] = []
        self.dropped: list[Dropped] = []
        self.names: set[str] = set()
        self._tail: list[Block] = []
        self._has_head = self._names_only = False

    def take_head(self, piece: Piece) -> None:
        """Take the lines that share the head's paragraph: fields of the note, or first words."""
        self._has_head = True
        left = []
        for line in piece.lines[1:]:
            said = field_of_note(line)
            if said is not None:
                self.fields.append(said)
            else:
                left.append(line)
        if left:
            self.intro.append(Paragraph(left[0].number, "\n".join(line.text for line in left)))

    def take(self, found: Sequence[Section]) -> None:
        """Take all sections, then what they leave to do."""
        group = ""
        heads = [s.candidate for s in found if s.candidate and s.candidate.label is Label.TALK]
        self._names_only = len(heads) > 1 and all(head.only_person for head in heads)
        waiting: Candidate | None = None
        for section in found:
            candidate = section.candidate
            if candidate is None:
                self._loose(section.pieces, group)
            elif candidate.label is Label.GROUP:
                self._show(waiting)
                waiting, group = candidate, candidate.text
                if section.pieces and not self._lists_talks(section.pieces):
                    self._show(candidate)
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
        if len(self.talks) == 1 and self.around.speakers:
            self.talks[0] = replace(self.talks[0], speakers=self.around.speakers)

    def _show(self, group: Candidate | None) -> None:
        """Put the heading of a group that no talk bears on the page."""
        if group is not None:
            self._keep([Subheading(group.line, group.text)])

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
                self._keep([block_of(piece)])
            for row in found:
                self._row(row, group)
            if found and isinstance(piece.block, Table):
                names = " | ".join(piece.block.rows[0])
                self.dropped.append(Dropped(piece.line, names, Reason.TABLE_HEADER.value))

    def _keep(self, blocks: list[Block]) -> None:
        """Leave text where it stands: at the end of the talk above, or before them all."""
        (self._tail if self.talks else self.intro).extend(blocks)

    def _flush(self) -> None:
        if self._tail:
            talk = self.talks[-1]
            self.talks[-1] = replace(talk, body=(*talk.body, *self._tail))
            self._tail = []

    def _add(self, talk: Talk, group: str, problems: list[Problem]) -> None:
        self._flush()
        self.problems += problems
        if lost := lost_words(talk, self.around.markup):
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
        self._add(finish(at, (), row.body), group, at.problems)

    def _talk(self, candidate: Candidate, pieces: Sequence[Piece], group: str) -> None:
        around = self.around
        piece = pieces[0]
        begun = opening(candidate, pieces, around.markup, around.context, habit=self._names_only)
        reading = begun.reading
        at = draft(piece, reading, around.markup, around.context, around.path)
        if not reading.speakers and reading.title == candidate.text:
            at.title = heading(piece.text, around.markup)
        talk = finish(at, begun.lead, begun.below)
        if candidate.level >= BOLD_LEVEL and not talk.speakers:
            message = f"read as the head of a talk: ‘{talk.title}’"
            sure = confidence(candidate.weight)
            guess = Guess(talk.line, Code.GUESSED_HEAD.value, message, sure)
            talk = replace(talk, guesses=(*talk.guesses, guess))
        self._add(talk, group, at.problems)
        for other in candidate.readings:
            if other.speakers and abs(other.score) < 4:
                self.names |= {key(speaker.name) for speaker in other.speakers}

    def _only_talk(self) -> None:
        """A post without a head is one talk; its title is the session's name."""
        around, when = self.around, self.around.when
        path = PurePosixPath(around.path)
        if not self.intro and not when.session and not when.rest:
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
        talk = finish(at, (), [Piece(Shape.BLOCK, block.line, block) for block in self.intro])
        message = f"the talk took its title from ‘{said}’"
        guess = Guess(around.line, code.value, message, 0.8)
        self.intro = []
        self._add(replace(talk, guesses=(guess, *talk.guesses)), "", at.problems)
