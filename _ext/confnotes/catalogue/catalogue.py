"""The catalogue: people, topics, talks, notes, events and pages, by slug or docname."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from confnotes.catalogue.hide_former_names import FormerNames
from confnotes.catalogue.person import Person
from confnotes.catalogue.programme import Programme
from confnotes.catalogue.summaries import NoteSummary
from confnotes.catalogue.topics import Topic, TopicMatch, Vocabulary
from confnotes.catalogue.tracking import QueryTracker, cached_query
from confnotes.grouping import group
from confnotes.model import Event, Note, Problem, Speaker, Talk
from confnotes.names import identity_key, normalize


@dataclass(frozen=True, slots=True, kw_only=True)
class HandwrittenPage:
    """A hand-written page; ``path`` is relative to the root, ``title`` its heading."""

    path: str
    title: str
    is_as_published: bool = True
    """False for a file that is not UTF-8, or has a former name."""
    references: tuple[tuple[str, str], ...] = ()
    """Role and target of each reference to a speaker, topic, event or talk."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TalkEntry:
    """A talk in its note. ``node_id`` is its anchor, which depends on the title alone.

    ``title`` is the displayed one, also if the talk has none; ``slugs`` are those of
    ``talk.speakers``, in their order, empty for a name that is too unsure for a page.
    """

    docname: str
    node_id: str
    title: str
    event: str
    talk: Talk
    slugs: tuple[str, ...] = ()
    topics: tuple[TopicMatch, ...] = ()
    date: date | None = None
    digest: str = ""
    """A digest of the talk and its note."""

    def __repr__(self) -> str:
        return f"<{self.object_name} {self.digest}>"

    @property
    def is_titled(self) -> bool:
        """Whether ``title`` is typed; if not, it is made of the kind and the speakers."""
        return self.title == self.talk.title

    @property
    def people(self) -> tuple[str, ...]:
        """The slugs of the speakers who have a page."""
        return tuple(filter(None, self.slugs))

    @property
    def speakers(self) -> tuple[tuple[str, Speaker], ...]:
        """The speakers who have a page, by their slugs."""
        pairs = zip(self.slugs, self.talk.speakers, strict=True)
        return tuple((slug, speaker) for slug, speaker in pairs if slug)

    @property
    def object_name(self) -> str:
        """The talk's name in the inventory."""
        return f"{self.docname}#{self.node_id}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NoteEntry:
    """A note in the catalogue. ``event`` is the docname of its event, ``label`` its short title."""

    docname: str
    event: str
    label: str
    note: Note
    talks: tuple[TalkEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is wrong with the topics of its talks."""
    digest: str = ""
    """A digest of all its fields."""

    def __repr__(self) -> str:
        return f"<{self.docname} {self.digest}>"


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Catalogue:
    """All notes and pages of a project.

    Notes and events are in chronological order, and so is every list that is made of them;
    people, topics and hand-written pages are sorted by key. The keys of people and topics are
    slugs, all others docnames; a programme has the docname of its event.
    """

    root: Path
    notes: Mapping[str, NoteEntry]
    summaries: Mapping[str, NoteSummary]
    """Also of notes that are not among :attr:`notes`."""
    events: Mapping[str, Event]
    people: Mapping[str, Person]
    topics: Mapping[str, Topic]
    programmes: Mapping[str, Programme]
    handwritten: Mapping[str, HandwrittenPage]
    problems: tuple[Problem, ...]
    people_by_name: Mapping[str, str]
    """Slugs by :func:`identity_key` of every spelling, those of pages also by ``[slug]``."""
    topics_by_name: Mapping[str, str]
    events_by_name: Mapping[str, str]
    assets: tuple[str, ...]
    """Paths of files below ``years/`` that are neither notes nor pages."""
    excluded: tuple[str, ...]
    """Paths of files and folders that the settings of the site exclude."""
    unread: tuple[str, ...]
    """Paths of files and folders that are on no page, for which there is a problem."""
    not_utf8: frozenset[str]
    """Paths of files that were read and are not UTF-8."""
    vocabulary: Vocabulary
    former: FormerNames
    """The names that are hidden in all text of the catalogue."""
    source_digest: str
    """A digest of all that was read."""
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    """Unsaved text in an editor, by path; it replaces that of the files."""
    tracker: QueryTracker = field(default_factory=QueryTracker)

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if isinstance(value, Mapping):
                object.__setattr__(self, name, self.tracker.store(name, value))

    def person(self, name: str) -> Person | None:
        """Return the person called ``name`` in any spelling."""
        slug = self.people_by_name.get(identity_key(name))
        return self.people[slug] if slug is not None else None

    def topic(self, name: str) -> Topic | None:
        """Return the topic called ``name``: its title, address or a phrase of its own."""
        slug = self.topics_by_name.get(identity_key(name))
        return self.topics[slug] if slug is not None else None

    def event(self, name: str) -> Event | None:
        docname = self.events_by_name.get(identity_key(name))
        return self.events[docname] if docname is not None else None

    def date_of(self, talk: TalkEntry) -> date:
        """Return the day of a talk, or the first possible one."""
        event = self.events[talk.event]
        return talk.date or event.start or date(event.year, 1, 1)

    def ancestors(self, topic: str) -> Iterator[Topic]:
        """Yield the broader topics of the topic with this slug, nearest first."""
        while topic := self.topics[topic].parent:
            yield self.topics[topic]

    def editions(self, event: Event) -> tuple[Event, ...]:
        """Return all editions of the series of ``event``, including itself, in their order."""
        return self.series[identity_key(event.series)]

    @property
    @cached_query
    def talks(self) -> tuple[TalkEntry, ...]:
        return tuple(talk for entry in self.notes.values() for talk in entry.talks)

    @property
    @cached_query
    def talks_by_person(self) -> Mapping[str, tuple[TalkEntry, ...]]:
        return group((slug, talk) for talk in self.talks for slug in dict.fromkeys(talk.people))

    @property
    @cached_query
    def talks_by_topic(self) -> Mapping[str, tuple[TalkEntry, ...]]:
        return group((match.topic, talk) for talk in self.talks for match in talk.topics)

    @property
    @cached_query
    def talks_under_topic(self) -> Mapping[str, tuple[TalkEntry, ...]]:
        """Talks by the slug of a topic, including those on narrower topics, each once."""
        return group(
            (slug, talk)
            for talk in self.talks
            for slug in dict.fromkeys(
                topic.slug
                for match in talk.topics
                for topic in (self.topics[match.topic], *self.ancestors(match.topic))
            )
        )

    @property
    @cached_query
    def talks_by_event(self) -> Mapping[str, tuple[TalkEntry, ...]]:
        return group((talk.event, talk) for talk in self.talks)

    @property
    @cached_query
    def notes_by_event(self) -> Mapping[str, tuple[NoteEntry, ...]]:
        return group((entry.event, entry) for entry in self.notes.values())

    @property
    @cached_query
    def years(self) -> Mapping[int, tuple[Event, ...]]:
        """Events by year, in their order."""
        return group((event.year, event) for event in self.events.values())

    @property
    @cached_query
    def series(self) -> Mapping[str, tuple[Event, ...]]:
        """Editions by the :func:`identity_key` of their series, in their order."""
        return group((identity_key(event.series), event) for event in self.events.values())

    @property
    @cached_query
    def children_of_topic(self) -> Mapping[str, tuple[Topic, ...]]:
        """Topics by their parent's slug, by title; ``""`` has those without a parent."""
        return group((topic.parent, topic) for topic in self.topics_sorted)

    @property
    @cached_query
    def topics_sorted(self) -> tuple[Topic, ...]:
        return tuple(sorted(self.topics.values(), key=lambda one: (normalize(one.title), one.slug)))

    @property
    @cached_query
    def people_sorted(self) -> tuple[Person, ...]:
        return tuple(
            sorted(self.people.values(), key=lambda person: (person.sort_key, person.slug))
        )
