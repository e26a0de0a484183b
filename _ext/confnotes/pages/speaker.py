"""The page of a speaker: talks, topics, who else was on stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from confnotes.catalogue import Catalogue, Person, TalkEntry
from confnotes.pages import pictures, refs, related
from confnotes.pages.blocks import (
    Inline,
    Page,
    PageBlock,
    PageObject,
    Para,
    Section,
    Span,
    Text,
)
from confnotes.pages.describe import shortened
from confnotes.pages.inline import link
from confnotes.pages.talklists import newest_first, talk_list
from confnotes.pages.words import _, counted

_MOST_MENTIONED = 20


def page(catalogue: Catalogue, docname: str) -> Page:
    person = catalogue.people[docname.partition("/")[2]]
    talks = newest_first(catalogue.talks_by_person.get(person.slug, ()))
    return Page(
        docname,
        person.name,
        tuple(_blocks(catalogue, person, talks)),
        written=docname in catalogue.handwritten,
        objects=(PageObject("speaker", person.slug, person.name, aliases=person.aliases),),
        description=shortened(
            _("Talks by {name}: {talks}").format(
                name=person.name, talks="; ".join(talk.title for talk in talks)
            )
        ),
    )


def _blocks(catalogue: Catalogue, person: Person, talks: list[TalkEntry]) -> Iterator[PageBlock]:
    firms = dict.fromkeys(
        speaker.affiliation
        for talk in talks
        for speaker, slug in zip(talk.talk.speakers, talk.people, strict=True)
        if slug == person.slug and speaker.affiliation
    )
    facts: list[Inline] = [Span(("conf-affiliation",), (Text(firm),)) for firm in firms]
    facts += [Span(("conf-link",), (link(to.url, to.label),)) for to in person.links]
    if facts:
        yield Para(refs.joined(facts), classes=("conf-facts",))
    if not talks:
        yield from _mentioned(catalogue, person)
        return
    if picture := pictures.timeline(catalogue, talks):
        yield picture
    yield Section(
        "talks",
        (Text(counted(len(talks), "{} talk", "{} talks")),),
        (talk_list(catalogue, talks, without=person.slug),),
    )
    topics = Counter(match.topic for talk in talks for match in talk.topics)
    if topics:
        pairs = [(refs.topic(catalogue, slug), number) for slug, number in _most(topics)]
        yield Section("topics", (Text(_("Topics")),), (refs.counts(pairs),))
    others = Counter(slug for talk in talks for slug in set(talk.people) if slug != person.slug)
    if others:
        pairs = [(refs.person(catalogue, slug), number) for slug, number in _most(others)]
        yield Section("with", (Text(_("Spoke with")),), (refs.counts(pairs),))
    yield from _mentioned(catalogue, person)


def _mentioned(catalogue: Catalogue, person: Person) -> Iterator[Section]:
    talks = newest_first(related.mentioned(catalogue).get(person.slug, ()))
    if talks:
        shown = talk_list(catalogue, talks[:_MOST_MENTIONED])
        yield Section("mentioned", (Text(_("Mentioned in")),), (shown,))


def _most(numbers: Counter[str]) -> list[tuple[str, int]]:
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
