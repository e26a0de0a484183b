"""Mentions: on hand-written pages by references, in talks by full names and links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from confnotes.body_lines import iter_lines
from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.tracking import derived
from confnotes.notes.syntax.wiki_links import WIKI_LINK, wiki_link
from confnotes.pages.elements import bullets, item, section
from confnotes.pages.i18n import _
from confnotes.pages.model import CrossReference, PageBlock, Section
from confnotes.pages.talk_list import newest_first, talk_list
from confnotes.pages.wiki_links import resolver

_MAX_MENTIONS = 20


def mentioned_in(
    catalogue: Catalogue, docname: str, talks: Sequence[TalkEntry] = ()
) -> Iterator[Section]:
    """Yield the section that lists the pages that mention ``docname``, and ``talks`` that do."""
    blocks: list[PageBlock] = []
    if pages := pages_mentioning(catalogue).get(docname, ()):
        shown = (CrossReference("doc", *page) for page in pages[:_MAX_MENTIONS])
        blocks.append(bullets("conf-counts", map(item, shown)))
    linking = talks_linking_to(catalogue).get(docname, ())
    if different := {talk.object_name: talk for talk in (*talks, *linking)}:
        newest = newest_first(different.values())[:_MAX_MENTIONS]
        blocks.append(talk_list(catalogue, newest))
    if blocks:
        yield section("mentioned", _("Mentioned in"), *blocks)


@derived
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


@derived
def talks_linking_to(catalogue: Catalogue) -> Mapping[str, tuple[TalkEntry, ...]]:
    """Return the talks whose notes have a link to each page, ``[[Name]]``, by its docname."""
    found: defaultdict[str, dict[str, TalkEntry]] = defaultdict(dict)
    resolve = resolver(catalogue)
    for talk in catalogue.talks:
        for _line, _depth, text in iter_lines(talk.talk.body):
            for match in WIKI_LINK.finditer(text) if "[[" in text else ():
                reference = resolve(wiki_link(match).page, "")
                target = reference and _page_of(reference)
                if target and target != talk.docname:
                    found[target][talk.object_name] = talk
    return {docname: tuple(talks.values()) for docname, talks in found.items()}


def _page_of(reference: CrossReference) -> str:
    match reference.kind:
        case "talk":
            return reference.target.partition("#")[0]
        case "speaker" | "topic":
            return f"{reference.kind}s/{reference.target}"
        case "event":
            return f"years/{reference.target}/index"
        case "doc":
            return reference.target


def _docname(catalogue: Catalogue, role: str, target: str) -> str | None:
    """Return the page of what a role names: by a name, else as the inventory has it."""
    if role == "speaker":
        person = catalogue.person(target) or catalogue.people.get(target)
        return person.docname if person else None
    if role == "topic":
        topic = catalogue.topic(target) or catalogue.topics.get(target)
        return topic.docname if topic else None
    event = catalogue.event(target) or catalogue.events.get(f"years/{target}/index")
    return event.docname if event else None
