"""Rules on the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.catalogue import Catalogue, Topic
from confnotes.lint.codes import LintCode
from confnotes.lint.similarity import similar_titles
from confnotes.model import Problem


def similar_topics(catalogue: Catalogue) -> Iterator[Problem]:
    by_title = {topic.title: topic for topic in catalogue.topics.values()}
    for one, other, why in similar_titles(by_title):
        place = _path(catalogue, by_title[one])
        message = f"the topic ‘{other}’ has {why} as ‘{one}’ of {place}"
        hint = "make one of them a phrase of the other"
        yield Problem.of(LintCode.SIMILAR_TOPIC, _path(catalogue, by_title[other]), message, hint)


def unused_topics(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield topics without a talk and without narrower topics."""
    used = {
        slug for note in catalogue.summaries.values() for talk in note.talks for slug in talk.topics
    }
    for topic in catalogue.topics.values():
        if topic.slug not in used and topic.slug not in catalogue.children_of_topic:
            message = f"no talk has the topic ‘{topic.title}’"
            hint = "give it phrases that talks use"
            yield Problem.of(LintCode.UNUSED_TOPIC, _path(catalogue, topic), message, hint)


def _path(catalogue: Catalogue, topic: Topic) -> str:
    return catalogue.handwritten[topic.docname].path
