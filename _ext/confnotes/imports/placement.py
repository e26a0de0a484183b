"""The event of an imported note, and the name of its file."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from confnotes.imports.source_post import SourcePost
from confnotes.model import Event, Note
from confnotes.names import identity_key
from confnotes.notes.codes import GuessCode
from confnotes.notes.entities.event_names import YEAR, series_name
from confnotes.notes.entities.path_clues import event_of_path, without_ids
from confnotes.notes.entities.session_heading import SessionHeading, parse_session_heading
from confnotes.notes.event_and_date import date_of_day
from confnotes.notes.languages.dates import match_day
from confnotes.slugs import slugify

_UNSORTED = "unsorted"
_GENERAL = re.compile(r"(?:readme|index|notes?|post|untitled)", re.IGNORECASE)
_STAMPED = re.compile(r"(?P<year>\d{4})-\d\d-\d\d(?:-\d{4})?-(?P<name>[a-z][a-z0-9.]*)(?=-|$)")
_DAY = re.compile(r"(?<=\d{4}) \d\d \d\d\b")
_TYPED = 1_000_000


def event_of_import(post: SourcePost, note: Note) -> tuple[SessionHeading, bool]:
    """Return the event of a post, and whether its own text names it.

    Otherwise its tags do, or its path: ``2031-04-02-0930-stoneconf-pumps``, a folder
    ``berlin-stones-2031``, or folders near one of a year. Without a year, the year of posting
    counts.
    """
    in_text = bool(note.event) and all(g.code != GuessCode.EVENT_FROM_PATH for g in note.guesses)
    series = note.series or note.event
    series = series_name(series) if note.year and str(note.year) in series else series
    of_path = event_of_path(PurePosixPath(post.path))
    location = of_path.location if note.event == of_path.event else ""
    when = SessionHeading(event=note.event, series=series, year=note.year, location=location)
    if not when.event:
        when = next(_event_hints(post), when)
    if when.year is None and post.metadata.posted:
        when = replace(when, year=post.metadata.posted.year)
    return when, in_text


def _event_hints(post: SourcePost) -> Iterator[SessionHeading]:
    """Yield the events that tags, the file's name and its folders name with their years."""
    for tag in post.metadata.tags:
        found = parse_session_heading(tag)
        if found.event and found.year and not found.unparsed:
            yield found
    path = PurePosixPath(post.path)
    stamped = _STAMPED.match(path.stem)
    if stamped and parse_session_heading(f"{stamped['name']} day 1").event:
        name, year = stamped["name"], int(stamped["year"])
        yield SessionHeading(event=f"{name} {year}", series=name, year=year)
    for folder in path.parents:
        words = _DAY.sub("", re.sub(r"[-_ ]+", " ", folder.name))
        match = YEAR.search(words)
        if match and (series := series_name(words)):
            yield SessionHeading(event=words, series=series, year=int(match.group()))


class Events:
    """The events of the project, and the new ones that imported notes name."""

    def __init__(self, known: Iterable[Event]) -> None:
        self._by_docname: dict[str, Event] = {}
        self._by_name: dict[tuple[int, str], Event] = {}
        self._typed: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for event in known:
            self._by_docname[event.docname] = event
            names = (event.name, *event.aliases)
            for name in (*names, *map(series_name, names), event.series):
                self._by_name.setdefault((event.year, identity_key(name)), event)

    def find_or_add(self, when: SessionHeading, *, in_text: bool) -> str:
        """Return the docname of the event that ``when`` names, empty without a year.

        A name ``in_text`` is the author's spelling, and overrules the names of folders.
        """
        if when.year is None:
            return ""
        for name in (when.event, when.series):
            if name and (event := self._by_name.get((when.year, identity_key(name)))):
                return event.docname
        series = when.series or _UNSORTED
        docname = f"years/{when.year:04}/{slugify(series)}/index"
        if docname not in self._by_docname or self._typed[docname]:
            name = when.event or _UNSORTED
            dated = parse_session_heading(name).year == when.year or str(when.year) in name
            weight = _TYPED if in_text else 1
            self._typed[docname][name if dated else f"{name} {when.year}"] += weight
            name, _ = self._typed[docname].most_common(1)[0]
            self._by_docname[docname] = Event(
                name=name, series=series, year=when.year, docname=docname, location=when.location
            )
        return docname

    def by_docname(self) -> dict[str, Event]:
        """Return every event by its docname; a new one has the name that most of its notes use."""
        return dict(self._by_docname)


def has_event(docname: str) -> bool:
    """Return False for the folder of notes that name no event."""
    return not docname.endswith(f"/{_UNSORTED}/index")


def first_day(notes: Iterable[tuple[SourcePost, Note]], event: Event) -> date | None:
    """Return the first day of an event, inferred from the dates at which notes were posted.

    The majority decides. In a tie none can be trusted, so a day is returned that fits no post.
    """
    votes: Counter[date] = Counter()
    for post, note in notes:
        on = post.metadata.posted
        if on is None or _weekday(note) is not None:
            continue
        with suppress(LookupError, OverflowError):  # a date may be the calendar’s last
            if day := date_of_day(note.day, replace(event, start=on, end=None)):
                votes[on - (day - on)] += 1
    ranking = votes.most_common(2)
    if len(ranking) == 2 and ranking[0][1] == ranking[1][1]:
        return date.min
    return ranking[0][0] if ranking else None


def _weekday(note: Note) -> int | None:
    day = match_day(note.day)
    return day.weekday if day else None


def date_matches(post: SourcePost, note: Note, event: Event) -> bool:
    """Return True if the day of posting can be the day of the note."""
    on = post.metadata.posted
    if on is None:
        return True
    if event.start and event.end and not event.start <= on <= event.end:
        return False
    try:
        day = date_of_day(note.day, event)
    except LookupError:
        return True
    return day == on if day else _weekday(note) in (None, on.weekday())


def file_stem(post: SourcePost, note: Note) -> str:
    """Return a title for the file: its own name, else day and session, else the title."""
    own = without_ids(PurePosixPath(post.path)).stem
    if post.named and not _GENERAL.fullmatch(own):
        return own
    session = " ".join(filter(None, (note.day, note.session)))
    if session and not parse_session_heading(post.metadata.title).unparsed:
        return session
    talks = [talk.title for talk in note.talks[:1]]
    return next(filter(None, (post.metadata.title, note.title, *talks)), own)
