"""People: one page each, however many spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from confnotes.catalogue.codes import CatalogueCode
from confnotes.catalogue.front_matter import FrontMatter
from confnotes.catalogue.model import Person
from confnotes.model import FieldValue
from confnotes.names import identity_key, normalize, sort_key
from confnotes.slugs import short_hash, unique_slugs


def slug_of(docname: str) -> str:
    """Return ``rusty-russell`` for ``speakers/rusty-russell``."""
    return docname.partition("/")[2]


def name_of(docname: str, front: FrontMatter) -> str:
    """Return the name of the person whom a hand-written page describes."""
    return front.text("name") or front.heading or slug_of(docname).replace("-", " ").title()


def index_names(pages: Mapping[str, FrontMatter]) -> dict[str, str]:
    """Return slugs by the identity of every name that a hand-written page claims.

    ``pages`` are by docname. A page's name goes before another's alias, and the address of
    a page is the last of its names. A name that is claimed twice is an error of the second.
    """
    found: dict[str, str] = {}
    in_order = sorted(pages.items())
    names = [
        (name, front, front.scalar("name") or FieldValue(1, 1, name_of(name, front)))
        for name, front in in_order
    ]
    aliases = [
        (name, front, value) for name, front in in_order for value in front.strings("aliases")
    ]
    for docname, front, value in (*names, *aliases):
        slug = slug_of(docname)
        key = identity_key(value.text)
        other = found.setdefault(key, slug)
        if other != slug:
            place = pages[f"speakers/{other}"]
            same = (s for s in place.strings("aliases") if identity_key(s.text) == key)
            line = next(same, place.scalar("name") or FieldValue(1, 1, "")).line
            message = f"‘{value.text}’ is already claimed in {place.path}:{line}"
            hint = "remove it from one of the two"
            front.add_error(value, message, hint, CatalogueCode.DUPLICATE_NAME)
    for docname in pages:
        found.setdefault(identity_key(slug_of(docname)), slug_of(docname))
    return found


def merge_people(
    pages: Mapping[str, FrontMatter], claimed: Mapping[str, str], spoken: Iterable[str]
) -> tuple[dict[str, Person], dict[str, str]]:
    """Return people by slug, and slugs by the identity of every spelling.

    ``spoken`` has the name of each speaker of each talk, as often as it was typed.
    """
    counts = Counter(spoken)
    identities = {name: identity_key(name) for name in counts}
    by_name = dict(claimed)
    derived = unique_slugs({one: one for one in identities.values() if one not in by_name})
    for one, slug in derived.items():
        by_name[one] = f"{slug}-{short_hash(one)}" if f"speakers/{slug}" in pages else slug

    typed: defaultdict[str, list[str]] = defaultdict(list)
    for name, one in identities.items():
        typed[by_name[one]].append(name)
    slugs = {*typed, *(slug_of(docname) for docname in pages)}
    people = {
        slug: _person(slug, pages.get(f"speakers/{slug}"), typed[slug], counts)
        for slug in sorted(slugs)
    }
    return people, by_name


def _person(
    slug: str, front: FrontMatter | None, typed: Sequence[str], counts: Mapping[str, int]
) -> Person:
    if front is None:
        name = min(typed, key=lambda text: (-counts[text], text.isupper() or text.islower(), text))
        return Person(slug=slug, name=name, sort=sort_key(name), aliases=_others(typed, name))
    name = name_of(f"speakers/{slug}", front)
    family, given = sort_key(name)
    if value := front.scalar("sort"):
        family, given = normalize(value.text), normalize(name)
    return Person(
        slug=slug,
        name=name,
        sort=(family, given),
        aliases=_others([*typed, *(value.text for value in front.strings("aliases"))], name),
        links=front.links("links"),
    )


def _others(spellings: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(sorted({*spellings} - {name}))
