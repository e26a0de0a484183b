"""Mentions: links between notes, ``[[Name]]``, people in texts of talks, and their backlinks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from confnotes.body import iter_lines
from confnotes.catalogue import Catalogue, NoteEntry, TalkEntry
from confnotes.catalogue.phrase_matcher import PhraseMatcher
from confnotes.catalogue.tracking import cached_query
from confnotes.grouping import group
from confnotes.names import identity_key
from confnotes.notes.syntax.fields import split_topics
from confnotes.notes.syntax.wiki_links import WIKI_LINK, wiki_link
from confnotes.pages import cross_references
from confnotes.pages.i18n import _
from confnotes.pages.inline_markup import Resolver
from confnotes.pages.page_model import CrossReference, PageBlock, Section
from confnotes.pages.shorthands import join, para, section
from confnotes.pages.talk_list import newest_first, talk_list

_MAX_MENTIONS = 20
"""Pages, and talks, that the page they mention lists."""
_MAX_PEOPLE = 6
_BETWEEN = "\0"
"""The separator of lines, so that no name is matched across two."""


def wiki_link_resolver(catalogue: Catalogue) -> Resolver:
    """Return a function from a name to a reference to its person, topic, event, talk or note."""

    def resolve(name: str, text: str) -> CrossReference | None:
        found = _named(catalogue, name) if identity_key(name) else None
        return replace(found, text=text) if found else None

    return resolve


def _named(catalogue: Catalogue, name: str) -> CrossReference | None:
    if person := catalogue.person(name):
        return cross_references.person(catalogue, person.slug)
    if topic := catalogue.topic(name):
        return cross_references.topic(catalogue, topic.slug)
    if event := catalogue.event(name):
        return cross_references.event(event)
    return _notes_and_talks(catalogue).get(identity_key(name))


def _aliases(entry: NoteEntry) -> Iterator[str]:
    values = (value for name, value in entry.note.fields if name in {"alias", "aliases"})
    return (alias.text for value in values for alias in split_topics(value))


@cached_query
def _notes_and_talks(catalogue: Catalogue) -> Mapping[str, CrossReference]:
    """Return talks by unique titles, and notes by unique file names and aliases."""
    found: defaultdict[str, list[CrossReference]] = defaultdict(list)
    for entry in catalogue.notes.values():
        stem = entry.docname.rpartition("/")[2]
        for name in (stem, *_aliases(entry)):
            found[identity_key(name)].append(CrossReference("doc", entry.docname, name))
    notes = {key: same[0] for key, same in found.items() if len(same) == 1}
    found.clear()
    for talk in catalogue.talks:
        found[identity_key(talk.title)].append(cross_references.talk(talk))
    return notes | {key: same[0] for key, same in found.items() if len(same) == 1}


def mentions_section(
    catalogue: Catalogue, docname: str, talks: Sequence[TalkEntry] = ()
) -> Iterator[Section]:
    """Yield the section that lists the pages that mention ``docname``, and ``talks`` that do."""
    blocks: list[PageBlock] = []
    if pages := pages_mentioning(catalogue).get(docname, ()):
        shown = (CrossReference("doc", *page) for page in pages[:_MAX_MENTIONS])
        blocks.append(para("", *join(shown)))
    linking = talks_linking_to(catalogue).get(docname, ())
    if different := {talk.object_name: talk for talk in (*talks, *linking)}:
        newest = newest_first(different.values())[:_MAX_MENTIONS]
        blocks.append(talk_list(catalogue, newest))
    if blocks:
        yield section("mentioned", _("Mentioned in"), *blocks)


@cached_query
def pages_mentioning(catalogue: Catalogue) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return docname and title of the pages that refer to each page, by its docname."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    talks: defaultdict[str, set[str]] = defaultdict(set)
    for talk in catalogue.talks:
        talks[talk.title.casefold()].add(talk.docname)
        talks[talk.object_name.casefold()].add(talk.docname)
    for docname, page in catalogue.handwritten.items():
        for role, target in page.references:
            if role == "talk":
                names = talks.get(target.casefold(), set())
                target_page = next(iter(names)) if len(names) == 1 else None
            else:
                target_page = _docname(catalogue, role, target)
            if target_page and target_page != docname:
                found[target_page][docname] = page.title or docname
    return {docname: tuple(pages.items()) for docname, pages in found.items()}


@cached_query
def talks_linking_to(catalogue: Catalogue) -> Mapping[str, tuple[TalkEntry, ...]]:
    """Return the talks whose notes have a link to each page, ``[[Name]]``, by its docname."""
    found: defaultdict[str, dict[str, TalkEntry]] = defaultdict(dict)
    resolve = wiki_link_resolver(catalogue)
    for talk in catalogue.talks:
        for _line, _depth, text in iter_lines(talk.talk.body):
            for match in WIKI_LINK.finditer(text) if "[[" in text else ():
                reference = resolve(wiki_link(match).page, "")
                target = reference and _page_of(reference)
                if target and target != talk.docname:
                    found[target][talk.object_name] = talk
    return {docname: tuple(talks.values()) for docname, talks in found.items()}


@cached_query
def people_mentioned_in(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Return the people whom the text of each talk names in full, by the talk's name.

    Its own speakers are left out, and names of one word or of several people.
    """
    people = PhraseMatcher(
        (name, person.slug)
        for person in catalogue.people.values()
        for name in (person.name, *person.aliases)
        if " " in name.strip() and not person.namesakes
    )
    found = {}
    for talk in catalogue.talks:
        text = _BETWEEN.join(text for _, _, text in iter_lines(talk.talk.body))
        named = dict.fromkeys(match.value for match in people.find(text))
        others = tuple(slug for slug in named if slug not in talk.people)
        if others:
            found[talk.object_name] = others[:_MAX_PEOPLE]
    return found


@cached_query
def talks_mentioning(catalogue: Catalogue) -> Mapping[str, tuple[TalkEntry, ...]]:
    """Return the talks whose text names each person, by the person's slug."""
    named = people_mentioned_in(catalogue)
    return group(
        (slug, talk) for talk in catalogue.talks for slug in named.get(talk.object_name, ())
    )


def _page_of(reference: CrossReference) -> str:
    match reference.kind:
        case "talk" | "doc":
            return reference.target.partition("#")[0]
        case "speaker" | "topic":
            return f"{reference.kind}s/{reference.target}"
        case "event":
            return f"years/{reference.target}/index"


def _docname(catalogue: Catalogue, role: str, target: str) -> str | None:
    """Return the page of the target of a role: by name, else by inventory name."""
    if role == "speaker":
        person = catalogue.person(target) or catalogue.people.get(target)
        return person.docname if person else None
    if role == "topic":
        topic = catalogue.topic(target) or catalogue.topics.get(target)
        return topic.docname if topic else None
    event = catalogue.event(target) or catalogue.events.get(f"years/{target}/index")
    return event.docname if event else None
