"""``schedule.json``, as frab, pretalx and c3voc's tools write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from confnotes.catalogue.programme import Programme, ScheduledTalk, sorted_programme
from confnotes.imports.programmes.scheduled import materials, minutes, one_line, scheduled_talk


def read_schedule_json(found: Mapping[str, Any]) -> Programme:
    """Return the programme in ``schedule`` of a JSON file, whatever is missing there."""
    conference = _mapping(_mapping(found.get("schedule")).get("conference"))
    title = one_line(conference.get("title")) or one_line(conference.get("acronym"))
    return sorted_programme(title, _talks(conference))


def _talks(conference: Mapping[str, Any]) -> Iterator[ScheduledTalk]:
    for day in _list(conference.get("days")):
        for room, events in _mapping(_mapping(day).get("rooms")).items():
            for event in map(_mapping, _list(events)):
                links = (*_list(event.get("links")), *_list(event.get("attachments")))
                start = event.get("date") or f"{_mapping(day).get('date')}T{event.get('start')}"
                talk = scheduled_talk(
                    identity=event.get("guid") or event.get("code") or event.get("id"),
                    title=event.get("title"),
                    subtitle=event.get("subtitle"),
                    speakers=map(_name, _list(event.get("persons"))),
                    start=start,
                    minutes=minutes(event.get("duration")),
                    room=event.get("room") or room,
                    track=event.get("track"),
                    kind=event.get("type"),
                    language=event.get("language"),
                    url=event.get("url"),
                    **{
                        "video": event.get("video_download_url"),
                        **materials(_link(link) for link in links),
                    },
                )
                if talk:
                    yield talk


def _name(person: Any) -> Any:
    known = _mapping(person)
    return known.get("public_name") or known.get("full_public_name") or known.get("name")


def _link(link: Any) -> tuple[Any, Any]:
    known = _mapping(link)
    return known.get("title"), known.get("url")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
