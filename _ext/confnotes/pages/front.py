"""The front page's derived part: how much is here, what is new, what is told most."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.catalogue import Catalogue
from confnotes.pages import coverage, dates, pictures, refs
from confnotes.pages.blocks import Inline, List, ListItem, Page, PageBlock, Para, Ref, Section, Text
from confnotes.pages.words import _, counted

_NEWEST, _MOST_TOLD = 8, 12
_INDEXES = ("years/index", "topics/index", "speakers/index")


def page(catalogue: Catalogue, docname: str) -> Page:
    written = catalogue.written.get(docname)
    return Page(
        docname,
        written.title if written else _("Conference notes"),
        tuple(_blocks(catalogue)),
        written=written is not None,
        contents=(*_INDEXES, coverage.DOCNAME),
        description=_summary(catalogue),
    )


def _blocks(catalogue: Catalogue) -> Iterator[PageBlock]:
    missing = Ref("doc", coverage.DOCNAME, coverage.title())
    yield Para(refs.joined((Text(_summary(catalogue)), missing)), classes=("conf-facts",))
    newest = list(catalogue.notes.values())[::-1][:_NEWEST]
    if newest:
        items = []
        for entry in newest:
            title = f"{catalogue.events[entry.event].name} – {entry.label}"
            line: list[Inline] = [Ref("doc", entry.docname, title)]
            if entry.note.date:
                line.append(Text(dates.day(entry.note.date)))
            items.append(ListItem((Para(refs.joined(line)),)))
        yield Section(
            "newest", (Text(_("Newest notes")),), (List(tuple(items), classes=("conf-notes",)),)
        )
    told = sorted(catalogue.talks_by_topic.items(), key=lambda pair: (-len(pair[1]), pair[0]))[
        :_MOST_TOLD
    ]
    if told:
        pairs = [(refs.topic(catalogue, slug), len(talks)) for slug, talks in told]
        yield Section("most-told", (Text(_("Most told topics")),), (refs.counts(pairs),))
        if table := pictures.topics_over_years(catalogue, [slug for slug, _talks in told]):
            yield Section("over-years", (Text(_("Topics over the years")),), (table,))


def _summary(catalogue: Catalogue) -> str:
    return " · ".join(
        counted(number, one, several)
        for number, one, several in (
            (len(catalogue.talks), "{} talk", "{} talks"),
            (len(catalogue.people), "{} speaker", "{} speakers"),
            (len(catalogue.topics), "{} topic", "{} topics"),
            (len(catalogue.events), "{} event", "{} events"),
        )
    )
