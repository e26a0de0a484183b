"""The page of a speaker: talks, topics, who else was on stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from confnotes.catalogue import Catalogue, Person, TalkEntry
from confnotes.pages import mentions, references, related, talk_years
from confnotes.pages.description import truncate
from confnotes.pages.i18n import _
from confnotes.pages.inline_markup import link
from confnotes.pages.model import Inline, Page, PageBlock, PageObject, Para, Section, Span, Text
from confnotes.pages.talk_list import newest_first, talk_list


def page(catalogue: Catalogue, docname: str) -> Page:
    person = catalogue.people[docname.partition("/")[2]]
    talks = newest_first(catalogue.talks_by_person.get(person.slug, ()))
    itself = PageObject("speaker", person.slug, person.name, aliases=person.aliases)
    return Page(
        docname,
        person.name,
        tuple(_blocks(catalogue, person, talks)),
        has_prose=docname in catalogue.handwritten,
        objects=(itself, *talk_years.objects(catalogue, talk_years.Subject.of(person))),
        children=tuple(name for name, _label in talk_years.parts(catalogue).get(docname, ())),
        description=truncate(
            _("Talks by {name}: {talks}").format(
                name=person.name, talks="; ".join(talk.title for talk in talks)
            )
        ),
    )


def year_page(catalogue: Catalogue, docname: str) -> Page:
    slug = docname.split("/")[1]
    return talk_years.part_page(catalogue, docname, partial(talk_list, catalogue, without=slug))


def _blocks(catalogue: Catalogue, person: Person, talks: list[TalkEntry]) -> Iterator[PageBlock]:
    firms = dict.fromkeys(
        speaker.affiliation
        for talk in talks
        for slug, speaker in talk.speakers
        if slug == person.slug and speaker.affiliation
    )
    facts: list[Inline] = [Span(("conf-affiliation",), (Text(firm),)) for firm in firms]
    facts += [Span(("conf-link",), (link(to.url, to.label),)) for to in person.links]
    if facts:
        yield Para(references.join(facts), classes=("conf-facts",))
    if talks:
        listed = partial(talk_list, catalogue, without=person.slug)
        yield from talk_years.blocks(catalogue, talk_years.Subject.of(person), listed)
    topics = Counter(match.topic for talk in talks for match in talk.topics)
    if topics:
        pairs = [(references.topic(catalogue, slug), number) for slug, number in _most(topics)]
        yield Section("topics", (Text(_("Topics")),), (references.counted_list(pairs),))
    others = Counter(slug for talk in talks for slug in set(talk.people) if slug != person.slug)
    if others:
        shown = references.people(catalogue, _most(others))
        yield Section("with", (Text(_("Spoke with")),), (shown,))
    named = related.talks_mentioning(catalogue).get(person.slug, ())
    yield from mentions.mentioned_in(catalogue, person.docname, named)


def _most(numbers: Counter[str]) -> list[tuple[str, int]]:
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
