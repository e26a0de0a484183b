"""What a note says, as plain values; each keeps its line in the raw file.

Lines and columns count from 1. Text is as the author typed it, blanks folded
(see :mod:`confnotes.notes.syntax.lines`); inline markup is untouched, and
:attr:`Note.markup` says in which language it is.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import date
from enum import StrEnum

from confnotes.body import Block
from confnotes.documented_enum import ProblemCode, Severity
from confnotes.suggest import with_hint


@dataclass(frozen=True, order=True, kw_only=True)
class Problem:
    """One fault, one message. ``suggestion`` says what to type instead.

    Problems are in the order of their places.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.code} {self.text}"

    @property
    def text(self) -> str:
        """The message, with the suggestion behind it if there is one."""
        return with_hint(self.message, self.suggestion)

    @classmethod
    def of(
        cls,
        code: ProblemCode,
        path: str,
        message: str,
        hint: str = "",
        line: int = 1,
        column: int = 1,
    ) -> Problem:
        """Return a problem, at the beginning of the file unless its place is known."""
        return cls(
            path=path,
            line=line,
            column=column,
            code=code.value,
            severity=code.severity,
            message=message,
            suggestion=hint,
        )


@dataclass(frozen=True)
class Guess:
    """Something inferred rather than typed in a field: ``confidence`` is from 0 to 1."""

    line: int
    code: str
    message: str
    confidence: float


@dataclass(frozen=True)
class DroppedLine:
    """A line of the raw file that is on no page, and why."""

    line: int
    text: str
    reason: str


class Markup(StrEnum):
    PLAIN = "plain"
    MARKDOWN = "markdown"
    RST = "rst"
    ORG = "org"
    ASCIIDOC = "asciidoc"


class TalkKind(StrEnum):
    """What sort of session a talk is."""

    TALK = "talk"
    KEYNOTE = "keynote"
    LIGHTNING = "lightning talk"
    PANEL = "panel"
    WORKSHOP = "workshop"
    QUESTIONS = "q&a"
    OTHER = "other"


@dataclass(frozen=True)
class Speaker:
    """A person as this talk names them; ``id`` is the address of a page, ``[ana-ruiz-cook]``."""

    line: int
    name: str
    affiliation: str = ""
    _: KW_ONLY
    role: str = ""
    handle: str = ""
    id: str = ""


@dataclass(frozen=True)
class FieldValue:
    """A value the author typed in a field, and where."""

    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Link:
    """An address in a note. ``label`` is the field's name (``Slides``) or empty in running text."""

    line: int
    url: str
    label: str = ""


@dataclass(frozen=True)
class Talk:
    """A part of a note. ``title`` is empty when the author gave none; ``heading`` is as typed."""

    line: int
    heading: str
    title: str
    _: KW_ONLY
    kind: TalkKind = TalkKind.TALK
    track: str = ""
    speakers: tuple[Speaker, ...] = ()
    topics: tuple[FieldValue, ...] = ()
    """Values of ``Topics:`` fields; topics found by phrase belong to the catalogue."""
    date: date | None = None
    """Only where a ``Date:`` field overrides the note's date."""
    materials: tuple[Link, ...] = ()
    """Values of ``Video:``, ``Slides:`` and the like."""
    also: tuple[FieldValue, ...] = ()
    """Values of ``Also at:``: other events where the same talk was given."""
    links: tuple[Link, ...] = ()
    """Every address in the body, in order."""
    body: tuple[Block, ...] = ()
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Event:
    """One edition of a conference. ``docname`` is its page, ``years/2015/linux-conf-au/index``."""

    name: str
    series: str
    year: int
    docname: str = ""
    start: date | None = None
    end: date | None = None
    location: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownEntities:
    """People, by :func:`confnotes.names.name_key`, and events of other notes and pages."""

    people: frozenset[str] = frozenset()
    events: tuple[Event, ...] = ()


NO_KNOWN_ENTITIES = KnownEntities()


@dataclass(frozen=True, kw_only=True)
class Note:
    """One post, typed during one session of an event.

    ``intro`` and ``closing`` belong to the session: what stands before the first
    talk and after the last. ``name_candidates`` are the name keys whose being known
    could change this reading; see :func:`confnotes.notes.pipeline.read_note`.
    """

    path: str
    line: int
    markup: Markup
    title: str
    event: str = ""
    series: str = ""
    year: int | None = None
    day: str = ""
    date: date | None = None
    session: str = ""
    language: str = ""
    """The code of the language it is in, empty if no table of words has it."""
    intro: tuple[Block, ...] = ()
    talks: tuple[Talk, ...] = ()
    closing: tuple[Block, ...] = ()
    fields: tuple[tuple[str, FieldValue], ...] = ()
    """Fields of the note itself (front matter, lines under its heading), name in lower case."""
    guesses: tuple[Guess, ...] = ()
    problems: tuple[Problem, ...] = ()
    dropped: tuple[DroppedLine, ...] = ()
    name_candidates: frozenset[str] = frozenset()
