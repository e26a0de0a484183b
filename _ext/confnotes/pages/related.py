"""Related talks, by the rare topics that they share, found in linear time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, zip_longest
from typing import NamedTuple

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.tracking import cached_query
from confnotes.pages import talk_list
from confnotes.pages.i18n import _
from confnotes.pages.page_model import Inline, Section, Text
from confnotes.pages.shorthands import bullets, item, section, span

_MAX_RELATED, _MAX_TOPICS, _MAX_DISTANCE = 3, 3, 6
"""Related talks of a talk; topics of it that are looked at; talks on either side in each."""
_MAX_ON_PAGE, _REASONS = 6, 3
"""Related talks on one page, and common topics of each, that are shown."""


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
        for _number, slug in rarest[:_MAX_TOPICS]:
            at = place[slug, talk.object_name]
            for other in talks_on[slug][max(0, at - _MAX_DISTANCE) : at + _MAX_DISTANCE + 1]:
                if other.docname != talk.docname:
                    near[other.object_name] = other
        shared = []
        for name, other in near.items():
            topics = tuple(slug for _number, slug in rarest if slug in on[name])
            shared.append((-sum(map(weight.__getitem__, topics)), name, Related(other, topics)))
        if shared:
            found[talk.object_name] = tuple(one for *_order, one in sorted(shared)[:_MAX_RELATED])
    return found


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
    yield from talk_list.talk_line(catalogue, talk)
    shared = ", ".join(catalogue.topics[slug].title for slug in topics[:_REASONS])
    yield Text(" ")
    yield span("conf-reason", _("also: "), shared)
