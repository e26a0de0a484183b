"""``schedule.xml``, as frab, pretalx, Pentabarf and c3voc's tools write it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from confnotes.catalogue.programme import Programme, ProgrammeError, ScheduledTalk, sorted_programme
from confnotes.imports.programmes.scheduled import materials, minutes, one_line, scheduled_talk


def read_schedule_xml(data: bytes) -> Programme:
    """Return the programme. Raises ProgrammeError."""
    try:
        root = defusedxml.ElementTree.fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise ProgrammeError(f"the XML breaks off: {error}", error.position[0]) from None
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise ProgrammeError(f"the XML is refused: {error}") from None
    title = one_line(root.findtext("conference/title") or root.findtext("conference/acronym"))
    return sorted_programme(title, _talks(root))


def _talks(root: Element) -> Iterator[ScheduledTalk]:
    for day in root.iter("day"):
        for event in day.iter("event"):
            text = {child.tag: child.text or "" for child in event}
            start = text.get("date") or f"{day.get('date', '')}T{text.get('start', '')}"
            links = [
                (f"{link.get('type', '')} {link.text or ''}", link.get("href"))
                for link in (
                    *event.iterfind("links/link"),
                    *event.iterfind("attachments/attachment"),
                )
            ]
            talk = scheduled_talk(
                identity=event.get("guid") or event.get("id") or "",
                title=text.get("title"),
                subtitle=text.get("subtitle"),
                speakers=[person.text or person.get("name") for person in event.iter("person")],
                start=start,
                minutes=minutes(text.get("duration")),
                room=text.get("room"),
                track=text.get("track"),
                kind=text.get("type"),
                language=text.get("language"),
                url=text.get("url"),
                **{"video": text.get("video_download_url"), **materials(links)},
            )
            if talk:
                yield talk
