"""Read programmes of events in any known format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from confnotes.catalogue.programme import (
    Programme,
    ProgrammeError,
    ScheduledTalk,
    decode_utf8,
    one_line,
    parse_json,
)
from confnotes.files import SourceFileError, read_file
from confnotes.imports.programmes import recordings
from confnotes.imports.programmes.icalendar_file import read_icalendar
from confnotes.imports.programmes.pretalx import is_pretalx, read_pretalx
from confnotes.imports.programmes.schedule_files import read_schedule_json, read_schedule_xml

_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*"
    rb"(?:(?><\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)\s*)*+<schedule\b",
    re.DOTALL,
)
_CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_RUBYEVENTS = re.compile(rb"^\s+video_provider:", re.MULTILINE)
_HEAD = 1 << 16
_CATEGORY = "category.json"
"""The file that marks a folder of pyvideo."""
_SCHEDULE = "schedule.yml"
"""The file of RubyEvents that says when the talks of ``videos.yml`` begin."""


def read_programme_file(source: Path) -> Programme | None:
    """Return the programme in a file or a folder of pyvideo, None for anything else.

    Raises ProgrammeError if it is broken or has no talk.
    """
    if (source / _CATEGORY).is_file():
        programme: Programme | None = _pyvideo_folder(source)
    elif source.is_file():
        programme = _file(source)
    else:
        return None
    if programme and not programme.talks:
        raise ProgrammeError("the programme has no talk")
    return programme and Programme(event=programme.event, talks=tuple(_distinct(programme.talks)))


def _distinct(talks: Iterable[ScheduledTalk]) -> Iterator[ScheduledTalk]:
    """Yield each talk once; if an id occurs twice, its start is added."""
    seen: set[str] = set()
    for talk in talks:
        name = f"{talk.id}@{talk.start}" if talk.id in seen else talk.id
        if name not in seen:
            seen.add(name)
            yield replace(talk, id=name)


def _file(path: Path) -> Programme | None:
    with path.open("rb") as stream:
        start = stream.read(_HEAD)
    if _XML.match(start):
        return read_schedule_xml(_content(path))
    if _CALENDAR.match(start):
        return read_icalendar(_content(path))
    if _JSON.match(start) and path.suffix == ".json":
        return _json_programme(_json(path))
    if path.suffix in {".yml", ".yaml"} and _RUBYEVENTS.search(start):
        records, schedule = _yaml(path), path.with_name(_SCHEDULE)
        if recordings.is_rubyevents(records):
            times = _yaml(schedule) if schedule.is_file() else None
            return recordings.read_rubyevents(records, times)
    if path.name == _SCHEDULE:
        raise ProgrammeError("it has times without talks; import the videos.yml beside it")
    return None


def _json_programme(found: Any) -> Programme | None:
    if isinstance(found, dict) and "schedule" in found:
        return read_schedule_json(found)
    if isinstance(found, dict) and is_pretalx(found):
        return read_pretalx(found)
    records = found if isinstance(found, list) else [found]
    talks = [record for record in records if recordings.is_pyvideo(record)]
    return recordings.read_pyvideo(talks, "") if talks else None


def _pyvideo_folder(folder: Path) -> Programme:
    category = _json(folder / _CATEGORY)
    title = one_line(category.get("title")) if isinstance(category, dict) else ""
    records = [_json(path) for path in sorted((folder / "videos").glob("*.json"))]
    return recordings.read_pyvideo(filter(recordings.is_pyvideo, records), title)


def _content(path: Path) -> bytes:
    try:
        return read_file(path, path.parent)
    except SourceFileError as error:
        raise ProgrammeError(str(error)) from None


def _json(path: Path) -> Any:
    return parse_json(_content(path), path.name)


def _yaml(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = decode_utf8(_content(path), path.name)
    try:
        return yaml.load(text, loader)  # noqa: S506  # it is a safe one
    except yaml.reader.ReaderError as error:
        before = text[: error.position].split("\n")
        reason, line, column = error.reason, len(before) - 1, len(before[-1])
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark, reason = getattr(error, "problem_mark", None), getattr(error, "problem", error)
        line, column = (mark.line, mark.column) if mark else (0, 0)
    raise ProgrammeError(f"{path.name} is broken: {reason}", line + 1, column + 1)
