"""People: one page each, however many spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from confnotes.catalogue.codes import CatalogueCode
from confnotes.catalogue.hide_former_names import FormerNames
from confnotes.catalogue.name_claims import NameClaim, index_names
from confnotes.catalogue.page_front_matter import FrontMatter
from confnotes.catalogue.person import Person, orcid_of, picture_of
from confnotes.catalogue.summaries import SpeakerSummary
from confnotes.grouping import group
from confnotes.model import Problem
from confnotes.names import identity_key
from confnotes.notes.languages.patterns import is_unspaced
from confnotes.slugs import slug_suffix, unique_slugs


def slug_of(docname: str) -> str:
    """Return the slug in the docname of a person's page: ``ana-ruiz`` of ``speakers/ana-ruiz``."""
    return docname.partition("/")[2]


def name_on_page(docname: str, front: FrontMatter) -> str:
    return front.text("name") or front.heading or slug_of(docname).replace("-", " ").title()


def index_speaker_names(pages: Mapping[str, FrontMatter]) -> dict[str, str]:
    """Return slugs by the identity of every name that a hand-written page claims.

    ``pages`` are by docname. A page's name goes before another's alias, and the address of
    a page is the last of its names. An alias that is claimed twice is an error of the second. A
    name that several pages have belongs to the one whose address it is, else to none.
    """
    several = namesakes(pages)
    in_order = sorted(pages.items())
    names = (
        NameClaim(name, slug_of(docname), front, front.scalar("name"))
        for docname, front in in_order
        if identity_key(name := name_on_page(docname, front)) not in several
    )
    aliases = (
        NameClaim(value.text, slug_of(docname), front, value)
        for docname, front in in_order
        for value in front.strings("aliases")
    )
    addresses = (NameClaim(slug_of(docname), slug_of(docname)) for docname in pages)
    return index_names((*names, *aliases, *addresses))


def namesakes(pages: Mapping[str, FrontMatter]) -> dict[str, tuple[str, ...]]:
    """Return the slugs of the pages of one name, by its identity, where there are several."""
    found = group(
        (identity_key(name_on_page(docname, front)), slug_of(docname))
        for docname, front in sorted(pages.items())
    )
    return {key: slugs for key, slugs in found.items() if len(slugs) > 1}


def index_former_names(pages: Mapping[str, FrontMatter]) -> tuple[FormerNames, list[Problem]]:
    """Return the former names on the pages of people, and the problems there."""
    names, problems = [], []
    claimed = {
        identity_key(name): front.path
        for docname, front in pages.items()
        for name in (name_on_page(docname, front), *(one.text for one in front.strings("aliases")))
    }
    for docname, front in pages.items():
        for value in front.strings("former"):
            is_short = " " not in value.text and not value.text.startswith("@")
            if path := claimed.get(identity_key(value.text)):
                code, hint = CatalogueCode.DUPLICATE_NAME, "remove it from one of the two"
                fault = f"the former name ‘{value.text}’ is a name in {path}, which is published"
            elif is_short and not is_unspaced(value.text):
                code, hint = CatalogueCode.INVALID_FRONT_MATTER, "type the whole former name"
                fault = f"‘{value.text}’ is one word, which may be part of anybody’s name"
            else:
                names.append((value.text, name_on_page(docname, front)))
                continue
            line, column = value.line, value.column
            problems.append(Problem.of(code, front.path, fault, hint, line=line, column=column))
    return FormerNames(names), problems


def find_slug(by_name: Mapping[str, str], name: str, person_id: str) -> str:
    """Return the slug of a speaker, empty for one without a page.

    ``by_name`` has those of people by the identity of a name, and of pages by themselves in
    square brackets, as ``person_id`` was typed.
    """
    slug = by_name.get(f"[{person_id}]") if person_id else None
    return slug or by_name.get(identity_key(name), "")


def merge_people(
    pages: Mapping[str, FrontMatter], claimed: Mapping[str, str], spoken: Iterable[SpeakerSummary]
) -> tuple[dict[str, Person], dict[str, str]]:
    """Return people by slug, and slugs as :func:`find_slug` looks for them.

    ``spoken`` has each speaker of each talk, as often as they were typed.
    """
    by_page = {f"[{slug_of(docname)}]": slug_of(docname) for docname in pages}
    counts = Counter((one.name, one.id) for one in spoken)
    by_name = dict(claimed)
    bare = (identity_key(name) for name, person_id in counts if f"[{person_id}]" not in by_page)
    derived = unique_slugs({one: one for one in bare if one not in by_name})
    for one, slug in derived.items():
        by_name[one] = f"{slug}-{slug_suffix(one)}" if f"speakers/{slug}" in pages else slug
    by_name |= by_page

    typed: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (name, person_id), count in counts.items():
        spellings = typed[find_slug(by_name, name, person_id)]
        spellings[name] = spellings.get(name, 0) + count
    shared = namesakes(pages)
    people = {
        slug: _person(slug, pages.get(f"speakers/{slug}"), typed[slug], shared)
        for slug in sorted({*typed, *by_page.values()})
    }
    return people, by_name


def _person(
    slug: str,
    front: FrontMatter | None,
    typed: Mapping[str, int],
    shared: Mapping[str, Sequence[str]],
) -> Person:
    """Return a person; ``typed`` has how often each spelling was, ``shared`` the namesakes."""
    if front is None:
        name = min(typed, key=lambda text: (-typed[text], text.isupper() or text.islower(), text))
        spellings = {*typed}
    else:
        name = name_on_page(f"speakers/{slug}", front)
        spellings = {*typed, *(value.text for value in front.strings("aliases"))}
    person = Person(
        slug=slug,
        name=name,
        aliases=tuple(sorted(spellings - {name})),
        namesakes=tuple(one for one in shared.get(identity_key(name), ()) if one != slug),
    )
    if front is None:
        return person
    return person._replace(
        sorted_as=front.text("sort"),
        links=front.links("links"),
        pronouns=front.text("pronouns"),
        website=front.url("website"),
        orcid=orcid_of(front),
        picture=picture_of(front),
    )
