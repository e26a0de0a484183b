"""Related talks, by the rare topics that they share, and people mentioned in talks.

Each is computed once for a catalogue, in linear time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, zip_longest
from typing import NamedTuple

from confnotes.body import iter_lines
from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.phrase_matcher import PhraseMatcher
from confnotes.catalogue.tracking import cached_query
from confnotes.pages import cross_references, programme_blocks, talk_list
from confnotes.pages.elements import bullets, item, section, span
from confnotes.pages.i18n import _
from confnotes.pages.page_model import Inline, Section, Text

_MOST, _RAREST, _NEAR = 3, 3, 6
"""Related talks of a talk; topics of it that are looked at; talks on either side in each."""
_MAX_ON_PAGE, _REASONS = 6, 3
"""Related talks on one page, and common topics of each, that are shown."""
_MAX_MENTIONS = 6
_BETWEEN = "\0"
"""The separator of lines, so that no name is matched across two."""


class Related(NamedTuple):
    """Another talk, and the slugs of the common topics, the rarest first."""

    talk: TalkEntry
    topics: tuple[str, ...]


@cached_query
def related_talks(catalogue: Catalogue) -> Mapping[str, tuple[Related, ...]]:
    """Return the talks of other notes that are nearest to each talk, by its name.

    Only talks of its rarest topics, held around the same time, are compared. So a topic of
    thousands costs no more than one of ten.
    """
    talks_on = catalogue.talks_by_topic
    on = {talk.object_name: {match.topic for match in talk.topics} for talk in catalogue.talks}
    weight = {slug: 1 / len(talks) for slug, talks in talks_on.items()}
    place = {
        (slug, talk.object_name): at
        for slug, talks in talks_on.items()
        for at, talk in enumerate(talks)
    }
    found = {}
    for talk in catalogue.talks:
        rarest = sorted((len(talks_on[match.topic]), match.topic) for match in talk.topics)
        near = {}
        for _number, slug in rarest[:_RAREST]:
            at = place[slug, talk.object_name]
            for other in talks_on[slug][max(0, at - _NEAR) : at + _NEAR + 1]:
                if other.docname != talk.docname:
                    near[other.object_name] = other
        shared = []
        for name, other in near.items():
            topics = tuple(slug for _number, slug in rarest if slug in on[name])
            shared.append((-sum(map(weight.__getitem__, topics)), name, Related(other, topics)))
        if shared:
            found[talk.object_name] = tuple(one for *_order, one in sorted(shared)[:_MOST])
    return found


@cached_query
def people_mentioned_in(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Return the people whom the text of each talk names in full, by the talk's name.

    Its own speakers are left out, and names of one word or of several people.
    """
    people = PhraseMatcher(
        (name, person.slug)
        for person in catalogue.people.values()
        for name in (person.name, *person.aliases)
        if " " in name.strip() and not person.namesakes
    )
    found = {}
    for talk in catalogue.talks:
        text = _BETWEEN.join(text for _, _, text in iter_lines(talk.talk.body))
        named = dict.fromkeys(match.value for match in people.find(text))
        others = tuple(slug for slug in named if slug not in talk.people)
        if others:
            found[talk.object_name] = others[:_MAX_MENTIONS]
    return found


@cached_query
def talks_mentioning(catalogue: Catalogue) -> Mapping[str, tuple[TalkEntry, ...]]:
    """Return the talks whose text names each person, by the person's slug."""
    found: defaultdict[str, list[TalkEntry]] = defaultdict(list)
    named = people_mentioned_in(catalogue)
    for talk in catalogue.talks:
        for slug in named.get(talk.object_name, ()):
            found[slug].append(talk)
    return {slug: tuple(talks) for slug, talks in found.items()}


def related_section(catalogue: Catalogue, talks: Iterable[TalkEntry]) -> Iterator[Section]:
    """Yield the section of the talks related to ``talks``, the nearest of each first."""
    nearest = (related_talks(catalogue).get(talk.object_name, ()) for talk in talks)
    ranked = filter(None, chain.from_iterable(zip_longest(*nearest)))
    different = {one.talk.object_name: one for one in ranked}
    if shown := [*different.values()][:_MAX_ON_PAGE]:
        items = (item(*_related_item(catalogue, *one)) for one in shown)
        yield section("related", _("Related talks"), bullets("conf-talks", items))


def _related_item(
    catalogue: Catalogue, talk: TalkEntry, topics: tuple[str, ...]
) -> Iterator[Inline]:
    """Yield a related talk, its speakers, and the common topics."""
    yield cross_references.talk(talk)
    yield from programme_blocks.recorded_mark(catalogue, talk)
    if talk.people:
        yield span("conf-by", _(" by "), *talk_list.speakers(catalogue, talk.people))
    shared = ", ".join(catalogue.topics[slug].title for slug in topics[:_REASONS])
    yield Text(" ")
    yield span("conf-reason", _("also: "), shared)
