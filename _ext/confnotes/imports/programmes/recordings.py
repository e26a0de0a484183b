"""Lists of recordings: pyvideo's JSON and RubyEvents' YAML, in which a talk may have no time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from confnotes.catalogue.programme import (
    Programme,
    ScheduledTalk,
    one_line,
    scheduled_talk,
    sorted_programme,
)
from confnotes.imports.programmes.parse_values import clean_mappings, find_materials, parse_duration

_HOSTS = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}


def is_pyvideo(record: Any) -> bool:
    return isinstance(record, dict) and {"title", "speakers", "videos"} <= record.keys()


def read_pyvideo(records: Iterable[Mapping[str, Any]], event: str) -> Programme:
    """Return the programme of an event of pyvideo; each record is the file of a talk."""
    return sorted_programme(event, map(_pyvideo_talk, records))


def _pyvideo_talk(record: Mapping[str, Any]) -> ScheduledTalk | None:
    videos, links = clean_mappings(record["videos"]), clean_mappings(record.get("related_urls"))
    found: dict[str, Any] = find_materials((link.get("label"), link.get("url")) for link in links)
    found |= {"video": videos[0].get("url")} if videos else {}
    return scheduled_talk(
        title=record["title"],
        speakers=record["speakers"],
        start=record.get("recorded"),
        language=record.get("language"),
        video=found.get("video"),
        slides=found.get("slides"),
    )


def is_rubyevents(records: Any) -> bool:
    return isinstance(records, list) and any(
        isinstance(record, dict) and {"title", "video_provider"} <= record.keys()
        for record in records
    )


def read_rubyevents(records: Iterable[Any], schedule: Any = None) -> Programme:
    """Return the programme in a ``videos.yml``; the talks in a recording are talks, too.

    ``schedule`` is the content of the ``schedule.yml`` beside it: the recordings of a day fill its
    slots in their order. A day with more or fewer slots than recordings has no times.
    """
    known = clean_mappings([*records])
    names = (one_line(record.get("event_name")) for record in known)
    return sorted_programme(next(filter(None, names), ""), _ruby_talks(_timed(known, schedule)))


def _timed(records: Iterable[Mapping[str, Any]], schedule: Any) -> list[Mapping[str, Any]]:
    """Return the recordings with the times of their slots; an entry that lists items is a break."""
    by_day: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in records:
        by_day[one_line(record.get("date"))].append(record)
    for day in clean_mappings(schedule.get("days") if isinstance(schedule, dict) else None):
        on, slots = one_line(day.get("date")), []
        for entry in clean_mappings(day.get("grid")):
            count = 0 if entry.get("items") else entry.get("slots")
            if isinstance(count, int) and 0 < count <= len(by_day[on]):
                begins, ends = one_line(entry.get("start_time")), one_line(entry.get("end_time"))
                length = parse_duration(ends) - parse_duration(begins)
                slots += [{"start": f"{on}T{begins}", "minutes": length}] * count
        if len(slots) == len(by_day[on]):
            by_day[on] = [{**one, **slot} for one, slot in zip(by_day[on], slots, strict=True)]
    return [*chain.from_iterable(by_day.values())]


def _ruby_talks(records: Iterable[Mapping[str, Any]]) -> Iterator[ScheduledTalk | None]:
    for record in records:
        yield from map(_ruby_talk, clean_mappings(record.get("talks")) or [record])


def _ruby_talk(record: Mapping[str, Any]) -> ScheduledTalk | None:
    host = _HOSTS.get(one_line(record.get("video_provider")), "{}")
    return scheduled_talk(
        identity=record.get("id"),
        title=record.get("title"),
        speakers=record.get("speakers"),
        start=record.get("start") or record.get("date"),
        minutes=record.get("minutes", 0),
        kind=record.get("kind"),
        track=record.get("track"),
        language=record.get("language"),
        video=host.format(one_line(record.get("video_id"))),
        slides=record.get("slides_url"),
        cancelled=record.get("status") == "cancelled",
    )
