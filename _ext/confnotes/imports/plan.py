"""The plan of an import, made before anything is written: the path of each note."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from confnotes.catalogue.events import event_of
from confnotes.grouping import group
from confnotes.imports import placement
from confnotes.imports.codes import ImportCode
from confnotes.imports.new_pages import render_event_page
from confnotes.imports.project_index import ProjectIndex
from confnotes.imports.source_post import SourcePost
from confnotes.model import Event, Guess, KnownEntities, Note, Problem
from confnotes.notes.codes import GuessCode
from confnotes.notes.entities.event_names import series_name
from confnotes.notes.entities.path_clues import day_folder
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.misspelt_events import correct_event_spellings
from confnotes.notes.pipeline import read_note
from confnotes.slugs import slugify, unique_slugs

_READMES = frozenset({"readme", "index"})
CLEAR = 0.7
"""The least confidence of a guess that is not listed."""
_UNSORTED = Guess(
    1, ImportCode.NO_EVENT, "it names no event; move it to the folder of its own", 0.0
)


class ImportState(StrEnum):
    """What becomes of a planned note."""

    NEW = "new"
    EXISTS = "already there"
    CONFLICT = "not written"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNote:
    """A note and its path. ``talks`` is the number of talks in it.

    ``target`` and ``path`` are relative to the project's root; ``path`` is an existing file of the
    same content or at the same place, else ``target``.
    """

    post: SourcePost
    target: str
    data: bytes
    talks: int
    state: ImportState
    path: str
    unsure: tuple[Guess, ...] = ()

    @property
    def event(self) -> str:
        """The docname of the event in whose folder the note is."""
        return event_of(self.target)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What to write: notes, and by their paths the pages of events that have none."""

    notes: tuple[PlannedNote, ...]
    pages: dict[str, bytes]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A post as read at its source, and the docname of its event, empty if it names none.

    ``note`` has no bodies, since an export may have very many.
    """

    post: SourcePost
    note: Note
    event: str


def plan_import(
    posts: Sequence[SourcePost],
    existing: ProjectIndex,
    *,
    default: SessionHeading | None = None,
    on_progress: Callable[[int], None] = lambda count: None,
) -> ImportPlan:
    """Choose the path of every post; ``default`` is the event of posts that name none.

    ``on_progress`` is called after each step with the number of posts that are done.
    """
    events = placement.Events(existing.known.events)
    placed = list(_place_posts(posts, existing, events, default or SessionHeading()))
    every = events.by_docname()
    known = KnownEntities(existing.known.people, tuple(every.values()))
    dated = _date_events(placed, every)
    index = replace(
        existing, by_content={**existing.by_content}, by_docname={**existing.by_docname}
    )
    notes: list[PlannedNote] = []
    message, hint = "could not determine event and year", "pass --event ‘Name Year’"
    problems = [
        Problem.of(ImportCode.NO_EVENT, one.post.origin, message, hint, line=one.post.line)
        for one in placed
        if not one.event
    ]
    for count, (one, target) in enumerate(_target_paths(placed), 1):
        planned = _plan_note(one, dated[one.event], target, known, index)
        if planned.state is ImportState.CONFLICT:
            problems.append(conflict_problem(planned))
        notes.append(planned)
        on_progress(count)
    entered = {one.event for one in notes if one.state is ImportState.NEW}
    pages = {
        f"{docname}.md": render_event_page(every[docname])
        for docname in sorted(entered)
        if docname not in existing.by_docname and placement.has_event(docname)
    }
    return ImportPlan(tuple(notes), pages, tuple(problems))


def _place_posts(
    posts: Sequence[SourcePost],
    existing: ProjectIndex,
    events: placement.Events,
    default: SessionHeading,
) -> Iterator[_Placed]:
    """Read each post; then correct misspelt names of events, and find their events."""
    notes = [_read_without_body(post, existing.known) for post in posts]
    pairs = zip(posts, notes, strict=True)
    found = _by_place([placement.event_of_import(post, note) for post, note in pairs])
    counts = Counter(when.event for when, _ in found if when.event)
    for event in existing.known.events:
        counts.update(dict.fromkeys((event.name, *event.aliases), len(posts)))
    corrected = correct_event_spellings(counts)
    folders = [PurePosixPath(post.path).parent for post in posts]
    readme_events = {
        folder: when
        for post, folder, (when, in_text) in zip(posts, folders, found, strict=True)
        if in_text and when.year and PurePosixPath(post.path).stem.casefold() in _READMES
    }
    for post, note, folder, (own, in_text) in zip(posts, notes, folders, found, strict=True):
        when = own if in_text else readme_events.get(folder, own)
        if name := corrected.get(when.event):
            when = replace(when, event=name, series=series_name(name))
        if not when.event:
            when = replace(default, year=default.year or when.year)
        elif when.year is None:
            when = replace(when, year=default.year)
        yield _Placed(post, note, events.find_or_add(when, in_text=in_text))


def _date_events(placed: Iterable[_Placed], every: Mapping[str, Event]) -> dict[str, Event]:
    """Return the events of posts, each with its first day if that can be inferred."""
    by_event = group((one.event, (one.post, one.note)) for one in placed if one.event)
    dated = {}
    for docname, notes in by_event.items():
        event = every[docname]
        dated[docname] = replace(event, start=event.start or placement.first_day(notes, event))
    return dated


def _read_without_body(post: SourcePost, known: KnownEntities) -> Note:
    note = read_note(post.to_note_bytes(), post.path, known=known)
    talks = tuple(replace(talk, body=()) for talk in note.talks)
    return replace(note, intro=(), talks=talks, closing=())


def _target_paths(placed: Iterable[_Placed]) -> Iterator[tuple[_Placed, str]]:
    """Yield the path of each post with an event; it does not depend on the order of posts.

    It is in the folder of the event, or of a day in it.
    """
    with_event = [one for one in placed if one.event]
    titles: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in with_event:
        titles[one.event][one.post.identity] = placement.file_stem(one.post, one.note)
    stems = {event: unique_slugs(of_event) for event, of_event in titles.items()}
    for one in with_event:
        path = PurePosixPath(one.post.path)
        day = day_folder(path)
        folder = f"{slugify(day)}/" if day else ""
        stem = stems[one.event][one.post.identity]
        yield one, f"{one.event.removesuffix('index')}{folder}{stem}{path.suffix}"


def _by_place(found: Sequence[tuple[SessionHeading, bool]]) -> list[tuple[SessionHeading, bool]]:
    """Return the events; those of one series and year in several places are separate."""
    places = group(((when.series, when.year), when.location) for when, _ in found)
    return [(_with_place(when, places[when.series, when.year]), typed) for when, typed in found]


def _with_place(when: SessionHeading, places: Collection[str]) -> SessionHeading:
    if len({*places}) == 1:
        return when
    series = f"{when.series} {when.location}".strip()
    return replace(when, event=f"{series} {when.year}", series=series)


def _plan_note(
    one: _Placed, event: Event, target: str, known: KnownEntities, index: ProjectIndex
) -> PlannedNote:
    dated = placement.date_matches(one.post, one.note, event)
    data = one.post.to_note_bytes(dated=dated)
    same, other = index.find_or_add(target, (data, one.post.to_note_bytes(dated=not dated)))
    state = ImportState.EXISTS if same else ImportState.CONFLICT if other else ImportState.NEW
    note = read_note(data, target, known=known)
    guesses = (*one.note.guesses, *note.guesses, *(g for talk in note.talks for g in talk.guesses))
    unsure = [guess for guess in guesses if _is_worth_a_look(guess)]
    if not placement.has_event(one.event):
        unsure.insert(0, _UNSORTED)
    return PlannedNote(
        post=one.post,
        target=target,
        data=data,
        talks=len(note.talks),
        state=state,
        path=same or other or target,
        unsure=tuple(unsure),
    )


def _is_worth_a_look(guess: Guess) -> bool:
    """Return True if a guess is unsure or about the name of the event."""
    if guess.code == GuessCode.EVENT_FROM_PATH:
        return False
    return guess.confidence < CLEAR or guess.code == GuessCode.EVENT_SPELLING


def conflict_problem(planned: PlannedNote) -> Problem:
    """Return the problem of a note with an existing file at its path."""
    origin = f"{planned.post.origin}:{planned.post.line}"
    message = f"the file exists with another text than {origin}; not overwritten"
    hint = "compare the two; to have the other one, delete this file and import again"
    return Problem.of(ImportCode.FILE_EXISTS, planned.path, message, hint)
