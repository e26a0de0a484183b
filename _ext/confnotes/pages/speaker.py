"""The page of a speaker: talks, topics, who else was on stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from confnotes.catalogue import Catalogue, Person, TalkEntry
from confnotes.pages import mentions, references, related, talk_years
from confnotes.pages.elements import join, most_common, para, section, span
from confnotes.pages.i18n import _
from confnotes.pages.inline_markup import link
from confnotes.pages.model import Page, PageBlock, PageObject
from confnotes.pages.talk_list import newest_first, talk_list
from confnotes.plain_text import truncate


def page(catalogue: Catalogue, docname: str) -> Page:
    person = catalogue.people[docname.partition("/")[2]]
    talks = newest_first(catalogue.talks_by_person.get(person.slug, ()))
    itself = PageObject("speaker", person.slug, person.name, aliases=person.aliases)
    return Page(
        docname,
        person.label,
        tuple(_blocks(catalogue, person, talks)),
        has_prose=docname in catalogue.handwritten,
        picture=person.picture,
        objects=(itself, *talk_years.objects(catalogue, talk_years.Subject.of(person))),
        children=tuple(name for name, _label in talk_years.parts(catalogue).get(docname, ())),
        description=truncate(
            _("Talks by {name}: {talks}").format(
                name=person.label, talks="; ".join(talk.title for talk in talks)
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
    facts = [span("conf-pronouns", person.pronouns)] if person.pronouns else []
    facts += [span("conf-affiliation", firm) for firm in firms]
    for url, label in ((person.website, _("Website")), (person.orcid_url, "ORCID")):
        facts += [span("conf-link", link(url, label))] if url else []
    facts += [span("conf-link", link(to.url, to.label)) for to in person.links]
    if facts:
        yield para("conf-facts", *join(facts))
    if person.namesakes:
        shared = (references.person(catalogue, slug) for slug in person.namesakes)
        yield para("conf-namesakes", _("Others of this name:"), " ", *join(shared, ", "))
    if talks:
        listed = partial(talk_list, catalogue, without=person.slug)
        yield from talk_years.blocks(catalogue, talk_years.Subject.of(person), listed)
    if topics := Counter(match.topic for talk in talks for match in talk.topics):
        listed_topics = references.topics(catalogue, most_common(topics))
        yield section("topics", _("Topics"), listed_topics)
    others = Counter(slug for talk in talks for slug in set(talk.people) if slug != person.slug)
    if others:
        shown = references.people(catalogue, most_common(others))
        yield section("with", _("Spoke with"), shown)
    named = related.talks_mentioning(catalogue).get(person.slug, ())
    yield from mentions.mentioned_in(catalogue, person.docname, named)
