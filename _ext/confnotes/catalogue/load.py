"""Build the catalogue from the files of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from confnotes.catalogue import events, people, talks
from confnotes.catalogue.cache import Cache, Table
from confnotes.catalogue.codes import Code
from confnotes.catalogue.context import Context
from confnotes.catalogue.frontmatter import FrontMatter
from confnotes.catalogue.records import (
    Catalogue,
    NoteEntry,
    Person,
    TalkEntry,
    Written,
)
from confnotes.catalogue.topics import Match, Vocabulary
from confnotes.digests import digest
from confnotes.model import Event, Note, Problem, Severity
from confnotes.names import identity


def load(
    root: Path,
    *,
    cache: Path | None = None,
    by_stat: bool = False,
    is_excluded: Callable[[str], bool] = lambda path: False,
) -> Catalogue:
    """Read every note and page below ``root``.

    ``cache`` is a file that keeps what was read; it may be deleted at any time. ``by_stat``: a
    file that ``stat`` shows to be unchanged is not read. ``is_excluded`` tells which paths below
    the root are left out.
    """
    with Cache(cache) as kept:
        context = Context(Path(root), kept, by_stat=by_stat, is_excluded=is_excluded)
        return _gather(context, kept)


def _gather(context: Context, kept: Cache) -> Catalogue:
    tree, pages, vocabulary = context.tree, context.pages, context.vocabulary
    notes = context.notes.notes(context.notes.digests)
    folders = {
        event: [notes[docname] for docname in docnames if docname in notes]
        for event, docnames in events.folders(tree.notes).items()
    }
    held = {
        docname: context.events.get(docname) or events.unwritten(docname, folders.get(docname, ()))
        for docname in {*context.events, *folders}
    }
    held = events.in_order(held, folders)
    spoken = (s.name for note in notes.values() for talk in note.talks for s in talk.speakers)
    known, by_name = people.gather(context.speakers, context.claimed, spoken)
    entries = _entries(context, notes, held, by_name, kept)
    event_pages = {docname: pages[docname] for docname in context.events}
    event_names = events.names(held, event_pages)

    problems = [*context.problems]
    problems += _namesakes(vocabulary, by_name, known, event_names, held, pages)
    problems += (problem for page in pages.values() for problem in page.problems)
    problems += (problem for note in notes.values() for problem in note.problems)
    problems += (problem for entry in entries.values() for problem in entry.unclear)
    documents = {**tree.notes, **tree.pages}
    unread = (path for name, path in documents.items() if name not in pages.keys() | notes)
    return Catalogue(
        root=context.root,
        notes=entries,
        events=held,
        people=known,
        topics=dict(sorted(vocabulary.topics.items())),
        written={
            docname: Written(
                page.path, _title(docname, page, held, known, vocabulary), page.is_utf8
            )
            for docname, page in sorted(pages.items())
        },
        problems=tuple(
            sorted(problems, key=lambda p: (p.path, p.line, p.column, p.code, p.message))
        ),
        people_by_name=by_name,
        topics_by_name=vocabulary.by_name,
        events_by_name=event_names,
        assets=tuple(tree.assets),
        excluded=tuple(tree.excluded),
        unread=(*tree.unread, *unread),
        vocabulary=vocabulary,
        made_from=context.digest,
    )


def _entries(
    context: Context,
    notes: Mapping[str, Note],
    held: Mapping[str, Event],
    by_name: Mapping[str, str],
    kept: Cache,
) -> dict[str, NoteEntry]:
    """Return the notes in the order of their events and sessions."""
    rank = {docname: place for place, docname in enumerate(held)}
    place = {docname: events.event_of(docname) for docname in notes}
    ordered = sorted(
        notes,
        key=lambda docname: (
            rank[place[docname]],
            talks.order(docname, notes[docname], held[place[docname]]),
        ),
    )
    entries = {}
    facts = _facts(context, kept)
    for docname in ordered:
        note, (key, of_talks, unclear) = notes[docname], facts[docname]
        people = [
            tuple(by_name[identity(speaker.name)] for speaker in talk.speakers)
            for talk in note.talks
        ]
        mark = digest(key, repr(people))
        made = tuple(
            TalkEntry(
                docname=docname,
                node_id=node_id,
                title=talks.title_of(talk),
                event=place[docname],
                talk=talk,
                people=speakers,
                topics=topics,
                date=talk.date or note.date,
                mark=f"{mark}#{node_id}",
            )
            for talk, speakers, (node_id, topics) in zip(note.talks, people, of_talks, strict=True)
        )
        entries[docname] = NoteEntry(
            docname=docname,
            event=place[docname],
            label=talks.label_of(note),
            note=note,
            talks=made,
            unclear=unclear,
            mark=mark,
        )
    return entries


class _Facts(NamedTuple):
    """What the text of a note and the vocabulary tell: anchors and topics of talks."""

    key: str
    talks: tuple[tuple[str, tuple[Match, ...]], ...]
    unclear: tuple[Problem, ...]


def _facts(context: Context, kept: Cache) -> dict[str, _Facts]:
    topics = digest(repr(context.vocabulary.topics))
    keys = {docname: digest(each, topics) for docname, each in context.notes.digests.items()}
    found = kept.find(Table.FACTS, keys.values())
    missing = context.notes.notes(docname for docname, key in keys.items() if key not in found)
    fresh = {
        keys[docname]: _read_facts(keys[docname], note, context.vocabulary)
        for docname, note in missing.items()
    }
    kept.add(Table.FACTS, fresh)
    kept.keep_only(Table.FACTS, set(keys.values()))
    found |= fresh
    return {docname: found[key] for docname, key in keys.items()}


def _read_facts(key: str, note: Note, vocabulary: Vocabulary) -> _Facts:
    found = [vocabulary.of(talk, note.path) for talk in note.talks]
    unclear = tuple(problem for _topics, problems in found for problem in problems)
    topics = (topics for topics, _problems in found)
    return _Facts(key, tuple(zip(talks.node_ids(note.talks), topics, strict=True)), unclear)


def _namesakes(
    vocabulary: Vocabulary,
    by_name: Mapping[str, str],
    known: Mapping[str, Person],
    event_names: Mapping[str, str],
    held: Mapping[str, Event],
    pages: Mapping[str, FrontMatter],
) -> Iterator[Problem]:
    """Yield a warning for each topic that is called like a person or an event."""
    for topic in vocabulary.topics.values():
        name = identity(topic.title)
        if name in by_name:
            what = f"the speaker ‘{known[by_name[name]].name}’"
        elif name in event_names:
            what = f"the event ‘{held[event_names[name]].name}’"
        else:
            continue
        page = pages[topic.docname]
        said = page.said("title")
        line, column = (said.line, said.column) if said else (1, 1)
        message = f"the topic ‘{topic.title}’ has the name of {what}"
        yield Problem(
            page.path, line, column, Code.TOPIC_IS_NAME, Severity.WARNING, message,
            "give the topic another title",
        )  # fmt: skip


def _title(
    docname: str,
    page: FrontMatter,
    held: Mapping[str, Event],
    known: Mapping[str, Person],
    vocabulary: Vocabulary,
) -> str:
    if page.heading:
        return page.heading
    folder, _, slug = docname.partition("/")
    if folder == "speakers" and slug in known:
        return known[slug].name
    if folder == "topics" and slug in vocabulary.topics:
        return vocabulary.topics[slug].title
    return held[docname].name if docname in held else ""
