"""The page of a speaker, and the index of speakers by family name, with its pages by letter."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from confnotes.catalogue import Catalogue, Person, TalkEntry
from confnotes.catalogue.tracking import cached_query
from confnotes.grouping import group
from confnotes.pages import cross_references, mentions, related, yearly_talks
from confnotes.pages.i18n import _, counted
from confnotes.pages.inline_markup import safe_link
from confnotes.pages.page_model import CrossReference, List, Page, PageBlock, PageObject, Section
from confnotes.pages.shorthands import Shown, join, most_common, para, section, shorten_description
from confnotes.pages.talk_list import newest_first
from confnotes.slugs import slugify

MAX_PEOPLE = 250
"""People on one page; more are split by one letter, then by two."""
MAX_UNDIVIDED = 30
"""People whom the index lists without a section for each letter, or for those heard most."""
_MAX_PREFIX, _MAX_HEARD = 4, 12
_INDEX = "speakers/index"


def speaker_page(catalogue: Catalogue, docname: str) -> Page:
    person = catalogue.people[docname.partition("/")[2]]
    talks = newest_first(catalogue.talks_by_person.get(person.slug, ()))
    itself = PageObject("speaker", person.slug, person.name, aliases=person.aliases)
    return Page(
        docname,
        person.label,
        tuple(_blocks(catalogue, person, talks)),
        picture=person.picture,
        objects=(itself, *yearly_talks.year_objects(catalogue, yearly_talks.Subject.of(person))),
        children=tuple(
            name for name, _label in yearly_talks.year_pages(catalogue).get(docname, ())
        ),
        description=shorten_description(
            _("Talks by {name}: {talks}").format(
                name=person.label, talks="; ".join(talk.title for talk in talks)
            )
        ),
    )


def _blocks(catalogue: Catalogue, person: Person, talks: list[TalkEntry]) -> Iterator[PageBlock]:
    firms = dict.fromkeys(
        speaker.affiliation
        for talk in talks
        for slug, speaker in talk.speakers
        if slug == person.slug and speaker.affiliation
    )
    facts: list[Shown] = [person.pronouns] if person.pronouns else []
    facts += firms
    for url, label in ((person.website, _("Website")), (person.orcid_url, "ORCID")):
        facts += [safe_link(url, label)] if url else []
    facts += [safe_link(to.url, to.label) for to in person.links]
    if facts:
        yield para("conf-facts", *join(facts))
    if person.namesakes:
        shared = (cross_references.person(catalogue, slug) for slug in person.namesakes)
        yield para("conf-namesakes", _("Others of this name:"), " ", *join(shared, ", "))
    if talks:
        yield from yearly_talks.year_blocks(catalogue, yearly_talks.Subject.of(person))
    yield from cross_references.topics_section(catalogue, talks)
    others = Counter(slug for talk in talks for slug in set(talk.people) if slug != person.slug)
    if others:
        shown = cross_references.people_list(catalogue, most_common(others))
        yield section("with", _("Spoke with"), shown)
    if len(talks) == 1:
        yield from related.related_section(catalogue, talks)
    named = mentions.talks_mentioning(catalogue).get(person.slug, ())
    yield from mentions.mentions_section(catalogue, person.docname, named)


class Letter(NamedTuple):
    """The people, ``size`` in all, whose family name begins with ``prefix``.

    ``above`` is the parent page. If they are too many, ``pages`` have those of longer prefixes, and
    ``people`` are the others.
    """

    prefix: str
    above: str
    size: int
    people: tuple[Person, ...]
    pages: tuple[str, ...]


def speaker_index(catalogue: Catalogue, docname: str) -> Page:
    pages = tuple(name for name, one in letters(catalogue).items() if one.above == _INDEX)
    people = catalogue.people_sorted
    return Page(
        docname,
        _("Speakers"),
        tuple(_index(catalogue, people, pages)),
        children=pages or tuple(person.docname for person in people),
        description=counted(len(people), "{} speaker", "{} speakers"),
    )


def letter_page(catalogue: Catalogue, docname: str) -> Page:
    letter = letters(catalogue)[docname]
    title = _("Speakers: {letters}").format(letters=letter.prefix)
    blocks: list[PageBlock] = [_letter_list(catalogue, letter.pages)] if letter.pages else []
    if letter.people:
        blocks.append(_list(catalogue, letter.people))
    return Page(
        docname,
        title,
        tuple(blocks),
        children=(*letter.pages, *(person.docname for person in letter.people)),
        description=f"{title}, {counted(letter.size, '{} speaker', '{} speakers')}",
    )


@cached_query
def letters(catalogue: Catalogue) -> Mapping[str, Letter]:
    """Return the pages by letter, by docname, parents first; none if one page is enough."""
    people = catalogue.people_sorted
    return dict(_split(people, _INDEX, 1)) if len(people) > MAX_PEOPLE else {}


@cached_query
def letter_pages(catalogue: Catalogue) -> Mapping[str, tuple[str, str]]:
    """Return the prefix and the parent of each page by letter."""
    return {docname: (one.prefix, one.above) for docname, one in letters(catalogue).items()}


@cached_query
def letters_by_person(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the page by letter that lists each person, by slug."""
    return {
        person.slug: docname
        for docname, letter in letters(catalogue).items()
        for person in letter.people
    }


def _split(people: Iterable[Person], above: str, length: int) -> Iterator[tuple[str, Letter]]:
    for prefix, same in group((_prefix(person, length), person) for person in people).items():
        docname = _docname(prefix)
        whole = same
        longer: tuple[Person, ...] = ()
        if len(same) > MAX_PEOPLE and length < _MAX_PREFIX:
            whole = tuple(person for person in same if _prefix(person, length + 1) == prefix)
            longer = tuple(person for person in same if _prefix(person, length + 1) != prefix)
        below = dict(_split(longer, docname, length + 1))
        pages = tuple(name for name, one in below.items() if one.above == docname)
        yield docname, Letter(prefix, above, len(same), whole, pages)
        yield from below.items()


def _prefix(person: Person, length: int) -> str:
    """Return the first letters of a family name; for most scripts but Latin, the script first."""
    family = person.sort_key[0].replace(" ", "")
    first = family[:1]
    if not first or not first.isalpha():
        return "#"
    if first.isascii():
        return "".join(c for c in family if c.isascii() and c.isalnum())[:length].capitalize()
    script = unicodedata.name(first, "#").split()[0].replace("CJK", "Han").capitalize()
    return f"{script} {family[: length - 1]}".strip()


def _docname(prefix: str) -> str:
    return f"speakers/letters/{slugify(prefix)}"


def _index(
    catalogue: Catalogue, people: Sequence[Person], pages: Sequence[str]
) -> Iterator[PageBlock]:
    if 0 < len(people) <= MAX_UNDIVIDED and not pages:
        yield _list(catalogue, people)
        return
    if pages:
        yield _letter_list(catalogue, pages)
    yield from heard_most(catalogue)
    if not pages:
        yield from _sections(catalogue, people)


def heard_most(catalogue: Catalogue) -> Iterator[Section]:
    """Yield the section of the people with most talks, if any has several."""
    counts = {
        slug: len(talks) for slug, talks in catalogue.talks_by_person.items() if len(talks) > 1
    }
    if counts:
        shown = cross_references.people_list(catalogue, most_common(counts, _MAX_HEARD))
        yield section("heard-most", _("Heard most"), shown)


def _letter_list(catalogue: Catalogue, pages: Iterable[str]) -> List:
    found = letters(catalogue)
    pairs = [(CrossReference("doc", name, found[name].prefix), found[name].size) for name in pages]
    return cross_references.counted_list(pairs)


def _sections(catalogue: Catalogue, people: Iterable[Person]) -> Iterator[Section]:
    for letter, same in group((_prefix(person, 1), person) for person in people).items():
        node_id, shown = f"letter-{slugify(letter)}", _list(catalogue, same)
        yield section(node_id, letter, shown, css_class="conf-letter")


def _list(catalogue: Catalogue, people: Iterable[Person]) -> List:
    talks = catalogue.talks_by_person
    return cross_references.people_list(
        catalogue, [(p.slug, len(talks.get(p.slug, ()))) for p in people]
    )
