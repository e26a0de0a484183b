"""The index of topics: the vocabulary as a tree, with counts."""

from __future__ import annotations

from confnotes.catalogue import Catalogue, Topic
from confnotes.names import normalize
from confnotes.pages import references
from confnotes.pages.i18n import _, counted
from confnotes.pages.model import List, ListItem, Page, PageBlock, Para, Span, Text


def index(catalogue: Catalogue, docname: str) -> Page:
    tree = _tree(catalogue, "")
    return Page(
        docname,
        _("Topics"),
        (tree,) if tree.items else (),
        has_prose=docname in catalogue.handwritten,
        children=tuple(topic.docname for topic in _by_title(catalogue)),
        description=counted(len(catalogue.topics), "{} topic", "{} topics"),
    )


def _by_title(catalogue: Catalogue) -> list[Topic]:
    return sorted(catalogue.topics.values(), key=lambda topic: (normalize(topic.title), topic.slug))


def _tree(catalogue: Catalogue, parent: str) -> List:
    items = []
    for topic in catalogue.children_of_topic.get(parent, ()):
        number = len(catalogue.talks_by_topic.get(topic.slug, ()))
        count = Span(("conf-count",), (Text(f"({number})"),))
        blocks: list[PageBlock] = [
            Para((references.topic(catalogue, topic.slug), Text(" "), count))
        ]
        if topic.slug in catalogue.children_of_topic:
            blocks.append(_tree(catalogue, topic.slug))
        items.append(ListItem(tuple(blocks)))
    return List(tuple(items), classes=("conf-tree",))
