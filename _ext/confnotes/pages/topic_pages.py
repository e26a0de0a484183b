"""The page of a topic, and the index of topics: the vocabulary as a tree, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from confnotes.catalogue import Catalogue, TalkEntry, Topic
from confnotes.pages import cross_references, css_charts, mentions, yearly_talks
from confnotes.pages.i18n import _, counted
from confnotes.pages.page_model import List, ListItem, Page, PageBlock, PageObject, Span
from confnotes.pages.shorthands import (
    Shown,
    bullets,
    join,
    most_common,
    para,
    section,
    shorten_description,
    span,
)
from confnotes.pages.talk_list import newest_first

_MAX_PEOPLE, _MAX_RELATED = 24, 12
_MAX_ROWS = 16


def topic_page(catalogue: Catalogue, docname: str) -> Page:
    topic = catalogue.topics[docname.partition("/")[2]]
    subject = yearly_talks.Subject.of(topic)
    talks = newest_first(catalogue.talks_under_topic.get(topic.slug, ()))
    itself = PageObject("topic", topic.slug, topic.title, aliases=_aliases(catalogue, topic))
    return Page(
        docname,
        topic.title,
        tuple(_blocks(catalogue, topic, talks)),
        objects=(itself, *yearly_talks.year_objects(catalogue, subject)),
        children=tuple(
            name for name, _label in yearly_talks.year_pages(catalogue).get(docname, ())
        ),
        description=shorten_description(
            _("Talks on {topic}: {talks}").format(
                topic=topic.title, talks="; ".join(talk.title for talk in talks[:8])
            )
        ),
    )


def _blocks(catalogue: Catalogue, topic: Topic, talks: Sequence[TalkEntry]) -> Iterator[PageBlock]:
    facts: list[Shown] = [*_hierarchy(catalogue, topic)]
    if not talks:
        facts.append(_("No talk is on this topic yet."))
    if facts:
        yield para("conf-facts", *join(facts))
    if talks:
        yield from _talks(catalogue, topic, talks)
    yield from mentions.mentions_section(catalogue, topic.docname)


def _talks(catalogue: Catalogue, topic: Topic, talks: Sequence[TalkEntry]) -> Iterator[PageBlock]:
    yield from yearly_talks.year_blocks(catalogue, yearly_talks.Subject.of(topic))
    if people := Counter(slug for talk in talks for slug in set(talk.people)):
        listed = cross_references.people_list(catalogue, most_common(people, _MAX_PEOPLE))
        more = len(people) - len(listed.items)
        rest = (para("", counted(more, "and {} more", "and {} more")),) if more else ()
        yield section("speakers", _("Speakers"), listed, *rest)
    related = Counter(
        match.topic for talk in talks for match in talk.topics if match.topic != topic.slug
    )
    if related:
        near = cross_references.topic_list(catalogue, most_common(related, _MAX_RELATED))
        yield section("related", _("Related topics"), near)


def _hierarchy(catalogue: Catalogue, topic: Topic) -> Iterator[Span]:
    narrower = [child.slug for child in catalogue.children_of_topic.get(topic.slug, ())]
    for name, slugs in ((_("Part of"), [topic.parent]), (_("Narrower"), narrower)):
        if shown := [cross_references.topic(catalogue, slug) for slug in slugs if slug]:
            yield span("conf-hierarchy", f"{name}: ", *join(shown, ", "))


def _aliases(catalogue: Catalogue, topic: Topic) -> tuple[str, ...]:
    """Return the phrases of this topic alone."""
    return tuple(p for p in topic.phrases if catalogue.topic(p) is topic)


def topic_index(catalogue: Catalogue, docname: str) -> Page:
    return Page(
        docname,
        _("Topics"),
        tuple(_index_blocks(catalogue)),
        children=tuple(topic.docname for topic in catalogue.topics_sorted),
        description=counted(len(catalogue.topics), "{} topic", "{} topics"),
    )


def _index_blocks(catalogue: Catalogue) -> Iterator[PageBlock]:
    tree = _tree(catalogue, "")
    if tree.items:
        yield tree
    largest = css_charts.largest_topics(catalogue, _MAX_ROWS)
    if table := css_charts.topics_over_years(catalogue, largest):
        yield section("years", _("Topics by year"), table)


def _tree(catalogue: Catalogue, parent: str) -> List:
    items = []
    for topic in catalogue.children_of_topic.get(parent, ()):
        count = cross_references.count_span(len(catalogue.talks_under_topic.get(topic.slug, ())))
        blocks: list[PageBlock] = [
            para("", cross_references.topic(catalogue, topic.slug), " ", count)
        ]
        if topic.slug in catalogue.children_of_topic:
            blocks.append(_tree(catalogue, topic.slug))
        items.append(ListItem(tuple(blocks)))
    return bullets("conf-tree", items)
