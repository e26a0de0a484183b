"""Names that may be one person, and names that may be several, with the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from confnotes.catalogue import Catalogue, Person, TalkEntry
from confnotes.lint.speaker_rules import similar_people
from confnotes.names import identity_key
from confnotes.slugs import slugify

MIN_YEARS_APART = 5
_MAX_SHOWN = 3
_MIN_DIFFERENCES = 2
"""Of topics, affiliations and years, how many must differ between the talks of two people."""
_Traits: TypeAlias = Mapping[str, Counter[str]]
"""What talks of a person have, by the word before it: with whom, of which company, on, at."""


@dataclass(frozen=True, kw_only=True)
class Split:
    """``talks`` of ``person`` may be of somebody else, who would get the slug ``id``."""

    person: Person
    id: str
    talks: Sequence[TalkEntry]
    evidence: str


def proposed_merges(catalogue: Catalogue) -> list[tuple[Person, Person, str]]:
    """Return the pairs of people that may be one, with the evidence.

    Those with the most in common come first.
    """
    found = []
    for person, into, why in similar_people(catalogue):
        talks = {each.slug: catalogue.talks_by_person[each.slug] for each in (person, into)}
        one, other = (_traits(catalogue, slug, given) for slug, given in talks.items())
        shared = [
            f"both {kind} {_listed(catalogue, kind, both)}"
            for kind in one
            if (both := one[kind] & other[kind])
        ]
        when = " and ".join(f"{len(of)} of {_span(catalogue, of)}" for of in talks.values())
        evidence = "; ".join([why, f"talks: {when}", *(shared or ["nothing in common"])])
        found.append((-len(shared), person, into, evidence))
    return [(person, into, evidence) for _order, person, into, evidence in sorted(found)]


def proposed_splits(catalogue: Catalogue) -> list[Split]:
    """Return the talks that have no trait in common with the others of their speaker."""
    found = []
    for slug, talks in catalogue.talks_by_person.items():
        person = catalogue.people[slug]
        if len(talks) > 1 and not person.namesakes:
            *rare, usual = sorted(_connected(catalogue, slug, talks), key=len)
            found += [_split(person, catalogue, group, usual) for group in rare]
    return sorted(filter(None, found), key=lambda one: (one.person.slug, one.id))


def _connected(
    catalogue: Catalogue, slug: str, talks: Iterable[TalkEntry]
) -> list[list[TalkEntry]]:
    """Return groups of talks without a common trait."""
    groups: list[tuple[set[tuple[str, str]], list[TalkEntry]]] = []
    for talk in talks:
        traits = _traits(catalogue, slug, [talk])
        keys = {(kind, identity_key(name)) for kind, names in traits.items() for name in names}
        group, apart = [talk], []
        for others, members in groups:
            if keys.isdisjoint(others):
                apart.append((others, members))
            else:
                keys, group = keys | others, [*members, *group]
        groups = [*apart, (keys, group)]
    return [group for _keys, group in groups]


def _split(
    person: Person, catalogue: Catalogue, part: Sequence[TalkEntry], usual: Sequence[TalkEntry]
) -> Split | None:
    one, other = (_traits(catalogue, person.slug, talks) for talks in (part, usual))
    (first, last), (start, end) = (_years(catalogue, talks) for talks in (part, usual))
    differences = [
        bool(one["on"] and other["on"]),
        bool(one["of"] and other["of"]),
        max(first - end, start - last) >= MIN_YEARS_APART,
    ]
    if sum(differences) < _MIN_DIFFERENCES:
        return None
    word = next(iter([*one["of"], *one["on"], str(first)]))
    described = " and ".join(
        _described(catalogue, talks, traits) for talks, traits in ((part, one), (usual, other))
    )
    return Split(
        person=person,
        id=slugify(f"{person.name} {word}"),
        talks=part,
        evidence=f"{described} have nothing in common",
    )


def _traits(catalogue: Catalogue, slug: str, talks: Iterable[TalkEntry]) -> _Traits:
    traits: dict[str, Counter[str]] = {kind: Counter() for kind in ("with", "of", "on", "at")}
    for talk in talks:
        traits["with"].update({*talk.people} - {slug})
        firms = (speaker.affiliation for one, speaker in talk.speakers if one == slug)
        traits["of"].update(filter(None, firms))
        traits["on"].update(match.topic for match in talk.topics)
        traits["at"][catalogue.events[talk.event].series] += 1
    return traits


def _years(catalogue: Catalogue, talks: Iterable[TalkEntry]) -> tuple[int, int]:
    years = [catalogue.events[talk.event].year for talk in talks]
    return min(years), max(years)


def _span(catalogue: Catalogue, talks: Iterable[TalkEntry]) -> str:
    first, last = _years(catalogue, talks)
    return f"{first}" if first == last else f"{first}–{last}"


def _described(catalogue: Catalogue, talks: Sequence[TalkEntry], traits: _Traits) -> str:
    said = f"{len(talks)} talk{'s' * (len(talks) > 1)} of {_span(catalogue, talks)}"
    if traits["on"]:
        said += f" on {_listed(catalogue, 'on', traits['on'])}"
    return f"{said} ({_listed(catalogue, 'of', traits['of'])})" if traits["of"] else said


def _listed(catalogue: Catalogue, kind: str, found: Counter[str]) -> str:
    names = [_label(catalogue, kind, name) for name, _count in found.most_common()]
    more = len(names) - _MAX_SHOWN
    return ", ".join(names[:_MAX_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _label(catalogue: Catalogue, kind: str, name: str) -> str:
    match kind:
        case "with":
            return catalogue.people[name].label
        case "on":
            return catalogue.topics[name].title
    return name
