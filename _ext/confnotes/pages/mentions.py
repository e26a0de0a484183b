"""Who mentions whom: pages that people wrote, by their references, and talks, by names in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.tracking import derived
from confnotes.pages.elements import bullets, item, section
from confnotes.pages.i18n import _
from confnotes.pages.model import CrossReference, PageBlock, Section
from confnotes.pages.talk_list import newest_first, talk_list

_MAX_MENTIONS = 20


def mentioned_in(
    catalogue: Catalogue, docname: str, talks: Sequence[TalkEntry] = ()
) -> Iterator[Section]:
    """Yield the section that lists the pages that mention ``docname``, and ``talks`` that do."""
    blocks: list[PageBlock] = []
    if pages := pages_mentioning(catalogue).get(docname, ()):
        shown = (CrossReference("doc", *page) for page in pages[:_MAX_MENTIONS])
        blocks.append(bullets("conf-counts", map(item, shown)))
    if talks:
        blocks.append(talk_list(catalogue, newest_first(talks)[:_MAX_MENTIONS]))
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
