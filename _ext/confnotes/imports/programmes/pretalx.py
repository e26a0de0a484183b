"""JSON of pretalx beside its ``schedule.json``: what its widget loads, and the talks of its API.

A talk of the widget names its speakers, track and room by codes, one of the API in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from confnotes.catalogue.programme import (
    Programme,
    ScheduledTalk,
    as_list,
    one_line,
    scheduled_talk,
    sorted_programme,
)
from confnotes.imports.programmes.parse_values import clean_mappings, minutes_between

_CANCELLED = ("canceled", "withdrawn")


def is_pretalx(found: Mapping[str, Any]) -> bool:
    """Return True if a talk in ``found`` has one of pretalx's codes."""
    return any("code" in talk for talk in _talks(found))


def read_pretalx(found: Mapping[str, Any]) -> Programme:
    """Return the programme, which names no event; breaks, which have no code, are no talks."""
    return sorted_programme("", _scheduled(found))


def _scheduled(found: Mapping[str, Any]) -> Iterator[ScheduledTalk | None]:
    rooms, tracks, people = (_names(found.get(key)) for key in ("rooms", "tracks", "speakers"))
    for talk in _talks(found):
        if "code" not in talk:
            continue
        slots = talk["slots"] if "slots" in talk else [talk.get("slot")]
        for slot in clean_mappings(slots) or [talk]:
            yield scheduled_talk(
                identity=talk["code"],
                title=_text(talk.get("title")),
                speakers=[_name(one, people) for one in as_list(talk.get("speakers"))],
                start=slot.get("start"),
                minutes=minutes_between(slot.get("start"), slot.get("end")),
                room=_name(slot.get("room"), rooms),
                track=_name(talk.get("track"), tracks),
                kind=_text(talk.get("submission_type")),
                language=talk.get("content_locale"),
                cancelled=talk.get("state") in _CANCELLED,
            )


def _talks(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return clean_mappings(found.get("talks")) or clean_mappings(found.get("results"))


def _names(value: Any) -> dict[str, str]:
    return {one_line(one.get("code") or one.get("id")): _text(one) for one in clean_mappings(value)}


def _name(value: Any, names: Mapping[str, str]) -> str:
    """Return the name in ``value``, or the one of ``names`` whose code or number it is."""
    return _text(value) if isinstance(value, dict) else names.get(one_line(value), "")


def _text(value: Any) -> str:
    """Return a text, or the name in a mapping, or its text in one of its languages."""
    while isinstance(value, dict):
        value = value.get("name") or value.get("en") or next(iter(value.values()), "")
    return one_line(value) if isinstance(value, str) else ""
