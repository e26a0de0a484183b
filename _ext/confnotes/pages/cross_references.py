"""References to talks, people, topics and events, and lists of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from confnotes.catalogue import Catalogue, NoteEntry, TalkEntry
from confnotes.catalogue.tracking import cached_query
from confnotes.model import Event
from confnotes.names import identity_key, initials
from confnotes.pages import dates
from confnotes.pages.i18n import _, format_number
from confnotes.pages.page_model import CrossReference, Initials, List, ObjectKind, Section, Span
from confnotes.pages.shorthands import bullets, item, most_common, section, span
from confnotes.slugs import unique_slugs


def event_name(docname: str) -> str:
    """Return an event's name in the inventory: ``2015/linux-conf-au``."""
    return docname.removeprefix("years/").removesuffix("/index")


def event(edition: Event, text: str = "") -> CrossReference:
    return CrossReference("event", event_name(edition.docname), text or edition.name)


@cached_query
def series_pages(catalogue: Catalogue) -> Mapping[str, tuple[Event, ...]]:
    """Return the editions of each series that has several, by the docname of its page."""
    several = {key: events for key, events in catalogue.series.items() if len(events) > 1}
    slugs = unique_slugs({key: events[-1].series for key, events in several.items()})
    return {f"years/series/{slugs[key]}": events for key, events in several.items()}


def series(catalogue: Catalogue, edition: Event) -> CrossReference | None:
    """Return a reference to the page of the series of an event, if it has one."""
    docname = _series_of(catalogue).get(identity_key(edition.series))
    return CrossReference("doc", docname, edition.series) if docname else None


@cached_query
def _series_of(catalogue: Catalogue) -> Mapping[str, str]:
    pages = series_pages(catalogue).items()
    return {identity_key(editions[-1].series): docname for docname, editions in pages}


def person(catalogue: Catalogue, slug: str) -> CrossReference:
    return CrossReference("speaker", slug, catalogue.people[slug].label)


def topic(catalogue: Catalogue, slug: str) -> CrossReference:
    return CrossReference("topic", slug, catalogue.topics[slug].title)


def talk(entry: TalkEntry) -> CrossReference:
    return CrossReference("talk", entry.object_name, entry.title)


def in_year(kind: ObjectKind, name: str, year: int, text: str) -> CrossReference:
    """Return a reference to the talks of a year of a speaker or topic."""
    return CrossReference(kind, f"{name}/{year:04}", text)


def session(edition: Event, entry: NoteEntry) -> CrossReference:
    """Return a reference to a note by its day and session, for use next to its event."""
    return CrossReference("doc", entry.docname, session_title(edition, entry))


def session_title(edition: Event, entry: NoteEntry) -> str:
    """Return the title of a note next to the name of its event, without repeating it."""
    note = entry.note
    title = " · ".join(filter(None, (note.day, note.session)))
    if not title and (lead := event_lead(edition, note.title)):
        title = note.title[len(lead) :]
    if note.date and title in {"", note.date.isoformat()}:
        title = dates.format_date(note.date)
    return title or entry.label or entry.docname.rpartition("/")[2]


def event_lead(edition: Event, title: str) -> str:
    """Return the name of its event that ``title`` begins with, and the dash behind it."""
    name, after = title[: len(edition.name)], title[len(edition.name) :]
    if name.casefold() != edition.name.casefold() or after[:1].isalnum():
        return ""
    return title[: len(title) - len(after.lstrip(" -–—:·,|"))]


def counted_list(pairs: Iterable[tuple[CrossReference, int]]) -> List:
    """Return a list of references, each with its number."""
    return bullets("conf-counts", (item(ref, *_size(size)) for ref, size in pairs))


def topic_list(catalogue: Catalogue, pairs: Iterable[tuple[str, int]]) -> List:
    """Return a list of topics, each with its number."""
    return counted_list((topic(catalogue, slug), size) for slug, size in pairs)


def topics_section(
    catalogue: Catalogue, talks: Iterable[TalkEntry], limit: int | None = None
) -> Iterator[Section]:
    """Yield the section of the topics of ``talks``, most talks first, if they have any."""
    if topics := Counter(match.topic for talk in talks for match in talk.topics):
        yield section("topics", _("Topics"), topic_list(catalogue, most_common(topics, limit)))


def people_list(catalogue: Catalogue, pairs: Iterable[tuple[str, int]]) -> List:
    """Return a list of people, each with the number of their talks."""
    rows = ((person(catalogue, slug), face(catalogue, slug), size) for slug, size in pairs)
    return bullets("conf-people", (item(disc, ref, *_size(size)) for ref, disc, size in rows))


def face(catalogue: Catalogue, slug: str) -> Initials:
    """Return the picture of a person, or the initials."""
    one = catalogue.people[slug]
    return Initials(initials(one.label), one.picture)


@cached_query
def pictures(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the paths of the pictures of people."""
    return tuple(one.picture for one in catalogue.people.values() if one.picture)


def count_span(size: int) -> Span:
    return span("conf-count", f"({format_number(size)})")


def _size(size: int) -> tuple[str | Span, ...]:
    return (" ", count_span(size)) if size != 1 else ()
