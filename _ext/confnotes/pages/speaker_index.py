"""The index of speakers, by family name, and its pages by letter once there are many."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from confnotes.catalogue import Catalogue, Person
from confnotes.catalogue.tracking import derived
from confnotes.pages import references
from confnotes.pages.i18n import _, counted
from confnotes.pages.model import CrossReference, List, Page, PageBlock, Section, Text
from confnotes.slugs import slugify

MAX_PEOPLE = 200
"""More people than these on one page are split by letter, then by two letters."""
_MAX_PREFIX = 4

Letters: TypeAlias = Mapping[str, Sequence[Person]]
"""People by the beginning of their family name, each few enough for a page."""


def index(catalogue: Catalogue, docname: str) -> Page:
    split = letters(catalogue)
    blocks: tuple[PageBlock, ...]
    if split:
        pairs = [
            (CrossReference("doc", _docname(p), p), len(people)) for p, people in split.items()
        ]
        blocks, contents = (references.counted_list(pairs),), tuple(map(_docname, split))
    else:
        people = catalogue.people_sorted
        blocks = tuple(_sections(catalogue, people))
        contents = tuple(person.docname for person in people)
    return Page(
        docname,
        _("Speakers"),
        blocks,
        has_prose=docname in catalogue.handwritten,
        children=contents,
        description=counted(len(catalogue.people), "{} speaker", "{} speakers"),
    )


def letter_page(catalogue: Catalogue, docname: str) -> Page:
    prefix, people = _by_docname(catalogue)[docname]
    title = _("Speakers: {letters}").format(letters=prefix)
    return Page(
        docname,
        title,
        (_list(catalogue, people),),
        children=tuple(person.docname for person in people),
        description=f"{title}, {counted(len(people), '{} speaker', '{} speakers')}",
    )


@derived
def letter_pages(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the letters of each page by letter, by docname; none while one page serves."""
    return {docname: prefix for docname, (prefix, _people) in _by_docname(catalogue).items()}


def letter_of(catalogue: Catalogue, person: Person) -> str | None:
    """Return the docname of the page by letter that lists ``person``, if there is one."""
    return _by_person(catalogue).get(person.slug)


@derived
def letters(catalogue: Catalogue) -> Letters:
    """Return the split of all people, empty while one page holds them."""
    people = catalogue.people_sorted
    return dict(_split(people, 1)) if len(people) > MAX_PEOPLE else {}


@derived
def _by_docname(catalogue: Catalogue) -> Mapping[str, tuple[str, Sequence[Person]]]:
    return {_docname(prefix): (prefix, people) for prefix, people in letters(catalogue).items()}


@derived
def _by_person(catalogue: Catalogue) -> Mapping[str, str]:
    split = _by_docname(catalogue).items()
    return {person.slug: docname for docname, (_prefix, people) in split for person in people}


def _split(people: Iterable[Person], length: int) -> Iterator[tuple[str, Sequence[Person]]]:
    groups: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        groups[_prefix(person, length)].append(person)
    for prefix, group in groups.items():
        if len(group) > MAX_PEOPLE and length < _MAX_PREFIX and len(prefix) == length:
            yield from _split(group, length + 1)
        else:
            yield prefix, group


def _prefix(person: Person, length: int) -> str:
    """Return the first letters of a family name; for most scripts but Latin, the script."""
    family = person.sort[0].replace(" ", "")
    first = family[:1]
    if not first or not first.isalpha():
        return "#"
    if first.isascii():
        return "".join(c for c in family if c.isascii() and c.isalnum())[:length].capitalize()
    return unicodedata.name(first, "#").split()[0].capitalize()


def _docname(prefix: str) -> str:
    return f"speakers/letters/{slugify(prefix)}"


def _sections(catalogue: Catalogue, people: Iterable[Person]) -> Iterator[Section]:
    groups: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        groups[_prefix(person, 1)].append(person)
    for letter, group in groups.items():
        classes = ("conf-letter",)
        yield Section(
            f"letter-{slugify(letter)}",
            (Text(letter),),
            (_list(catalogue, group),),
            classes=classes,
        )


def _list(catalogue: Catalogue, people: Iterable[Person]) -> List:
    talks = catalogue.talks_by_person
    return references.counted_list(
        [(references.person(catalogue, p.slug), len(talks.get(p.slug, ()))) for p in people]
    )
