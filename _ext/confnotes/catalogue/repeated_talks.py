"""Talks that were given at several events, by ``Also at:`` fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz.fuzz import token_sort_ratio

from confnotes.catalogue.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.tracking import cached_query
from confnotes.names import normalize

MIN_SIMILARITY = 60.0
"""Of titles, in percent, where a speaker has several talks at the other event."""


def title_similarity(one: str, other: str) -> float:
    """Return the similarity of two titles in percent; the order of words does not count."""
    return token_sort_ratio(normalize(one), normalize(other))


@cached_query
def repeated_talks(catalogue: Catalogue) -> Mapping[str, tuple[TalkEntry, ...]]:
    """Return the groups of talks that are one, in chronological order, by object name."""
    groups: dict[str, dict[str, TalkEntry]] = {}
    for talk in catalogue.talks:
        for value in talk.talk.also:
            event = catalogue.event(value.text)
            there = catalogue.talks_by_event.get(event.docname, ()) if event else ()
            if other := _find(talk, there):
                one = groups.get(talk.object_name, {talk.object_name: talk})
                one |= groups.get(other.object_name, {other.object_name: other})
                groups |= dict.fromkeys(one, one)
    if not groups:
        return {}
    place = {talk.object_name: at for at, talk in enumerate(catalogue.talks)}
    return {
        name: tuple(group[one] for one in sorted(group, key=place.__getitem__))
        for name, group in groups.items()
    }


def _find(talk: TalkEntry, there: Iterable[TalkEntry]) -> TalkEntry | None:
    """Return the only talk of a speaker of ``talk``, else the one with the most similar title."""
    of_speaker = [
        other
        for other in there
        if other.event != talk.event and not {*talk.people}.isdisjoint(other.people)
    ]
    if len(of_speaker) == 1:
        return of_speaker[0]
    by_title = {title_similarity(talk.title, other.title): other for other in of_speaker}
    best = max(by_title, default=0.0)
    return by_title[best] if best >= MIN_SIMILARITY else None
