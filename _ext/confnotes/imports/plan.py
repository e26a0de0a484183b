"""What an import would do, decided before anything is written: each note with its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from confnotes.digests import digest
from confnotes.imports import place
from confnotes.imports.codes import Code, problem
from confnotes.imports.event import scaffold
from confnotes.imports.existing import Existing, docname_of
from confnotes.imports.post import Post
from confnotes.model import Event, Guess, Note, Problem
from confnotes.notes import KnownEntities, read_note
from confnotes.notes.codes import NoteCode as Said
from confnotes.notes.entities.session_heading import SessionHeading, series_name
from confnotes.notes.session_spelling import correct_spellings
from confnotes.slugs import unique

CLEAR = 0.7
"""A guess of less confidence is one to look at."""
_UNSORTED = Guess(1, Code.NO_EVENT, "it names no event; move it to the folder of its own", 0.0)
_TOLD = frozenset({Said.EVENT_SPELLING})
"""Surer guesses that decide where a note is put."""
_UNTOLD = frozenset({Said.EVENT_FROM_PATH})
"""What the plan shows anyhow."""


class State(StrEnum):
    """What becomes of a planned note."""

    NEW = "new"
    THERE = "already there"
    TAKEN = "not written"


@dataclass(frozen=True, slots=True)
class Planned:
    """A note and its place. ``talks`` is how many were read in it there.

    ``target`` is relative to the project's root, and so is ``path``: the file that
    is there already or in the way, ``target`` itself when there is none.
    """

    post: Post
    target: str
    data: bytes
    talks: int
    state: State
    path: str
    unsure: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write: notes, and by their paths the pages of events that have none."""

    notes: tuple[Planned, ...]
    pages: dict[str, bytes]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A post as read where it comes from, and the docname of its event, empty if it names none.

    The bodies of ``note`` are left out: an export may hold very many.
    """

    post: Post
    note: Note
    event: str

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.post.path).suffix


def plan(
    posts: Sequence[Post],
    existing: Existing,
    *,
    default: SessionHeading | None = None,
    seen: Callable[[int], None] = lambda count: None,
) -> Plan:
    """Give every post its place.

    ``default`` is the event of posts that name none; ``seen`` is told after each
    step how many posts are done.
    """
    events = place.Events(existing.events)
    placed = list(_placed(posts, existing, events, default or SessionHeading()))
    every = events.all()
    known = KnownEntities(existing.known.people, tuple(every.values()))
    dated = _dated(placed, every)
    shelf = _Shelf(existing)
    notes: list[Planned] = []
    problems = [_homeless(one.post) for one in placed if not one.event]
    for count, (one, target) in enumerate(_targets(placed), 1):
        planned = _planned(one, dated[one.event], target, known, shelf)
        if planned.state is State.TAKEN:
            problems.append(conflict(planned))
        notes.append(planned)
        seen(count)
    entered = {
        f"{PurePosixPath(one.target).parent}/index" for one in notes if one.state is State.NEW
    }
    pages = {
        f"{docname}.md": scaffold(every[docname])
        for docname in sorted(entered)
        if docname not in existing.by_docname and place.is_sorted(docname)
    }
    return Plan(tuple(notes), pages, tuple(problems))


def _placed(
    posts: Sequence[Post], existing: Existing, events: place.Events, default: SessionHeading
) -> Iterator[_Placed]:
    """Read each post; then, with all names of events seen, tell which are misspelt."""
    read = [(post, _cover(post, existing.known)) for post in posts]
    said = [place.said(post, note) for post, note in read]
    often = Counter(when.event for when, _ in said if when.event)
    often.update(
        {name: len(posts) for event in existing.events for name in (event.name, *event.aliases)}
    )
    right = correct_spellings(often)
    covers = {
        PurePosixPath(post.path).parent: when
        for post, (when, in_text) in zip(posts, said, strict=True)
        if in_text and when.year and place.is_cover(post)
    }
    for (post, note), (when, in_text) in zip(read, said, strict=True):
        found = when if in_text else covers.get(PurePosixPath(post.path).parent, when)
        if name := right.get(found.event):
            found = replace(found, event=name, series=series_name(name))
        if not found.event:
            found = replace(default, year=default.year or found.year)
        elif found.year is None:
            found = replace(found, year=default.year)
        yield _Placed(post, note, events.place(found, in_text=in_text))


def _dated(placed: Iterable[_Placed], every: Mapping[str, Event]) -> dict[str, Event]:
    """Return the events of posts, each with its first day where that can be told."""
    by_event: defaultdict[str, list[tuple[Post, Note]]] = defaultdict(list)
    for one in placed:
        if one.event:
            by_event[one.event].append((one.post, one.note))
    return {
        docname: replace(event, start=event.start or place.first_day(said, event))
        for docname, said in by_event.items()
        for event in (every[docname],)
    }


def _cover(post: Post, known: KnownEntities) -> Note:
    note = read_note(post.note(), post.path, known=known)
    talks = tuple(replace(talk, body=()) for talk in note.talks)
    return replace(note, intro=(), talks=talks, outro=())


def _targets(placed: Iterable[_Placed]) -> list[tuple[_Placed, str]]:
    """Return each post that has an event with its path; no path depends on the order of posts."""
    housed = [one for one in placed if one.event]
    titles: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in housed:
        titles[one.event][one.post.identity] = place.stem(one.post, one.note)
    stems = {event: unique(of_event) for event, of_event in titles.items()}
    return [
        (one, one.event.removesuffix("index") + stems[one.event][one.post.identity] + one.suffix)
        for one in housed
    ]


class _Shelf:
    """The paths and contents that are taken, by files and by what is planned before."""

    def __init__(self, existing: Existing) -> None:
        self._by_content = dict(existing.by_content)
        self._by_docname = dict(existing.by_docname)

    def put(self, target: str, contents: Sequence[bytes]) -> tuple[State, str]:
        """Return whether one of ``contents`` can go to ``target``, and the file in its place."""
        for data in contents:
            if (path := self._by_content.get(digest(data))) is not None:
                return State.THERE, path
        if (path := self._by_docname.get(docname_of(target))) is not None:
            return State.TAKEN, path
        self._by_docname[docname_of(target)] = target
        self._by_content[digest(contents[0])] = target
        return State.NEW, target


def _planned(
    one: _Placed, event: Event, target: str, known: KnownEntities, shelf: _Shelf
) -> Planned:
    dated = place.fits(one.post, one.note, event)
    data = one.post.note(dated=dated)
    state, path = shelf.put(target, (data, one.post.note(dated=not dated)))
    note = read_note(data, target, known=known)
    homeless = () if place.is_sorted(one.event) else (_UNSORTED,)
    unsure = homeless + tuple(
        guess
        for guess in (*one.note.guesses, *note.guesses, *(g for t in note.talks for g in t.guesses))
        if guess.code not in _UNTOLD and (guess.confidence < CLEAR or guess.code in _TOLD)
    )
    return Planned(one.post, target, data, len(note.talks), state, path, unsure)


def _homeless(post: Post) -> Problem:
    return problem(
        Code.NO_EVENT,
        post.origin,
        "nothing tells the year of this note",
        "name its event: --event ‘Name Year’",
        line=post.line,
    )


def conflict(planned: Planned) -> Problem:
    """Return the problem of a note whose place is taken by another file."""
    return problem(
        Code.FILE_EXISTS,
        planned.path,
        f"another text than {planned.post.origin}:{planned.post.line}; it was left alone",
        "compare the two; to have the other one, delete this file and import again",
    )
