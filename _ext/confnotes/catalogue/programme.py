"""The programme of an event, ``programme.json`` beside its page: the announced talks."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from confnotes.invisible_characters import clean_line
from confnotes.notes.entities.name_shape import names_nobody
from confnotes.slugs import slugify
from confnotes.urls import is_safe_url

NAME = "programme.json"
_MAX_MINUTES = 100_000
_MAX_BITS = 64
"""Bits of a number; Python refuses to write very large ones."""
_FAULTS = {
    "speakers": "is no list of names",
    "start": "is no day or time in ISO 8601",
    "minutes": "is no length of a talk",
    "cancelled": "is neither true nor false",
    **dict.fromkeys(("url", "video", "slides"), "must not be a link"),
}
_NIGHT = timedelta(hours=5)
_CANCELLED = re.compile(
    r"\W*(?:cancell?ed|abgesagt|annulé|cancelad[ao]|entfällt|中止)\b\W*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledTalk:
    """An announced talk; unknown fields are empty. Every text is one line."""

    id: str
    """The id in the source, which never changes."""
    title: str
    subtitle: str = ""
    speakers: tuple[str, ...] = ()
    start: str = ""
    """A day or a local time in ISO 8601."""
    minutes: int = 0
    room: str = ""
    track: str = ""
    kind: str = ""
    language: str = ""
    url: str = ""
    """The page with the abstract."""
    video: str = ""
    slides: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Talks in the order of their start."""

    event: str
    talks: tuple[ScheduledTalk, ...]


class ProgrammeError(Exception):
    """A file is no programme; the message says why, line and column where it is broken."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def decode_utf8(data: bytes, name: str) -> str:
    """Return the text of a file of a programme. Raises ProgrammeError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].split(b"\n")
        place = len(before), len(before[-1]) + 1
        raise ProgrammeError(f"{name} is not UTF-8", *place) from None


def parse_json(data: bytes, name: str) -> Any:
    """Return what a JSON file holds. Raises ProgrammeError."""
    try:
        return json.loads(decode_utf8(data, name))
    except json.JSONDecodeError as error:
        place = error.lineno, error.colno
        raise ProgrammeError(f"{name} is no JSON: {error.msg}", *place) from None
    except (ValueError, RecursionError) as error:
        raise ProgrammeError(f"{name} is no JSON: {error}") from None


def parse_programme(data: bytes) -> Programme:
    """Return the programme that a file holds. Raises ProgrammeError."""
    found = parse_json(data, "it")
    if not isinstance(found, dict) or not isinstance(found.get("talks"), list):
        raise ProgrammeError("it has no list ‘talks’")
    talks = tuple(_talk(number, record) for number, record in enumerate(found["talks"], 1))
    if len({talk.id for talk in talks}) < len(talks):
        raise ProgrammeError("two talks have the same ‘id’")
    return Programme(event=one_line(found.get("event")), talks=talks)


def render_programme(programme: Programme) -> str:
    """Return the text of the file: one talk a line, without empty fields."""
    lines = ",\n".join(
        json.dumps({key: value for key, value in asdict(talk).items() if value}, ensure_ascii=False)
        for talk in programme.talks
    )
    event = json.dumps(programme.event, ensure_ascii=False)
    return f'{{"event": {event}, "talks": [\n{lines}\n]}}\n'


def merge_programmes(old: Programme, new: Programme) -> Programme:
    """Return ``old``, updated with the talks of ``new``.

    Talks are matched by id, else by a title that only one talk has. The old id stays.
    """
    by_id = {talk.id: talk for talk in old.talks}
    by_title: dict[str, str] = {}
    for talk in old.talks:
        key = talk.title.casefold()
        by_title[key] = "" if key in by_title else talk.id
    for talk in new.talks:
        known = talk.id if talk.id in by_id else by_title.get(talk.title.casefold(), "")
        by_id[known or talk.id] = _updated(by_id[known], talk) if known else talk
    return sorted_programme(old.event, by_id.values())


def sorted_programme(event: str, talks: Iterable[ScheduledTalk | None]) -> Programme:
    """Return a programme of talks in the order of their start; those without one come last."""
    found = [talk for talk in talks if talk]
    found.sort(key=lambda talk: (talk.start or "~", talk.room, talk.id))
    return Programme(event=event, talks=tuple(found))


def _updated(old: ScheduledTalk, new: ScheduledTalk) -> ScheduledTalk:
    known = {field.name: getattr(new, field.name) for field in fields(new) if field.name != "id"}
    return replace(old, **{name: value for name, value in known.items() if value})


def _talk(number: int, record: Any) -> ScheduledTalk:
    """Return the talk in ``record``; fields of other names are ignored. Raises ProgrammeError."""
    if not isinstance(record, Mapping):
        raise ProgrammeError(f"talk {number} is no object")
    names = {field.name for field in fields(ScheduledTalk)}
    values = {name: value for name, value in record.items() if name in names}
    others = {name: value for name, value in values.items() if name not in ("id", "title")}
    talk = scheduled_talk(title=record.get("title"), identity=record.get("id"), **others)
    if talk is None or not one_line(record.get("id")):
        raise ProgrammeError(f"talk {number} has no ‘id’ or no ‘title’")
    for name, value in values.items():
        known = getattr(talk, name)
        is_typed = isinstance(value, list if name == "speakers" else type(known))
        if name == "speakers" and is_typed:
            is_typed = all(isinstance(one, str) for one in value)
        is_lost = value and not known and name != "speakers"  # ‘TBA’ is nobody
        if not is_typed or is_lost:
            raise ProgrammeError(f"talk {number}: ‘{name}’ {_FAULTS.get(name, 'is no text')}")
    return talk


def scheduled_talk(*, title: Any, identity: Any = "", **fields: Any) -> ScheduledTalk | None:
    """Return a talk from values of any type, None if it has no title.

    Values that are invalid are left out. Without an id, one is made of title and speakers.
    ``Cancelled:`` before a title sets :attr:`ScheduledTalk.cancelled`.
    """
    typed = one_line(title)
    plain = _CANCELLED.sub("", typed, count=1) if _CANCELLED.match(typed) else typed
    if not plain:
        return None
    known: dict[str, Any] = {}
    for name, value in fields.items():
        clean: Callable[[Any], object] = _CLEANERS.get(name, one_line)
        known[name] = clean(value)
    known["cancelled"] = known.get("cancelled", False) or plain != typed
    made = one_line(identity) or slugify(" ".join((plain, *known.get("speakers", ()))))
    return ScheduledTalk(id=made, title=plain, **known)


def _names(value: Any) -> tuple[str, ...]:
    names = (clean_line(name) for name in as_list(value) if isinstance(name, str))
    return tuple(dict.fromkeys(itertools.filterfalse(names_nobody, names)))


def _start(value: Any) -> str:
    start = one_line(value)
    return start if day_of(start) else ""


def _minutes(value: Any) -> int:
    return value if type(value) is int and 0 <= value <= _MAX_MINUTES else 0


def _url(value: Any) -> str:
    url = one_line(value)
    return url if is_safe_url(url) else ""


_CLEANERS: Mapping[str, Callable[[Any], Any]] = {
    "speakers": _names,
    "start": _start,
    "minutes": _minutes,
    "cancelled": bool,
    **dict.fromkeys(("url", "video", "slides"), _url),
}
"""Functions that return the valid part of a field, or its default; all others are one line."""


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, an empty one for anything else."""
    return value if isinstance(value, list) else []


def one_line(value: Any) -> str:
    """Return a text, number or date as one line, empty for anything else."""
    is_number = type(value) is int and value.bit_length() <= _MAX_BITS
    return clean_line(str(value)) if is_number or isinstance(value, (str, date)) else ""


def day_of(start: str) -> date | None:
    """Return the day of a time in ISO 8601, None if it is invalid.

    A talk after midnight belongs to the day before, as in programmes.
    """
    try:
        time = datetime.fromisoformat(start)
        is_day = len(start) <= len("2031-05-12")
        return (time if is_day else time - _NIGHT).date()
    except (ValueError, OverflowError):
        return None
