"""Names that may be one person, and names that may be several, with the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from confnotes.catalogue import Catalogue, Person, TalkEntry
from confnotes.lint.people import similar_people
from confnotes.names import identity_key
from confnotes.slugs import slugify

MIN_YEARS_APART = 5
_MAX_SHOWN = 3
_MIN_DIFFERENCES = 2
"""Of topics, affiliations and years, how many must differ between the talks of two people."""


@dataclass(frozen=True, kw_only=True)
class Merge:
    """``person`` may be ``into``; ``evidence`` says why, ``shared`` counts their common traits."""

    person: Person
    into: Person
    evidence: str
    shared: int


@dataclass(frozen=True, kw_only=True)
class Split:
    """``talks`` of ``person`` may be of somebody else, who would get the slug ``id``."""

    person: Person
    id: str
    talks: tuple[TalkEntry, ...]
    evidence: str


class _Traits:
    def __init__(self, catalogue: Catalogue, slug: str, talks: Iterable[TalkEntry]) -> None:
        self.talks = tuple(talks)
        self.topics = Counter(match.topic for talk in self.talks for match in talk.topics)
        self.with_whom = Counter(
            one for talk in self.talks for one in {*talk.people} if one != slug
        )
        self.affiliations = Counter(
            speaker.affiliation
            for talk in self.talks
            for one, speaker in talk.speakers
            if one == slug and speaker.affiliation
        )
        self.series = Counter(catalogue.events[talk.event].series for talk in self.talks)
        years = [catalogue.events[talk.event].year for talk in self.talks]
        self.first, self.last = (min(years), max(years)) if years else (0, 0)

    def of(self, slug: str) -> Iterator[Hashable]:
        """Yield a key for each trait; equal keys are evidence for one person."""
        yield from (("topic", topic) for topic in self.topics)
        yield from (("with", one) for one in self.with_whom)
        yield from (("affiliation", identity_key(name)) for name in self.affiliations)
        yield from (("series", identity_key(name)) for name in self.series)

    @property
    def span(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


def proposed_merges(catalogue: Catalogue) -> list[Merge]:
    """Return the pairs of names that may be one person, those with the most in common first."""
    found = [
        _merge(catalogue, person, into, why) for person, into, why in similar_people(catalogue)
    ]
    return sorted(found, key=lambda one: (-one.shared, one.person.slug, one.into.slug))


def _merge(catalogue: Catalogue, person: Person, into: Person, why: str) -> Merge:
    one, other = (
        _Traits(catalogue, each.slug, catalogue.talks_by_person[each.slug])
        for each in (person, into)
    )
    shared = [
        f"both {word} {_listed(names)}"
        for word, names in (
            (
                "with",
                [catalogue.people[slug].label for slug in _both(one.with_whom, other.with_whom)],
            ),
            ("of", _both(one.affiliations, other.affiliations)),
            ("on", [catalogue.topics[slug].title for slug in _both(one.topics, other.topics)]),
            ("at", _both(one.series, other.series)),
        )
        if names
    ]
    when = f"{len(one.talks)} of {one.span} and {len(other.talks)} of {other.span}"
    evidence = "; ".join([why, f"talks: {when}", *(shared or ["nothing in common"])])
    return Merge(person=person, into=into, evidence=evidence, shared=len(shared))


def _both(one: Counter[str], other: Counter[str]) -> list[str]:
    return [name for name, _count in (one & other).most_common()]


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MAX_SHOWN
    return ", ".join(names[:_MAX_SHOWN]) + (f" and {more} more" if more > 0 else "")


def proposed_splits(catalogue: Catalogue) -> list[Split]:
    """Return the talks that have no trait in common with the others of their speaker."""
    found: list[Split] = []
    for slug, talks in catalogue.talks_by_person.items():
        if len(talks) < 2 or catalogue.people[slug].namesakes:
            continue
        groups = sorted(_connected(catalogue, slug, talks), key=len)
        *rare, usual = (_Traits(catalogue, slug, group) for group in groups)
        made = (_split(catalogue.people[slug], catalogue, part, usual) for part in rare)
        found += filter(None, made)
    return sorted(found, key=lambda one: (one.person.slug, one.id))


def _connected(
    catalogue: Catalogue, slug: str, talks: Iterable[TalkEntry]
) -> list[list[TalkEntry]]:
    """Return groups of talks without a common trait."""
    groups: list[tuple[set[Hashable], list[TalkEntry]]] = []
    for talk in talks:
        keys, group = {*_Traits(catalogue, slug, [talk]).of(slug)}, [talk]
        apart = []
        for others, members in groups:
            if keys.isdisjoint(others):
                apart.append((others, members))
            else:
                keys, group = keys | others, [*members, *group]
        groups = [*apart, (keys, group)]
    return [group for _keys, group in groups]


def _split(person: Person, catalogue: Catalogue, part: _Traits, usual: _Traits) -> Split | None:
    apart = max(part.first - usual.last, usual.first - part.last)
    differences = [
        bool(part.topics and usual.topics),
        bool(part.affiliations and usual.affiliations),
        apart >= MIN_YEARS_APART,
    ]
    if sum(differences) < _MIN_DIFFERENCES:
        return None
    words = [*part.affiliations, *part.topics, str(part.first)]
    described = " and ".join(_described(catalogue, one) for one in (part, usual))
    return Split(
        person=person,
        id=slugify(f"{person.name} {words[0]}"),
        talks=part.talks,
        evidence=f"{described} have nothing in common",
    )


def _described(catalogue: Catalogue, traits: _Traits) -> str:
    number = len(traits.talks)
    said = [f"{number} talk{'s' * (number > 1)} of {traits.span}"]
    if topics := [catalogue.topics[slug].title for slug, _count in traits.topics.most_common()]:
        said.append(f"on {_listed(topics)}")
    if traits.affiliations:
        said.append(f"({_listed([*traits.affiliations])})")
    return " ".join(said)
