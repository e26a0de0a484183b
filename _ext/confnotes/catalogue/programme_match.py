"""Match noted talks to those of a programme, by title, speakers and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from confnotes.catalogue.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.programme import Programme, ScheduledTalk, day_of
from confnotes.catalogue.tracking import cached_query
from confnotes.names import identity_key, normalize

_SAME_TITLE = 0.87
"""Similarity of titles that makes a match by itself."""
_SAME_SPEAKER_TITLE = 0.45
"""Similarity of titles that makes a match if the two talks share a speaker."""
_SPEAKER_WEIGHT, _DAY_WEIGHT = 0.5, 0.25
_PREFIX, _MIN_WORDS = 3, 3
"""Letters of a word that make a key; least words of a title that may be part of another."""


@cached_query
def scheduled_talks(catalogue: Catalogue) -> Mapping[str, ScheduledTalk]:
    """Return the announced talk that matches each noted one, by its object name."""
    return {
        name: scheduled
        for event, programme in catalogue.programmes.items()
        for name, scheduled in match_talks(catalogue.talks_by_event.get(event, ()), programme)
    }


@cached_query
def noted_talks(catalogue: Catalogue) -> Mapping[str, Mapping[str, str]]:
    """Return the object names of the noted talks of each event by the ids of the announced ones."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    scheduled = scheduled_talks(catalogue)
    for talk in catalogue.talks:
        if talk.object_name in scheduled:
            found[talk.event][scheduled[talk.object_name].id] = talk.object_name
    return found


def match_talks(
    talks: Sequence[TalkEntry], programme: Programme
) -> Iterator[tuple[str, ScheduledTalk]]:
    """Yield matching pairs, the most similar first; no talk is in two."""
    by_key: defaultdict[str, set[int]] = defaultdict(set)
    for at, scheduled in enumerate(programme.talks):
        for key in _keys(scheduled.title, scheduled.speakers):
            by_key[key].add(at)
    scores = sorted(
        (-score, at, other)
        for at, talk in enumerate(talks)
        for other in set().union(*(by_key.get(key, ()) for key in _keys(talk.title, _names(talk))))
        if (score := _score(talk, programme.talks[other]))
    )
    noted: set[int] = set()
    announced: set[int] = set()
    for _negative, at, other in scores:
        if at not in noted and other not in announced:
            noted.add(at)
            announced.add(other)
            yield talks[at].object_name, programme.talks[other]


def _score(talk: TalkEntry, scheduled: ScheduledTalk) -> float:
    """Return a score for the two being one talk, 0 if they are not."""
    title = _title_similarity(talk, scheduled)
    speakers = set(map(identity_key, _names(talk)))
    is_shared = not speakers.isdisjoint(map(identity_key, scheduled.speakers))
    if title < (_SAME_SPEAKER_TITLE if is_shared else _SAME_TITLE):
        return 0
    day = day_of(scheduled.start)
    same_day = _DAY_WEIGHT if talk.date and talk.date == day else 0
    return title + is_shared * _SPEAKER_WEIGHT + same_day


def _title_similarity(talk: TalkEntry, scheduled: ScheduledTalk) -> float:
    """Return a number from 0 to 1; a typed title may be part of the announced one.

    A talk without a title is matched by its speakers, and better if the kind is the same.
    """
    if not talk.is_titled:
        is_of_kind = talk.talk.kind.value in normalize(f"{scheduled.kind} {scheduled.title}")
        return _SAME_SPEAKER_TITLE + 0.25 * is_of_kind
    short = normalize(talk.title)
    best = 0.0
    for title in {scheduled.title, f"{scheduled.title} {scheduled.subtitle}".strip()}:
        whole = normalize(title)
        best = max(best, fuzz.ratio(short, whole))
        if len(short.split()) >= _MIN_WORDS:
            best = max(best, fuzz.token_set_ratio(short, whole) * 0.95)
    return best / 100


def _names(talk: TalkEntry) -> list[str]:
    return [speaker.name for speaker in talk.talk.speakers]


def _keys(title: str, names: Iterable[str]) -> Iterator[str]:
    """Yield keys; two talks are compared only if they share one."""
    yield normalize(title)
    for word in normalize(title).split():
        if len(word) > _PREFIX:
            yield word[:_PREFIX]
    for name in names:
        yield f"@{identity_key(name)}"
