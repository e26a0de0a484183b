"""From the tree to the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from confnotes.catalogue import events, people, reading, talks
from confnotes.catalogue.cache import Cache
from confnotes.catalogue.codes import Code
from confnotes.catalogue.frontmatter import FrontMatter
from confnotes.catalogue.records import (
    Catalogue,
    NoteEntry,
    Person,
    TalkEntry,
    Written,
)
from confnotes.catalogue.topics import Vocabulary
from confnotes.catalogue.tree import Tree, walk
from confnotes.digests import digest
from confnotes.model import Event, Note, Problem, Severity
from confnotes.names import identity


def load(
    root: Path,
    *,
    cache: Path | None = None,
    is_excluded: Callable[[str], bool] = lambda path: False,
) -> Catalogue:
    """Read every note and page below ``root``.

    ``cache`` is a file that keeps what was read; a build may delete it at any time.
    ``is_excluded`` tells which paths below the root are left out.
    """
    root = Path(root)
    tree = walk(root, is_excluded)
    texts, unread_pages = reading.sources(root, tree.pages)
    sources, unread_notes = reading.sources(root, tree.notes)
    problems = [*unread_pages, *unread_notes]
    kept = Cache(Path(cache) if cache else None)
    made_from = digest(repr((tree, problems)), *texts.values(), *sources.values())
    catalogue = kept.catalogue(root, made_from)
    if catalogue is None:
        catalogue = _gather(root, tree, texts, sources, problems, kept, made_from)
        kept.save(catalogue)
    return catalogue


def _gather(
    root: Path,
    tree: Tree,
    texts: Mapping[str, bytes],
    sources: Mapping[str, bytes],
    problems: list[Problem],
    kept: Cache,
    made_from: str,
) -> Catalogue:
    """Return the catalogue of pages and notes, whose ``texts`` and ``sources`` are by docname."""
    pages = {docname: FrontMatter(tree.pages[docname], text) for docname, text in texts.items()}
    speakers = _below(pages, "speakers")
    vocabulary = Vocabulary(_below(pages, "topics"))
    event_pages = {docname: page for docname, page in pages.items() if events.is_event(docname)}
    written = {docname: events.written(docname, page) for docname, page in event_pages.items()}
    claimed = people.claims(speakers)

    notes, digests = reading.read(sources, tree.notes, written, claimed, kept)
    folders = {
        event: [notes[docname] for docname in docnames if docname in notes]
        for event, docnames in events.folders(tree.notes).items()
    }
    held = {
        docname: written.get(docname) or events.unwritten(docname, folders.get(docname, ()))
        for docname in {*written, *folders}
    }
    held = events.in_order(held, folders)
    spoken = (s.name for note in notes.values() for talk in note.talks for s in talk.speakers)
    known, by_name = people.gather(speakers, claimed, spoken)
    entries = _entries(notes, digests, held, by_name, vocabulary, kept)
    event_names = events.names(held, event_pages)

    problems = [*problems, *tree.problems]
    problems += _namesakes(vocabulary, by_name, known, event_names, held, pages)
    problems += (problem for page in pages.values() for problem in page.problems)
    problems += (problem for note in notes.values() for problem in note.problems)
    problems += (problem for entry in entries.values() for problem in entry.unclear)
    documents = {**tree.notes, **tree.pages}
    unread = (path for name, path in documents.items() if name not in texts.keys() | sources)
    return Catalogue(
        root=root,
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
        made_from=made_from,
    )


def _below(pages: Mapping[str, FrontMatter], folder: str) -> dict[str, FrontMatter]:
    return {
        docname: page
        for docname, page in pages.items()
        if docname.startswith(f"{folder}/") and docname != f"{folder}/index"
    }


def _entries(
    notes: Mapping[str, Note],
    digests: Mapping[str, str],
    held: Mapping[str, Event],
    by_name: Mapping[str, str],
    vocabulary: Vocabulary,
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
    topics = digest(repr(vocabulary.topics))
    entries = {}
    for docname in ordered:
        note = notes[docname]
        people = [
            tuple(by_name[identity(speaker.name)] for speaker in talk.speakers)
            for talk in note.talks
        ]
        mark = digest(digests[docname], topics, repr(people))
        entries[docname] = kept.entry(docname, mark) or _entry(
            docname, place[docname], note, people, vocabulary, mark
        )
    return entries


def _entry(
    docname: str,
    event: str,
    note: Note,
    people: Iterable[tuple[str, ...]],
    vocabulary: Vocabulary,
    mark: str,
) -> NoteEntry:
    made = []
    problems: list[Problem] = []
    ids = talks.node_ids(note.talks)
    for talk, node_id, speakers in zip(note.talks, ids, people, strict=True):
        topics, unclear = vocabulary.of(talk, note.path)
        problems += unclear
        made.append(
            TalkEntry(
                docname,
                node_id,
                talks.title_of(talk),
                event,
                talk,
                speakers,
                topics,
                talk.date or note.date,
                f"{mark}#{node_id}",
            )
        )
    return NoteEntry(docname, event, talks.label_of(note), note, tuple(made), tuple(problems), mark)


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
