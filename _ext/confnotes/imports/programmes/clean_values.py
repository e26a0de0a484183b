"""Make a talk of a programme from untrusted values: clean text, safe URLs, one id."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from confnotes.catalogue.programme import MAX_MINUTES, ScheduledTalk, day_of
from confnotes.invisible_characters import clean_line
from confnotes.notes.entities.name_shape import names_nobody
from confnotes.notes.syntax.fields import FieldName, field_of
from confnotes.slugs import slugify
from confnotes.urls import is_safe_url

_CANCELLED = re.compile(
    r"\W*(?:cancell?ed|abgesagt|annulé|cancelad[ao]|entfällt|中止)\b\W*", re.IGNORECASE
)
_DURATION = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_MINUTE = timedelta(minutes=1)
_MAX_BITS = 64
"""Bits of a number; Python refuses to write very large ones."""
_WORD = re.compile(r"[^\W\d_]+")


def scheduled_talk(
    *, title: Any, identity: Any = "", speakers: Iterable[Any] = (), start: Any = "", **more: Any
) -> ScheduledTalk | None:
    """Return a talk from values of any type, None if it has no title.

    Without an id, one is made of title and speakers. ``Cancelled:`` before a title sets
    :attr:`ScheduledTalk.cancelled`.
    """
    named = one_line(title)
    plain = _CANCELLED.sub("", named, count=1) if _CANCELLED.match(named) else named
    if not plain:
        return None
    people = tuple(dict.fromkeys(itertools.filterfalse(names_nobody, map(one_line, speakers))))
    began = one_line(start)
    texts: dict[str, Any] = {
        name: value if name in ("minutes", "cancelled") else one_line(value)
        for name, value in more.items()
    }
    for name in ("url", "video", "slides"):
        if not is_safe_url(str(texts.get(name, ""))):
            texts.pop(name, None)
    length = texts.get("minutes")
    if type(length) is not int or not 0 <= length <= MAX_MINUTES:
        texts.pop("minutes", None)
    texts["cancelled"] = bool(texts.get("cancelled")) or plain != named
    return ScheduledTalk(
        id=one_line(identity) or slugify(" ".join((plain, *people))),
        title=plain,
        speakers=people,
        start=began if day_of(began) else "",
        **texts,
    )


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, an empty one for anything else."""
    return value if isinstance(value, list) else []


def clean_mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the mappings in a list, none for anything else."""
    return [one for one in as_list(value) if isinstance(one, dict)]


def one_line(value: Any) -> str:
    """Return a text, number or date as one line, empty for anything else."""
    is_number = type(value) is int and value.bit_length() <= _MAX_BITS
    return clean_line(str(value)) if is_number or isinstance(value, (str, date)) else ""


def minutes(duration: Any) -> int:
    """Return the minutes of ``00:45`` or of ``1:00:30``, days first; 0 of anything else."""
    match = _DURATION.fullmatch(one_line(duration))
    if not match:
        return 0
    days, hours, rest = (int(part or 0) for part in match.groups())
    return (days * 24 + hours) * 60 + rest


def minutes_between(start: Any, end: Any) -> int:
    """Return the minutes from a time in ISO 8601 to another; 0 if one is invalid."""
    try:
        return (datetime.fromisoformat(end) - datetime.fromisoformat(start)) // _MINUTE
    except (TypeError, ValueError):
        return 0


def materials(links: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Return the recording and the slides among the links of a talk, by words of their labels."""
    found: dict[str, str] = {}
    for label, url in links:
        address = one_line(url)
        for word in _WORD.findall(one_line(label)):
            field = field_of(word)
            if field in (FieldName.VIDEO, FieldName.SLIDES) and is_safe_url(address):
                found.setdefault(field.value, address)
    return found
