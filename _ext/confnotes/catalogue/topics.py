"""Topics: a closed vocabulary, and the matching of talks to it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from confnotes.body import iter_lines
from confnotes.catalogue.codes import CatalogueCode
from confnotes.catalogue.name_claims import NameClaim, index_names
from confnotes.catalogue.page_front_matter import FrontMatter
from confnotes.catalogue.person import Person
from confnotes.catalogue.phrase_matcher import PhraseMatcher
from confnotes.grouping import group
from confnotes.model import Event, FieldValue, Problem, Talk
from confnotes.names import identity_key
from confnotes.suggest import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject of the vocabulary. ``parent`` is the slug of a broader one, or empty."""

    slug: str
    title: str
    phrases: tuple[str, ...] = ()
    parent: str = ""

    @property
    def docname(self) -> str:
        return f"topics/{self.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMatch:
    """Why a talk has a topic: a line of its note, and where in ``text`` the phrase stands.

    ``start`` and ``end`` are equal when a field named the topic.
    """

    topic: str
    line: int
    text: str
    start: int = 0
    end: int = 0


_HASHTAG = re.compile(r"(?<![\w#&/])#([^\W\d][\w/-]*)")


class Vocabulary:
    """The topics, their names and their phrases. ``pages`` are by docname."""

    def __init__(self, pages: Mapping[str, FrontMatter]) -> None:
        self._pages = {docname.partition("/")[2]: page for docname, page in sorted(pages.items())}
        self.topics = {slug: _topic(slug, page) for slug, page in self._pages.items()}
        self.by_name = self._names()
        self._link_parents()
        self._phrases = PhraseMatcher(
            (phrase, topic.slug) for topic in self.topics.values() for phrase in topic.phrases
        )

    def match_topics(
        self, talk: Talk, path: str, tags: Sequence[FieldValue] = ()
    ) -> tuple[tuple[TopicMatch, ...], list[Problem]]:
        """Return the topics of a talk: those in its fields, else those whose phrases it has.

        ``tags`` of its note, and ``#tags`` in its text, count where they name a topic.
        """
        if talk.topics:
            return self._match_fields(talk, path)
        found: dict[str, TopicMatch] = {}
        for tag in tags:
            if slug := self._tagged(tag.text):
                found.setdefault(slug, TopicMatch(topic=slug, line=tag.line, text=tag.text))
        lines = ((line.line, line.text) for line in iter_lines(talk.body))
        for line, text in ((talk.line, talk.title), *lines):
            hashtags = _HASHTAG.finditer(text) if "#" in text else ()
            spans = [(*tag.span(1), self._tagged(tag[1])) for tag in hashtags]
            for start, end, slug in (*spans, *self._phrases.find(text)):
                if slug and slug not in found:
                    found[slug] = TopicMatch(topic=slug, line=line, text=text, start=start, end=end)
        if not found and self.topics:
            message = f"no topic matched for talk ‘{talk.title or talk.heading}’"
            hint = "add a line ‘Topics: …’, or a phrase to a page below topics/"
            return (), [Problem.of(CatalogueCode.NO_TOPIC, path, message, hint, line=talk.line)]
        return tuple(found[slug] for slug in sorted(found)), []

    def _tagged(self, tag: str) -> str:
        """Return the slug of the topic that a tag like ``area/topic`` names, if any."""
        return self.by_name.get(identity_key(tag.rpartition("/")[2]), "")

    def _match_fields(self, talk: Talk, path: str) -> tuple[tuple[TopicMatch, ...], list[Problem]]:
        found: dict[str, TopicMatch] = {}
        problems = []
        for value in talk.topics:
            slug = self.by_name.get(identity_key(value.text))
            if slug is None:
                titles = [topic.title for topic in self.topics.values()]
                near = did_you_mean(value.text, titles)
                make = f"`confnotes new --topic {shlex.quote(value.text)}`"
                hint = f"{near} If not, run {make}" if near else f"run {make}"
                message, code = f"there is no topic ‘{value.text}’", CatalogueCode.UNKNOWN_TOPIC
                place = {"line": value.line, "column": value.column}
                problems.append(Problem.of(code, path, message, hint, **place))
            else:
                found.setdefault(slug, TopicMatch(topic=slug, line=value.line, text=value.text))
        return tuple(found.values()), problems

    def _names(self) -> dict[str, str]:
        """Return slugs by every name: titles first, then addresses, then phrases of one topic."""
        titles = (
            NameClaim(topic.title, slug, self._pages[slug], self._pages[slug].scalar("title"))
            for slug, topic in self.topics.items()
        )
        addresses = (NameClaim(slug, slug) for slug in self.topics)
        by_phrase = group(
            (identity_key(phrase), slug)
            for slug, topic in self.topics.items()
            for phrase in topic.phrases
        )
        phrases = (
            NameClaim(phrase, slugs[0]) for phrase, slugs in by_phrase.items() if len({*slugs}) == 1
        )
        return index_names((*titles, *addresses, *phrases))

    def _link_parents(self) -> None:
        """Resolve the parent of each topic; report unknown parents and cycles."""
        for slug, page in self._pages.items():
            value = page.scalar("parent")
            if value is None:
                continue
            parent = self.by_name.get(identity_key(value.text))
            if parent is None:
                message = f"there is no topic ‘{value.text}’"
                hint, code = did_you_mean(value.text, self.topics), CatalogueCode.UNKNOWN_PARENT
                page.add_error(value, message, hint, code)
            elif slug in (ancestors := [parent, *self.ancestors(parent)]):
                circle = " → ".join([slug, *ancestors[: ancestors.index(slug) + 1]])
                message = f"the topic is its own ancestor: {circle}"
                hint, code = "take out one of these parents", CatalogueCode.PARENT_CYCLE
                page.add_error(value, message, hint, code)
            else:
                self.topics[slug] = replace(self.topics[slug], parent=parent)

    def ancestors(self, slug: str) -> Iterator[str]:
        """Yield the broader topics of ``slug``, nearest first."""
        while slug := self.topics[slug].parent:
            yield slug


def _topic(slug: str, page: FrontMatter) -> Topic:
    title = page.text("title") or page.heading or slug.replace("-", " ").capitalize()
    phrases = dict.fromkeys(value.text for value in page.strings("phrases"))
    return Topic(slug=slug, title=title, phrases=tuple(phrases))


def add_topic_name_conflicts(
    vocabulary: Vocabulary,
    by_name: Mapping[str, str],
    known: Mapping[str, Person],
    event_names: Mapping[str, str],
    all_events: Mapping[str, Event],
    pages: Mapping[str, FrontMatter],
) -> None:
    """Add a warning to the page of each topic that has the name of a person or an event."""
    for topic in vocabulary.topics.values():
        name = identity_key(topic.title)
        if name in by_name:
            what = f"the speaker ‘{known[by_name[name]].name}’"
        elif name in event_names:
            what = f"the event ‘{all_events[event_names[name]].name}’"
        else:
            continue
        page, code = pages[topic.docname], CatalogueCode.TOPIC_NAME_CONFLICT
        message = f"the topic ‘{topic.title}’ has the name of {what}"
        page.add_error(page.scalar("title"), message, "give the topic another title", code)
