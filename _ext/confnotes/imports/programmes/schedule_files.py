"""``schedule.json`` and ``schedule.xml`` of frab, pretalx, Pentabarf and c3voc's tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from confnotes.catalogue.programme import (
    Programme,
    ProgrammeError,
    ScheduledTalk,
    as_list,
    one_line,
    scheduled_talk,
    sorted_programme,
)
from confnotes.imports.programmes.parse_values import (
    clean_mappings,
    find_materials,
    minutes_between,
    parse_duration,
)

_ROLE, _CANCELLED = "SPEAKER", ("CANCELED", "WITHDRAWN")
"""Words of c3voc's second version."""


def read_schedule_json(found: Mapping[str, Any]) -> Programme:
    """Return the programme in ``schedule`` of a JSON file; any field may be missing."""
    schedule = _mapping(found.get("schedule"))
    conference = _mapping(schedule.get("conference"))
    title = one_line(conference.get("title")) or one_line(conference.get("acronym"))
    return sorted_programme(title, (*_json_talks(conference), *_listed_talks(schedule)))


def read_schedule_xml(data: bytes) -> Programme:
    """Return the programme in an XML file. Raises ProgrammeError."""
    try:
        root = defusedxml.ElementTree.fromstring(data)
    except ParseError as error:
        line, column = error.position
        reason = expat.ErrorString(error.code)
        raise ProgrammeError(f"the XML is broken: {reason}", line, column + 1) from None
    except DefusedXmlException:
        raise ProgrammeError("the XML declares entities; delete its <!DOCTYPE …>") from None
    except (ValueError, LookupError) as error:
        raise ProgrammeError(f"the XML is refused: {error}") from None
    title = one_line(root.findtext("conference/title") or root.findtext("conference/acronym"))
    return sorted_programme(title, _xml_talks(root))


def _json_talks(conference: Mapping[str, Any]) -> Iterator[ScheduledTalk | None]:
    for day in clean_mappings(conference.get("days")):
        for room, events in _mapping(day.get("rooms")).items():
            for event in clean_mappings(events):
                links = (
                    *clean_mappings(event.get("links")),
                    *clean_mappings(event.get("attachments")),
                )
                yield _talk(
                    {"room": room} | {key: value for key, value in event.items() if value},
                    identity=event.get("guid") or event.get("code") or event.get("id"),
                    day=day.get("date"),
                    speakers=[_name(person) for person in as_list(event.get("persons"))],
                    links=((link.get("title"), link.get("url")) for link in links),
                )


def _listed_talks(schedule: Mapping[str, Any]) -> Iterator[ScheduledTalk | None]:
    """Yield the talks of c3voc's second version, which has them in one list."""
    for event in clean_mappings(schedule.get("events")):
        links = (*clean_mappings(event.get("links")), *clean_mappings(event.get("attachments")))
        people = clean_mappings(event.get("participants"))
        kind = one_line(event.get("type"))
        places = {key: _called(event.get(key)) for key in ("room", "track")}
        length = minutes_between(event.get("start"), event.get("end"))
        yield _talk(
            {**event, **places, "date": event.get("start"), "type": kind.lower()},
            identity=event.get("guid"),
            day="",
            length=length,
            speakers=[one.get("name") for one in people if one.get("role", _ROLE) == _ROLE],
            links=((f"{to.get('type')} {to.get('title')}", to.get("url")) for to in links),
        )


def _called(place: Any) -> Any:
    return _mapping(place).get("name") or _mapping(place).get("slug")


def _xml_talks(root: Element) -> Iterator[ScheduledTalk | None]:
    for day in root.iter("day"):
        for event in day.iter("event"):
            links = (*event.iterfind("links/link"), *event.iterfind("attachments/attachment"))
            yield _talk(
                {child.tag: child.text for child in event},
                identity=event.get("guid") or event.get("id"),
                day=day.get("date"),
                speakers=[person.text or person.get("name") for person in event.iter("person")],
                links=((f"{to.get('type', '')} {to.text or ''}", to.get("href")) for to in links),
            )


def _talk(
    event: Mapping[str, Any],
    *,
    identity: Any,
    day: Any,
    speakers: list[Any],
    links: Iterable[tuple[Any, Any]],
    length: int = 0,
) -> ScheduledTalk | None:
    """Return the talk of an event, whose fields have the same names in both formats."""
    return scheduled_talk(
        identity=identity,
        title=event.get("title"),
        subtitle=event.get("subtitle"),
        speakers=speakers,
        start=event.get("date") or f"{day}T{event.get('start')}",
        minutes=length or parse_duration(event.get("duration")),
        room=event.get("room"),
        track=event.get("track"),
        kind=event.get("type"),
        language=event.get("language"),
        url=event.get("url"),
        cancelled=event.get("state") in _CANCELLED,
        **{"video": event.get("video_download_url"), **find_materials(links)},
    )


def _name(person: Any) -> Any:
    known = _mapping(person)
    return known.get("public_name") or known.get("full_public_name") or known.get("name")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
