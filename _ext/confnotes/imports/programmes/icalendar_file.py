"""iCalendar (RFC 5545): each event of a calendar is a talk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from confnotes.catalogue.programme import (
    Programme,
    ProgrammeError,
    ScheduledTalk,
    one_line,
    scheduled_talk,
    sorted_programme,
)

if TYPE_CHECKING:
    from icalendar import Calendar, Component

_NO_NAMES = frozenset("calendar events ical programme schedule talks".split())
"""Names of calendars that are no events; Pentabarf’s are called ``iCal``."""


def read_icalendar(data: bytes) -> Programme:
    """Return the programme in an iCalendar file. Raises ProgrammeError."""
    from icalendar import Calendar

    try:
        calendars = Calendar.from_ical(data, multiple=True)
    except (ValueError, IndexError, KeyError) as error:
        lines = data.decode(errors="replace").splitlines()
        broken = (number for number, line in enumerate(lines, 1) if line and line in str(error))
        raise ProgrammeError(f"the calendar is broken: {error}", next(broken, 1)) from None
    if not calendars:
        last = len(data.splitlines())
        raise ProgrammeError("the calendar breaks off: END:VCALENDAR is missing", last)
    talks = [_talk(event, one) for one in calendars for event in one.walk("VEVENT")]
    name = one_line(calendars[0].get("X-WR-CALNAME"))
    event = "" if name.casefold() in _NO_NAMES else name
    return sorted_programme(event, talks)


def _talk(event: Component, calendar: Calendar) -> ScheduledTalk | None:
    title, speakers = one_line(event.get("SUMMARY")), list(_attendees(event))
    if not speakers and "pretalx" in one_line(calendar.get("PRODID")):
        title, _dash, names = title.rpartition(" - ") if " - " in title else (title, "", "")
        speakers = names.split(", ")
    start, end = _time(event, "start"), _time(event, "end")
    try:
        length = end - start if isinstance(start, datetime) and end else timedelta()
    except TypeError:  # only one of the two has a zone
        length = timedelta()
    if isinstance(start, datetime) and start.tzname() == "UTC":
        with suppress(OverflowError):  # at the ends of what a date can be
            start = start.astimezone(_zone(one_line(calendar.get("X-WR-TIMEZONE"))))
    return scheduled_talk(
        identity=event.get("UID"),
        title=title,
        speakers=speakers,
        start=start.isoformat() if start else "",
        minutes=length // timedelta(minutes=1),
        room=event.get("LOCATION"),
        url=event.get("URL"),
        cancelled=one_line(event.get("STATUS")).upper() == "CANCELLED",
    )


def _attendees(event: Component) -> Iterator[str]:
    found = event.get("ATTENDEE", [])
    for attendee in found if isinstance(found, list) else [found]:
        yield one_line(getattr(attendee, "params", {}).get("CN"))


def _time(event: Component, name: str) -> date | None:
    """Return the ``start`` or ``end`` of an event, None if it is missing or broken."""
    try:
        value = getattr(event, name)
    except (ValueError, TypeError, OverflowError):
        return None
    return value if isinstance(value, date) else None


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
