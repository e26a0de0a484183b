"""Rules on the names of speakers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from confnotes.catalogue import Catalogue, Person
from confnotes.catalogue.events import event_of
from confnotes.catalogue.people import find_slug, slug_of
from confnotes.catalogue.summaries import TalkSummary
from confnotes.catalogue.tracking import cached_query
from confnotes.lint import similarity
from confnotes.lint.codes import LintCode
from confnotes.lint.source_lines import field_at
from confnotes.model import Problem
from confnotes.names import identity_key, normalize, sort_key
from confnotes.notes.syntax.fields import FieldName
from confnotes.suggest import did_you_mean

_ODD = (
    ("has a question mark", re.compile(r"\?|\(sp\b")),
    ("has a digit", re.compile(r"^[^(\"'“‘]*\d")),
    ("was saved in another encoding", re.compile("Ã[\x80-\xbf©¤¶¼]|â€|\N{REPLACEMENT CHARACTER}")),
    ("has a letter three times in a row", re.compile(r"((?!i)[^\W\d_])\1\1", re.IGNORECASE)),
    ("has a capital that slipped", re.compile(r"\b(?!O)[A-Z]{2}[a-z]{2,}|\b[a-z]{2,}[A-Z]{2}")),
    ("has no capitals", re.compile(r"^[a-z]{2,}(?: [a-z]{2,})+$")),
    ("ends in the middle", re.compile(r"(?:[,;:–—(&/-]|\b(?:and|by|with|from|the))$")),
)
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")
"""In some scripts, whole names have no blank."""


class Mention(NamedTuple):
    """A place where a person is named; ``event`` is a docname, ``talk`` an object name."""

    path: str
    line: int
    name: str
    event: str
    talk: str
    summary: TalkSummary
    id: str


def similar_names(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each pair of similar names, at the first use of the rarer one."""
    mentions = mentions_by_person(catalogue)
    for rare, usual, why in similar_people(catalogue):
        here, there = mentions[rare.slug][0], mentions[usual.slug][0]
        usual_place = f"{there.path}:{there.line}"
        message = f"‘{rare.name}’ may be ‘{usual.name}’ of {usual_place}: {why}"
        hint = f"fix it, or add ‘aliases: [{rare.name}]’ to speakers/{usual.slug}.md"
        yield Problem.of(LintCode.SIMILAR_NAME, here.path, message, hint, here.line)


def similar_people(catalogue: Catalogue) -> Iterator[tuple[Person, Person, str]]:
    """Yield each pair of people with similar names, the rarer one first, and the similarity.

    Speakers of one talk are different people, and so are two with a page each.
    """
    mentions, people, pages = mentions_by_person(catalogue), catalogue.people, catalogue.handwritten
    by_name = {people[slug].name: people[slug] for slug in mentions}
    among = {people[slug].name for slug in _present(catalogue)}
    for one, other, why in similarity.find_similar_names(by_name, among):
        pair = [by_name[one], by_name[other]]
        here, there = ({at.talk for at in mentions[person.slug]} for person in pair)
        if here.isdisjoint(there) and not all(person.docname in pages for person in pair):
            rare, usual = sorted(
                pair, key=lambda one: (one.docname in pages, len(mentions[one.slug]), one.slug)
            )
            yield rare, usual, why


def suspicious_name(catalogue: Catalogue) -> Iterator[Problem]:
    claimed = {
        identity_key(name)
        for person in _handwritten(catalogue)
        for name in (person.name, *person.aliases)
    }
    mentions = mentions_by_person(catalogue)
    for slug in _present(catalogue):
        for name, place in {place.name: place for place in reversed(mentions[slug])}.items():
            why = next((why for why, sign in _ODD if sign.search(name)), "")
            if why and identity_key(name) not in claimed:
                message, hint = f"the name ‘{name}’ {why}", "check the spelling"
                yield Problem.of(LintCode.SUSPICIOUS_NAME, place.path, message, hint, place.line)


def single_word_name(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield speakers of one word, with the one person of that first name who was at the event."""
    mentions, people = mentions_by_person(catalogue), catalogue.people
    single = [
        (people[slug].name, mentions[slug][0])
        for slug in _present(catalogue)
        if _LATIN_WORD.fullmatch(people[slug].name)
        and f"speakers/{slug}" not in catalogue.handwritten
    ]
    events = {place.event for _name, place in single}
    namesakes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for slug, places in mentions.items() if events else ():
        for event in {place.event for place in places} & events:
            name = people[slug].name
            for given in sort_key(name)[1].split()[:1]:
                namesakes[given, event].add(name)
    for name, place in single:
        same = namesakes[normalize(name), place.event]
        hint = f"is it ‘{min(same)}’?" if len(same) == 1 else "add the family name if you know it"
        message = f"the speaker ‘{name}’ has only one name"
        yield Problem.of(LintCode.SINGLE_WORD_NAME, place.path, message, hint, place.line)


def unpreferred_spelling(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield names in ``Speakers:`` fields that differ from the name on the person's page."""
    for person, place in _present_mentions(catalogue):
        if place.name == person.name or person.docname not in catalogue.handwritten:
            continue
        typed = field_at(catalogue, place.path, place.line)
        if typed is not None and typed.name is FieldName.SPEAKERS:
            message = f"‘{place.name}’ is ‘{person.name}’ in {person.docname}.md"
            hint, code = f"type ‘{person.name}’", LintCode.FIELD_SPELLING
            column = typed.value.column + max(typed.value.text.find(place.name), 0)
            yield Problem.of(code, place.path, message, hint, place.line, column)


def ambiguous_name(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each name without an id that several people have."""
    written = {person.slug for person in _handwritten(catalogue)}
    for person, place in _present_mentions(catalogue):
        if person.namesakes and not place.id:
            ids = sorted({person.slug, *person.namesakes} & written)
            message = f"‘{place.name}’ is the name of {len(ids)} people"
            hint = f"type {' or '.join(f'‘{place.name} [{one}]’' for one in ids)}"
            yield Problem.of(LintCode.AMBIGUOUS_NAME, place.path, message, hint, place.line)


def unknown_id(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield each ``[id]`` after a name that is the slug of no page."""
    for entry in catalogue.notes.values():
        for speaker in (speaker for talk in entry.note.talks for speaker in talk.speakers):
            if speaker.id and f"speakers/{speaker.id}" not in catalogue.handwritten:
                pages = (one.slug for one in _handwritten(catalogue))
                message = f"there is no page speakers/{speaker.id}.md"
                hint = f"write it, or type ‘({speaker.id})’ if it is a company"
                hint, code = did_you_mean(speaker.id, pages) or hint, LintCode.UNKNOWN_SPEAKER_ID
                yield Problem.of(code, entry.note.path, message, hint, speaker.line)


def unused_page(catalogue: Catalogue) -> Iterator[Problem]:
    mentions = mentions_by_person(catalogue)
    for person in _handwritten(catalogue):
        if person.slug not in mentions:
            spoken = (catalogue.people[slug].name for slug in mentions)
            meant = similarity.unambiguous_match(person.name, spoken)
            hint = f"did you mean ‘{meant}’?" if meant else ""
            if person.namesakes:
                hint = f"a note does as ‘{person.name} [{person.slug}]’"
            path = catalogue.handwritten[person.docname].path
            message = f"no talk names ‘{person.name}’"
            yield Problem.of(LintCode.UNUSED_SPEAKER, path, message, hint)


@cached_query
def mentions_by_person(catalogue: Catalogue) -> Mapping[str, list[Mention]]:
    """Return the places where each person is named, by slug, in the order of the talks."""
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    by_name = {**catalogue.people_by_name}  # without recording each query
    for docname, note in catalogue.summaries.items():
        path, event = note.path, event_of(docname)
        for talk in note.talks:
            place = f"{docname}#{talk.node_id}"
            for name, line, person_id in talk.speakers:
                if slug := find_slug(by_name, name, person_id):
                    found[slug].append(Mention(path, line, name, event, place, talk, person_id))
    return dict(found)


@cached_query
def _present(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the slugs of the people who are named in the catalogue's notes."""
    return tuple(dict.fromkeys(slug for talk in catalogue.talks for slug in talk.people))


def _present_mentions(catalogue: Catalogue) -> Iterator[tuple[Person, Mention]]:
    """Yield each of these people at each place where they are named."""
    mentions = mentions_by_person(catalogue)
    for slug in _present(catalogue):
        yield from ((catalogue.people[slug], place) for place in mentions[slug])


def _handwritten(catalogue: Catalogue) -> Iterator[Person]:
    slugs = (slug_of(page) for page in catalogue.handwritten if page.startswith("speakers/"))
    return (catalogue.people[slug] for slug in slugs if slug in catalogue.people)
