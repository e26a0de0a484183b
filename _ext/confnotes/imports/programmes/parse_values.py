"""Lists, lengths and links in the untrusted values of a programme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from confnotes.catalogue.programme import as_list, one_line
from confnotes.notes.syntax.fields import FieldName, field_of
from confnotes.urls import is_safe_url

_DURATION = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_MINUTE = timedelta(minutes=1)
_WORD = re.compile(r"[^\W\d_]+")


def clean_mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the mappings in a list, none for anything else."""
    return [one for one in as_list(value) if isinstance(one, dict)]


def parse_duration(duration: Any) -> int:
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


def find_materials(links: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Return the recording and the slides among the links of a talk, by words of their labels."""
    found: dict[str, str] = {}
    for label, url in links:
        address = one_line(url)
        for word in _WORD.findall(one_line(label)):
            field = field_of(word)
            if field in (FieldName.VIDEO, FieldName.SLIDES) and is_safe_url(address):
                found.setdefault(field.value, address)
    return found
