"""The talks of a speaker or on a topic, by year, newest first.

If they are many, each year has a page, so that no page grows with the years.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from confnotes.catalogue import Catalogue, Person, TalkEntry, Topic
from confnotes.catalogue.tracking import cached_query
from confnotes.pages import cross_references, css_charts
from confnotes.pages.i18n import _, counted
from confnotes.pages.page_model import CrossReference, List, ObjectKind, Page, PageBlock, PageObject
from confnotes.pages.shorthands import para, section
from confnotes.pages.talk_list import newest_first, talk_list

MAX_TALKS = 100
"""Talks on one page; more are on pages by year, with no more than these on each."""
_RECENT = 30


class Subject(NamedTuple):
    """A speaker or a topic."""

    kind: ObjectKind
    slug: str
    name: str
    docname: str

    @classmethod
    def of(cls, entry: Person | Topic) -> Subject:
        if isinstance(entry, Person):
            return cls("speaker", entry.slug, entry.name, entry.docname)
        return cls("topic", entry.slug, entry.title, entry.docname)

    def list_talks(self, catalogue: Catalogue, talks: Sequence[TalkEntry]) -> List:
        if self.kind == "speaker":
            return talk_list(catalogue, talks, without=self.slug)
        return talk_list(catalogue, talks, topic=self.slug)

    def in_year(self, year: int, text: str = "") -> CrossReference:
        return cross_references.in_year(self.kind, self.slug, year, text or str(year))

    def object_of(self, year: int, node_id: str = "") -> PageObject:
        title = _("{topic} in {year}").format(topic=self.name, year=year)
        return PageObject(self.kind, f"{self.slug}/{year:04}", title, node_id)


class Part(NamedTuple):
    """Talks of a year; a year of many has several parts, numbered from 1."""

    subject: Subject
    year: int
    number: int
    talks: tuple[TalkEntry, ...]

    @property
    def docname(self) -> str:
        number = f"-{self.number}" if self.number > 1 else ""
        return f"{self.subject.docname}/{self.year:04}{number}"

    @property
    def label(self) -> str:
        return f"{self.year:04}" if self.number == 1 else f"{self.year:04} ({self.number})"


def year_objects(catalogue: Catalogue, subject: Subject) -> Iterator[PageObject]:
    """Yield the domain objects of the years on the page of ``subject``."""
    if subject.docname in year_pages(catalogue):
        return
    by_year = _by_year(catalogue, _talks(catalogue, subject))
    for year in by_year:
        yield subject.object_of(year, f"in-{year:04}" if len(by_year) > 1 else "talks")


def year_blocks(catalogue: Catalogue, subject: Subject) -> Iterator[PageBlock]:
    """Yield a chart of talks by year, and the talks, or the newest of many."""
    talks = newest_first(_talks(catalogue, subject))
    counts = css_charts.count_by_year(catalogue, talks)
    number = counted(len(talks), "{} talk", "{} talks")
    picture = css_charts.year_bars(counts, subject.in_year)
    chart = (picture,) if picture else ()
    if subject.docname in year_pages(catalogue):
        if not picture:
            pairs = [(subject.in_year(year), counts[year]) for year in sorted(counts, reverse=True)]
            yield section("years", _("By year"), cross_references.counted_list(pairs))
        newest = subject.list_talks(catalogue, talks[:_RECENT])
        yield section("talks", number, *chart, para("conf-caption", _("Newest talks")), newest)
        return
    by_year = _by_year(catalogue, talks)
    shown: tuple[PageBlock, ...] = (subject.list_talks(catalogue, talks),)
    if len(by_year) > 1:
        lists = {year: subject.list_talks(catalogue, given) for year, given in by_year.items()}
        shown = tuple(
            section(f"in-{year:04}", str(year), listed, css_class="conf-year")
            for year, listed in lists.items()
        )
    yield section("talks", number, *chart, *shown)


def part_page(catalogue: Catalogue, docname: str) -> Page:
    part = parts_by_page(catalogue)[docname]
    subject = part.subject
    title = _("{topic} in {year}").format(topic=subject.name, year=part.label)
    about = CrossReference(subject.kind, subject.slug, subject.name)
    return Page(
        docname,
        title,
        (para("conf-facts", about), subject.list_talks(catalogue, part.talks)),
        objects=(subject.object_of(part.year),) if part.number == 1 else (),
        description=counted(len(part.talks), "{} talk", "{} talks") + f": {title}",
    )


@cached_query
def year_pages(catalogue: Catalogue) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return docname and label of each page by year, by the docname of the subject."""
    return {
        docname: tuple((part.docname, part.label) for part in split)
        for docname, split in _split(catalogue).items()
    }


@cached_query
def parts_by_page(catalogue: Catalogue) -> Mapping[str, Part]:
    return {part.docname: part for split in _split(catalogue).values() for part in split}


@cached_query
def _split(catalogue: Catalogue) -> Mapping[str, tuple[Part, ...]]:
    """Return the parts of each subject with many talks, newest first, by docname."""
    subjects = (
        *map(Subject.of, catalogue.topics.values()),
        *map(Subject.of, catalogue.people.values()),
    )
    found = {}
    for subject in subjects:
        talks = _talks(catalogue, subject)
        if len(talks) > MAX_TALKS:
            found[subject.docname] = tuple(
                Part(subject, year, number, chunk)
                for year, talks_of_year in _by_year(catalogue, newest_first(talks)).items()
                for number, chunk in enumerate(_chunks(talks_of_year), 1)
            )
    return found


def _chunks(talks: Sequence[TalkEntry]) -> Iterator[tuple[TalkEntry, ...]]:
    for start in range(0, len(talks), MAX_TALKS):
        yield tuple(talks[start : start + MAX_TALKS])


def _talks(catalogue: Catalogue, subject: Subject) -> tuple[TalkEntry, ...]:
    table = catalogue.talks_by_person if subject.kind == "speaker" else catalogue.talks_under_topic
    return table.get(subject.slug, ())


def _by_year(catalogue: Catalogue, talks: Sequence[TalkEntry]) -> dict[int, list[TalkEntry]]:
    found: dict[int, list[TalkEntry]] = {}
    for talk in talks:
        found.setdefault(catalogue.events[talk.event].year, []).append(talk)
    return found
