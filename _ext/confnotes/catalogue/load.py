"""Build the catalogue from the files of a project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from confnotes.catalogue import events, people, talks
from confnotes.catalogue.cache import Cache, CacheTable
from confnotes.catalogue.catalogue import Catalogue, HandwrittenPage, NoteEntry, TalkEntry
from confnotes.catalogue.person import Person
from confnotes.catalogue.read_project import ProjectSources
from confnotes.catalogue.summaries import NoteSummary, NoteTopics, summarize, sure_speakers
from confnotes.catalogue.topics import add_topic_name_conflicts
from confnotes.digests import digest
from confnotes.grouping import group
from confnotes.model import Note
from confnotes.parallel import PROCESSORS


def load_catalogue(
    root: Path,
    *,
    cache: Path | None = None,
    by_stat: bool = False,
    is_excluded: Callable[[str], bool] | None = None,
    is_wanted: Callable[[str], bool] = lambda path: True,
    unsaved: Mapping[str, bytes] = MappingProxyType({}),
    jobs: int = PROCESSORS,
    translate: Callable[[str], str] = str,
) -> Catalogue:
    """Read every note and page below ``root``.

    ``cache`` is the file of a cache; it may be deleted at any time. With ``by_stat``, a file that
    ``stat`` shows to be unchanged is not read. ``is_excluded`` tells which paths below the root to
    exclude; by default, ``conf.py`` does. The catalogue has all people, events and topics, but
    only those notes and talks whose path ``is_wanted``. ``unsaved`` has bytes by path, which
    replace those of files. ``jobs`` processes read notes. ``translate`` returns a kind of talk in
    the language of the site, for the titles of talks that have none.
    """
    with Cache(cache) as kept:
        sources = ProjectSources(
            Path(root), kept, by_stat=by_stat, is_excluded=is_excluded, unsaved=unsaved, jobs=jobs
        )
        return build_catalogue(sources, kept, is_wanted, translate)


def build_catalogue(
    sources: ProjectSources,
    kept: Cache,
    is_wanted: Callable[[str], bool],
    translate: Callable[[str], str],
) -> Catalogue:
    tree, pages, vocabulary = sources.tree, sources.pages, sources.vocabulary
    wanted = [docname for docname in sources.notes.digests if is_wanted(tree.notes[docname])]
    summaries, described = _describe(sources, kept, wanted)
    folders = {
        event: [summaries[name] for name in docnames if name in summaries]
        for event, docnames in group((events.event_of(name), name) for name in tree.notes).items()
    }
    all_events = {
        docname: sources.events.get(docname)
        or events.inferred_event(docname, folders.get(docname, ()))
        for docname in {*sources.events, *folders}
    }
    all_events = events.sort_events(all_events, folders)
    summaries = _in_order(summaries, all_events)
    known, by_name = _merged_people(sources, kept, summaries)
    entries = {
        docname: _entry(docname, described[docname], summary, by_name, translate)
        for docname, summary in summaries.items()
        if docname in described
    }
    event_pages = {docname: pages[docname] for docname in sources.events}
    event_names = events.index_event_names(all_events, event_pages)
    add_topic_name_conflicts(vocabulary, by_name, known, event_names, all_events, pages)

    titles = {docname: event.name for docname, event in all_events.items()}
    titles |= {topic.docname: topic.title for topic in vocabulary.topics.values()}
    titles |= {docname: known[people.slug_of(docname)].label for docname in sources.speakers}
    problems = [*sources.problems]
    problems += (problem for page in pages.values() for problem in page.problems)
    problems += (problem for one in described.values() for problem in one.note.problems)
    problems += (problem for entry in entries.values() for problem in entry.problems)
    documents = {**tree.notes, **tree.pages}
    read = pages.keys() | summaries.keys()
    unread = (path for name, path in documents.items() if name not in read)
    return Catalogue(
        root=sources.root,
        notes=entries,
        summaries=summaries,
        events=all_events,
        people=known,
        topics=dict(sorted(vocabulary.topics.items())),
        programmes=dict(sorted(sources.programmes.items())),
        handwritten={
            docname: HandwrittenPage(
                path=page.path,
                title=page.heading or titles.get(docname, ""),
                is_as_published=page.is_utf8 and docname not in sources.hidden,
                references=page.references,
            )
            for docname, page in sorted(pages.items())
        },
        problems=tuple(sorted(problems)),
        people_by_name=by_name,
        topics_by_name=vocabulary.by_name,
        events_by_name=event_names,
        assets=tuple(tree.assets),
        excluded=tuple(tree.excluded),
        unread=(*tree.unread, *unread),
        not_utf8=sources.not_utf8,
        vocabulary=vocabulary,
        former=sources.former,
        source_digest=sources.digest,
        unsaved=sources.unsaved,
    )


class _Wanted(NamedTuple):
    """A note that is wanted, the topics of its talks, and a digest of both."""

    note: Note
    topics: NoteTopics
    digest: str


def _describe(
    sources: ProjectSources, kept: Cache, wanted: Collection[str]
) -> tuple[dict[str, NoteSummary], dict[str, _Wanted]]:
    """Return the summaries of all notes, and those that are ``wanted``, by docname."""
    vocabulary = digest(repr(sources.vocabulary.topics))
    keys = {docname: digest(each, vocabulary) for docname, each in sources.notes.digests.items()}
    summaries = kept.find(CacheTable.SUMMARY, keys.values())
    topics = kept.find(CacheTable.TOPICS, [keys[docname] for docname in wanted])
    missing = {docname for docname, key in keys.items() if key not in summaries}
    missing |= {docname for docname in wanted if keys[docname] not in topics}
    notes = sources.notes.notes({*wanted, *missing})
    fresh = {
        keys[docname]: summarize(docname, notes[docname], sources.vocabulary) for docname in missing
    }
    summaries |= (fresh_summaries := {key: summary for key, (summary, _) in fresh.items()})
    topics |= (fresh_topics := {key: found for key, (_, found) in fresh.items()})
    kept.add(CacheTable.SUMMARY, fresh_summaries, keys.values())
    kept.add(CacheTable.TOPICS, fresh_topics, keys.values())
    return (
        {docname: summaries[key] for docname, key in keys.items()},
        {name: _Wanted(notes[name], topics[keys[name]], keys[name]) for name in wanted},
    )


def _in_order(
    summaries: Mapping[str, NoteSummary], all_events: Iterable[str]
) -> dict[str, NoteSummary]:
    rank = {docname: place for place, docname in enumerate(all_events)}
    ordered = sorted(
        summaries, key=lambda name: (rank[events.event_of(name)], summaries[name].order)
    )
    return {docname: summaries[docname] for docname in ordered}


def _merged_people(
    sources: ProjectSources, kept: Cache, summaries: Mapping[str, NoteSummary]
) -> tuple[dict[str, Person], dict[str, str]]:
    """Return what :func:`people.merge_people` does, from the cache if no file has changed."""
    merged = kept.find(CacheTable.PEOPLE, [sources.digest])
    if not merged:
        names = sure_speakers(summaries.values())
        merged[sources.digest] = people.merge_people(sources.speakers, sources.claimed, names)
        kept.add(CacheTable.PEOPLE, merged, merged)
    found: tuple[dict[str, Person], dict[str, str]] = merged[sources.digest]
    return found


def _entry(
    docname: str,
    wanted: _Wanted,
    summary: NoteSummary,
    by_name: Mapping[str, str],
    translate: Callable[[str], str],
) -> NoteEntry:
    note, found, source = wanted
    speakers = [
        tuple(people.find_slug(by_name, speaker.name, speaker.id) for speaker in talk.speakers)
        for talk in note.talks
    ]
    mark = digest(source, repr(speakers))
    event = events.event_of(docname)
    made = tuple(
        TalkEntry(
            docname=docname,
            node_id=brief.node_id,
            title=talks.display_title(talk, translate),
            event=event,
            talk=talk,
            slugs=slugs,
            topics=topics,
            date=talk.date or note.date,
            digest=f"{mark}#{brief.node_id}",
        )
        for talk, brief, slugs, topics in zip(
            note.talks, summary.talks, speakers, found.topics, strict=True
        )
    )
    return NoteEntry(
        docname=docname,
        event=event,
        label=" – ".join(filter(None, (note.day, note.session))) or note.title,
        note=note,
        talks=made,
        problems=found.unclear,
        digest=mark,
    )
