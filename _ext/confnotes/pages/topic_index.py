"""The index of topics: the vocabulary as a tree, with counts."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.catalogue import Catalogue
from confnotes.pages import charts, references
from confnotes.pages.elements import bullets, para, section
from confnotes.pages.i18n import _, counted
from confnotes.pages.model import List, ListItem, Page, PageBlock

_MAX_ROWS = 16


def index(catalogue: Catalogue, docname: str) -> Page:
    return Page(
        docname,
        _("Topics"),
        tuple(_blocks(catalogue)),
        has_prose=docname in catalogue.handwritten,
        children=tuple(topic.docname for topic in catalogue.topics_sorted),
        description=counted(len(catalogue.topics), "{} topic", "{} topics"),
    )


def _blocks(catalogue: Catalogue) -> Iterator[PageBlock]:
    tree = _tree(catalogue, "")
    if tree.items:
        yield tree
    largest = charts.largest_topics(catalogue, _MAX_ROWS)
    if table := charts.topics_over_years(catalogue, largest):
        yield section("years", _("Topics by year"), table)


def _tree(catalogue: Catalogue, parent: str) -> List:
    items = []
    for topic in catalogue.children_of_topic.get(parent, ()):
        count = references.count(len(catalogue.talks_under_topic.get(topic.slug, ())))
        blocks: list[PageBlock] = [para("", references.topic(catalogue, topic.slug), " ", count)]
        if topic.slug in catalogue.children_of_topic:
            blocks.append(_tree(catalogue, topic.slug))
        items.append(ListItem(tuple(blocks)))
    return bullets("conf-tree", items)
