"""The page of a note: the session, then each talk as it was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from confnotes.catalogue import Catalogue, NoteEntry, TalkEntry
from confnotes.catalogue.repeated_talks import repeated_talks
from confnotes.model import Event, Speaker, TalkKind
from confnotes.names import initials
from confnotes.pages import (
    cross_references,
    dates,
    mentions,
    programme_blocks,
    related,
    split_notes,
    talk_body,
)
from confnotes.pages.i18n import _, counted
from confnotes.pages.inline_markup import parse_inline, safe_link
from confnotes.pages.mentions import wiki_link_resolver
from confnotes.pages.page_model import (
    Container,
    CrossReference,
    Fold,
    Initials,
    Inline,
    ListItem,
    Page,
    PageBlock,
    PageObject,
    Section,
    Text,
)
from confnotes.pages.shorthands import Shown, bullets, join, label, para, shorten_description, span
from confnotes.pages.unshown_text import remaining_fields, shows_heading

_MAX_TOPICS = 5
"""Topics of a talk before the rest folds."""


def note_page(catalogue: Catalogue, docname: str) -> Page:
    entry = catalogue.notes[docname]
    title, lead = _title(catalogue.events[entry.event], entry)
    return Page(
        docname,
        title,
        tuple(_blocks(catalogue, entry, title)),
        objects=tuple(
            PageObject("talk", talk.object_name, talk.title, talk.node_id, line=talk.talk.line)
            for talk in entry.talks
        ),
        children=tuple(name for name, _title in split_notes.pages_of_note(catalogue, docname)),
        description=_description(catalogue, entry, entry.talks),
        lead=lead,
    )


def _title(event: Event, entry: NoteEntry) -> tuple[str, str]:
    """Return a note's title, and its beginning that names its event, all of it before a date."""
    title = entry.note.title or entry.label or entry.docname.rpartition("/")[2]
    lead, on = cross_references.event_lead(event, title), entry.note.date
    if on and lead and title[len(lead) :] in {"", on.isoformat()}:
        title = lead = title if title == lead else lead + dates.format_date(on)
    return title, lead


def _blocks(catalogue: Catalogue, entry: NoteEntry, title: str) -> Iterator[PageBlock]:
    note, event, resolve = entry.note, catalogue.events[entry.event], wiki_link_resolver(catalogue)
    facts: list[Shown] = [dates.format_weekday(note.date)] if note.date else []
    facts += [event.location] if event.location else []
    if len(entry.talks) > 1:
        facts.append(span("conf-contents", counted(len(entry.talks), "{} talk", "{} talks")))
    if facts:
        yield para("conf-facts", *join(facts))
    split = split_notes.pages_of_note(catalogue, entry.docname)
    if note.intro:
        yield Container(("conf-intro",), talk_body.to_page_blocks(note.intro, note.markup, resolve))
    if split:
        yield from (_brief_section(catalogue, talk) for talk in entry.talks)
    else:
        yield from (_section(catalogue, entry, talk) for talk in entry.talks)
    if note.closing:
        closing = talk_body.to_page_blocks(note.closing, note.markup, resolve)
        yield Container(("conf-outro",), closing)
    if not split:
        yield from related.related_section(catalogue, entry.talks)
    yield from mentions.mentions_section(catalogue, entry.docname)
    fields = []
    for name, value in remaining_fields(catalogue, entry, title):
        typed = parse_inline(value.text, note.markup, resolve)
        fields.append(para("", label(name), " ", *typed, line=value.line))
    if fields:
        yield Container(("conf-fields",), tuple(fields))


def _section(
    catalogue: Catalogue,
    entry: NoteEntry,
    talk: TalkEntry,
    part: split_notes.NotePart | None = None,
) -> Section:
    """Return the section of a talk, or what ``part`` has of it."""
    typed = split_notes.body_parts(talk.talk.body)[part.number] if part else talk.talk.body
    about = () if part and part.number else _about(catalogue, entry, talk)
    is_agenda = talk_body.is_agenda(talk.talk)
    recording = "" if is_agenda else programme_blocks.recording(catalogue, talk)
    resolve = wiki_link_resolver(catalogue)
    body = talk_body.to_page_blocks(typed, entry.note.markup, resolve, recording)
    title = (Text(talk.title),)
    return Section(talk.node_id, title, (*about, *body), talk.talk.line, ("conf-talk",))


def _brief_section(catalogue: Catalogue, talk: TalkEntry) -> Section:
    """Return the section of a talk that is on a part of its note, which it leads to."""
    place = split_notes.places(catalogue)[talk.object_name]
    part = split_notes.note_parts(catalogue)[place.partition("#")[0]]
    link = CrossReference("doc", place, split_notes.title_of(catalogue.notes[part.note], part))
    by = [catalogue.people[slug].label for slug in dict.fromkeys(talk.people)]
    facts = para("conf-facts", *join(filter(None, (", ".join(by), link))))
    return Section(talk.node_id, (Text(talk.title),), (facts,), talk.talk.line, ("conf-brief",))


def part_page(catalogue: Catalogue, docname: str) -> Page:
    """Return a page of some talks of a note that is too large for one page."""
    part = split_notes.note_parts(catalogue)[docname]
    talks = split_notes.talks_on_page(catalogue, docname)
    entry = catalogue.notes[part.note]
    event = catalogue.events[entry.event]
    facts = join((cross_references.event(event), cross_references.session(event, entry)))
    sections = (_section(catalogue, entry, talk, part) for talk in talks)
    return Page(
        docname,
        split_notes.title_of(entry, part),
        (para("conf-when", *facts), *sections, *related.related_section(catalogue, talks)),
        description=_description(catalogue, entry, talks),
    )


def _about(catalogue: Catalogue, entry: NoteEntry, talk: TalkEntry) -> Iterator[PageBlock]:
    """Yield the header of a talk: speakers, kind, topics, materials."""
    typed = talk.talk
    if typed.heading and not shows_heading(talk):
        heading = parse_inline(typed.heading, entry.note.markup, wiki_link_resolver(catalogue))
        yield para("conf-head", *heading, line=typed.line)
    if rows := list(_rows(catalogue, entry, talk)):
        yield bullets("conf-header", rows)


def _rows(catalogue: Catalogue, entry: NoteEntry, talk: TalkEntry) -> Iterator[ListItem]:
    typed = talk.talk
    if typed.speakers:
        pairs = zip(typed.speakers, talk.slugs, strict=True)
        names = [[*_speaker(catalogue, *pair)] for pair in pairs]
        named = [part for name in names for part in (Text(", "), *name)][1:]
        name = _("Speaker") if len(typed.speakers) == 1 else _("Speakers")
        yield _row(name, named, typed.speakers[0].line)
    labels: list[Shown] = []
    if typed.kind is not TalkKind.TALK:
        labels.append(span("conf-kind", _(typed.kind.value.capitalize())))
    if typed.track:
        labels.append(span("conf-track", typed.track))
    if typed.date and typed.date != entry.note.date:
        labels.append(dates.format_weekday(typed.date))
    if labels:
        yield _row(_("Kind"), join(labels))
    if typed.materials:
        links = (
            (programme_blocks.watch_link if talk_body.is_video(to) else safe_link)(to.url, to.label)
            for to in typed.materials
        )
        yield _row(_("Materials"), join(links), typed.materials[0].line)
    if announced := programme_blocks.announcement(catalogue, talk):
        yield _row(_("Programme"), announced)
    if elsewhere := [*_elsewhere(catalogue, talk)]:
        yield _row(_("Also at"), join(elsewhere))
    topics: list[Shown] = [cross_references.topic(catalogue, one.topic) for one in talk.topics]
    topics += dict.fromkeys(v.text for v in typed.topics if catalogue.topic(v.text) is None)
    if topics:
        row = _row(_("Topics"), join(topics[:_MAX_TOPICS]))
        if rest := topics[_MAX_TOPICS:]:
            more = counted(len(rest), "and {} more", "and {} more")
            row = replace(row, blocks=(*row.blocks, Fold(more, (para("", *join(rest)),))))
        yield row
    if mentioned := mentions.people_mentioned_in(catalogue).get(talk.object_name):
        people = (cross_references.person(catalogue, slug) for slug in mentioned)
        yield _row(_("Mentions"), join(people, ", "))


def _elsewhere(catalogue: Catalogue, talk: TalkEntry) -> Iterator[Shown]:
    """Yield the other events where a talk was given, as links to the talk there."""
    events = {}
    for other in repeated_talks(catalogue).get(talk.object_name, ()):
        events[other.event] = CrossReference(
            "talk", other.object_name, catalogue.events[other.event].name
        )
    yield from (shown for event, shown in events.items() if event != talk.event)
    for value in talk.talk.also:
        event = catalogue.event(value.text)
        if event is None or event.docname not in events:
            yield cross_references.event(event) if event else value.text


def _row(name: str, shown: Iterable[Inline], line: int = 0) -> ListItem:
    return ListItem((para("", label(name), " ", *shown, line=line),))


def _speaker(catalogue: Catalogue, speaker: Speaker, slug: str) -> Iterator[Inline]:
    if slug:
        yield cross_references.face(catalogue, slug)
        yield CrossReference("speaker", slug, speaker.name)
    else:
        yield Initials(initials(speaker.name))
        yield Text(speaker.name)
    for cls, text in (
        ("conf-distinction", catalogue.people[slug].distinction if slug else ""),
        ("conf-affiliation", speaker.id if speaker.id != slug else ""),
        ("conf-role", speaker.role),
        ("conf-affiliation", speaker.affiliation),
        ("conf-handle", speaker.handle),
    ):
        if text:
            yield Text(" ")
            yield span(cls, f"({text})")


def _description(catalogue: Catalogue, entry: NoteEntry, talks: Iterable[TalkEntry]) -> str:
    titles = "; ".join(
        f"{talk.title} ({', '.join(s.name for s in talk.talk.speakers)})"
        if talk.is_titled and talk.talk.speakers
        else talk.title
        for talk in talks
    )
    event = catalogue.events[entry.event].name
    return shorten_description(_("Notes from {event}, {session}: {talks}").format(
        event=event, session=entry.label, talks=titles
    ))  # fmt: skip
