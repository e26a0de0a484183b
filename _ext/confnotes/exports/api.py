"""The catalogue as JSON: talks, speakers, topics, events, and the schema of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from confnotes import model
from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.programme import Programme
from confnotes.catalogue.repeated_talks import repeated_talks
from confnotes.exports.api_types import (
    EventRecord,
    LinkRecord,
    SpeakerRecord,
    TalkRecord,
    TalkSpeakerRecord,
    TopicRecord,
    iso_date,
    json_schema,
)
from confnotes.exports.citations.citation import citation_keys
from confnotes.exports.site import Site
from confnotes.pages.cross_references import event_name
from confnotes.urls import is_safe_url


def api_files(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, str]]:
    """Yield each file's path and its text."""
    for name, (record, records) in FILES.items():
        yield f"api/{name}.json", _json_lines_array(records(catalogue, site))
        yield _schema_file(name, record, site, is_list=True)
    yield _schema_file("programme", Programme, site, is_list=False)


def _schema_file(name: str, record: type, site: Site, *, is_list: bool) -> tuple[str, str]:
    path = f"api/{name}.schema.json"
    schema = json_schema(record, site.file(path) if site.base_url else "", is_list=is_list)
    return path, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def talk_records(catalogue: Catalogue, site: Site) -> Iterator[TalkRecord]:
    keys = citation_keys(catalogue)
    for entry in catalogue.talks:
        talk, note = entry.talk, catalogue.notes[entry.docname].note
        same = repeated_talks(catalogue).get(entry.object_name, ())
        yield {
            "id": entry.object_name,
            "title": entry.title,
            "url": site.page(entry.docname, entry.node_id),
            "speakers": [
                TalkSpeakerRecord(id=slug, name=speaker.name, affiliation=speaker.affiliation)
                for slug, speaker in entry.speakers
            ],
            "topics": [match.topic for match in entry.topics],
            "event": event_name(entry.event),
            "year": catalogue.events[entry.event].year,
            "date": iso_date(entry.date),
            "session": note.session,
            "kind": talk.kind.value,
            "track": talk.track,
            "citation_key": keys[entry.object_name],
            "materials": _links(talk.materials),
            "also": _ids(one for one in same if one != entry),
            "note": note.path,
            "line": talk.line,
        }


def speaker_records(catalogue: Catalogue, site: Site) -> Iterator[SpeakerRecord]:
    for person in catalogue.people.values():
        yield {
            "id": person.slug,
            "name": person.name,
            "url": site.page(person.docname),
            "distinction": person.distinction,
            "aliases": list(person.aliases),
            "links": _links(person.links),
            "pronouns": person.pronouns,
            "website": person.website,
            "orcid": person.orcid,
            "picture": site.picture(person.picture),
            "talks": _ids(catalogue.talks_by_person.get(person.slug, ())),
        }


def topic_records(catalogue: Catalogue, site: Site) -> Iterator[TopicRecord]:
    for topic in catalogue.topics.values():
        yield {
            "id": topic.slug,
            "title": topic.title,
            "url": site.page(topic.docname),
            "parent": topic.parent or None,
            "phrases": list(topic.phrases),
            "talks": _ids(catalogue.talks_by_topic.get(topic.slug, ())),
        }


def event_records(catalogue: Catalogue, site: Site) -> Iterator[EventRecord]:
    for docname, event in catalogue.events.items():
        yield {
            "id": event_name(docname),
            "name": event.name,
            "url": site.page(docname),
            "series": event.series,
            "year": event.year,
            "start": iso_date(event.start),
            "end": iso_date(event.end),
            "place": event.location,
            "website": event.url,
            "aliases": list(event.aliases),
            "talks": _ids(catalogue.talks_by_event.get(docname, ())),
        }


FILES: Mapping[str, tuple[type, Callable[[Catalogue, Site], Iterator[Mapping[str, Any]]]]] = {
    "talks": (TalkRecord, talk_records),
    "speakers": (SpeakerRecord, speaker_records),
    "topics": (TopicRecord, topic_records),
    "events": (EventRecord, event_records),
}
"""The type of the records in each file, and the function that makes them."""


def _links(links: Iterable[model.Link]) -> list[LinkRecord]:
    return [LinkRecord(label=link.label, url=link.url) for link in links if is_safe_url(link.url)]


def _ids(talks: Iterable[TalkEntry]) -> list[str]:
    return [talk.object_name for talk in talks]


def _json_lines_array(records: Iterable[Mapping[str, Any]]) -> str:
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return f"[\n{lines}\n]\n" if lines else "[]\n"
