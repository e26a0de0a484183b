"""The page of a topic: talks with the line that put each here, speakers, topics nearby.

A topic of very many talks has a page for each year besides, so that no page grows
with the years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from confnotes.catalogue import Catalogue, TalkEntry, Topic
from confnotes.pages import charts, references
from confnotes.pages.description import truncate
from confnotes.pages.i18n import _, counted
from confnotes.pages.model import (
    CrossReference,
    Inline,
    List,
    ListItem,
    Page,
    PageBlock,
    PageObject,
    Para,
    Section,
    Span,
    Text,
)
from confnotes.pages.talk_list import newest_first, talk_list

MAX_TALKS = 200
"""A topic with more talks lists them by year."""
_RECENT, _MOST_PEOPLE, _MOST_RELATED = 30, 60, 12


def page(catalogue: Catalogue, docname: str) -> Page:
    topic = catalogue.topics[docname.partition("/")[2]]
    talks = newest_first(catalogue.talks_by_topic.get(topic.slug, ()))
    return Page(
        docname,
        topic.title,
        tuple(_blocks(catalogue, topic, talks)),
        has_prose=docname in catalogue.handwritten,
        objects=(PageObject("topic", topic.slug, topic.title, aliases=_aliases(catalogue, topic)),),
        children=tuple(year_pages(catalogue, topic)),
        description=truncate(
            _("Talks on {topic}: {talks}").format(
                topic=topic.title, talks="; ".join(talk.title for talk in talks[:8])
            )
        ),
    )


def year_pages(catalogue: Catalogue, topic: Topic) -> Iterator[str]:
    """Yield the docnames of a topic's pages by year, newest first; few topics have them."""
    talks = catalogue.talks_by_topic.get(topic.slug, ())
    if len(talks) > MAX_TALKS:
        for year in sorted({catalogue.events[talk.event].year for talk in talks}, reverse=True):
            yield f"{topic.docname}/{year:04}"


def year_page(catalogue: Catalogue, docname: str) -> Page:
    _folder, slug, year = docname.split("/")
    topic = catalogue.topics[slug]
    talks = newest_first(
        talk
        for talk in catalogue.talks_by_topic[slug]
        if catalogue.events[talk.event].year == int(year)
    )
    title = _("{topic} in {year}").format(topic=topic.title, year=int(year))
    about = Para((references.topic(catalogue, slug),), classes=("conf-facts",))
    return Page(
        docname,
        title,
        (about, talk_list(catalogue, talks, topic=slug)),
        description=counted(len(talks), "{} talk", "{} talks") + f": {title}",
    )


def _blocks(catalogue: Catalogue, topic: Topic, talks: Sequence[TalkEntry]) -> Iterator[PageBlock]:
    yield from _hierarchy(catalogue, topic)
    if not talks:
        yield Para((Text(_("No talk is on this topic yet.")),), classes=("conf-empty",))
        return
    if picture := charts.sparkline(catalogue, talks):
        yield picture
    title = (Text(counted(len(talks), "{} talk", "{} talks")),)
    years = Counter(catalogue.events[talk.event].year for talk in talks)
    if len(talks) > MAX_TALKS:
        pairs = [
            (CrossReference("doc", f"{topic.docname}/{year:04}", str(year)), number)
            for year, number in sorted(years.items(), reverse=True)
        ]
        recent = talk_list(catalogue, talks[:_RECENT], topic=topic.slug)
        yield Section("years", (Text(_("By year")),), (references.counted_list(pairs),))
        yield Section("talks", (Text(_("Newest talks")),), (recent,))
    else:
        yield Section("talks", title, (talk_list(catalogue, talks, topic=topic.slug),))
    people = Counter(slug for talk in talks for slug in set(talk.people))
    if people:
        pairs = [(references.person(catalogue, s), n) for s, n in _most(people, _MOST_PEOPLE)]
        more = len(people) - len(pairs)
        rest = (Para((Text(counted(more, "and {} more", "and {} more")),)),) if more else ()
        yield Section("speakers", (Text(_("Speakers")),), (references.counted_list(pairs), *rest))
    related = Counter(
        match.topic for talk in talks for match in talk.topics if match.topic != topic.slug
    )
    if related:
        pairs = [(references.topic(catalogue, s), n) for s, n in _most(related, _MOST_RELATED)]
        yield Section("related", (Text(_("Related topics")),), (references.counted_list(pairs),))


def _hierarchy(catalogue: Catalogue, topic: Topic) -> Iterator[PageBlock]:
    items = []
    if topic.parent:
        items.append(_relation(_("Part of"), (references.topic(catalogue, topic.parent),)))
    narrower = catalogue.children_of_topic.get(topic.slug, ())
    if narrower:
        children = references.join(
            (references.topic(catalogue, child.slug) for child in narrower), ", "
        )
        items.append(_relation(_("Narrower"), children))
    if items:
        yield List(tuple(items), classes=("conf-hierarchy",))


def _relation(label: str, shown: Sequence[Inline]) -> ListItem:
    return ListItem((Para((Span(("conf-label",), (Text(label),)), Text(": "), *shown)),))


def _most(numbers: Counter[str], limit: int) -> list[tuple[str, int]]:
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


def _aliases(catalogue: Catalogue, topic: Topic) -> tuple[str, ...]:
    """Return the phrases that name this topic and no other."""
    return tuple(p for p in topic.phrases if catalogue.topic(p) is topic)
