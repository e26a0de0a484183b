"""What a note's path says: its markup, its event, a title for want of another."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

from confnotes.model import Event, Markup
from confnotes.notes.entities.session_heading import (
    SessionHeading,
    parse_session_heading,
    series_name,
)
from confnotes.suffixes import NOTE_SUFFIXES, suffix_of

_YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
_STAMP = re.compile(r"^\d{4}-\d{2}-\d{2}(?:-\d{4})?[-_ ]*")
_GENERAL = re.compile(
    r"^(?:readme|index|notes?|talks?|all|summary|conference|conf|schedule|sessions?|"
    r"day[-_ ]?\w+|(?:mon|tues|wednes|thurs|fri|satur|sun)day.*|keynotes?|session.*|"
    r"(?:my|conference|talk)[-_ ]notes)$",
    re.IGNORECASE,
)


_SESSIONS = re.compile(
    r"\b(?:morning|afternoon|evening|lightning|plenary|sessions|talks|keynotes|day ?\d)\b",
    re.IGNORECASE,
)
_CONTENT_FOLDER = re.compile(
    r"^(?:_posts|posts|content|blog|docs|src|data|md|text)$", re.IGNORECASE
)


def markup_from_suffix(path: str) -> Markup:
    """Return the language that a file's suffix says; plain text when it says nothing."""
    return NOTE_SUFFIXES.get(suffix_of(path), Markup.PLAIN)


def event_of_folder(path: PurePosixPath, events: tuple[Event, ...]) -> Event | None:
    """Return the event whose folder holds the note."""
    docname = f"{'/'.join(path.parts[:3])}/index"
    return next((event for event in events if event.docname == docname), None)


def event_of_path(path: PurePosixPath) -> SessionHeading:
    """Guess an event and a year from the file's name and the folders above it."""
    year = next(
        (int(m.group()) for part in reversed(path.parts) if (m := _YEAR.search(part))), None
    )
    for part in (path.stem, *reversed(path.parts[:-1])):
        words = " ".join(_STAMP.sub("", part).replace("_", " ").replace("-", " ").split())
        found = _parsed(words)
        if found.event:
            return SessionHeading(found.event, found.series, found.year or year)
    if year and not path.is_absolute() and (folder := _named_folder(path)):
        words = " ".join(folder.replace("_", " ").replace("-", " ").split())
        return SessionHeading(words, series_name(words), year)
    if path.parts[:1] == ("years",) and len(path.parts) > 3:
        name = " ".join(path.parts[2].replace("-", " ").split())
        return SessionHeading(f"{name} {year}" if year else name, series_name(name), year)
    return SessionHeading(year=year)


def day_of_path(path: PurePosixPath) -> str:
    """Return the day that a folder below the event's is named for: ``day1`` → ``Day 1``."""
    for folder in reversed(path.parts[3:-1] if path.parts[:1] == ("years",) else ()):
        found = _parsed(folder.replace("_", " ").replace("-", " "))
        if found.day and not (found.event or found.session or found.unparsed):
            return re.sub(r"(?<=[a-z])(?=\d)", " ", found.day).capitalize()
    return ""


@lru_cache(maxsize=1024)
def _parsed(words: str) -> SessionHeading:
    """Read a folder's name once for all the notes in it."""
    return parse_session_heading(words)


def _named_folder(path: PurePosixPath) -> str:
    """Return the nearest folder that is no year and no drawer, when a year stands above it."""
    folders = [
        part
        for part in path.parts[:-1]
        if not _GENERAL.match(part) and not _CONTENT_FOLDER.match(part)
    ]
    if len(folders) > 1 and not _YEAR.fullmatch(folders[-1]) and _YEAR.fullmatch(folders[-2]):
        return folders[-1]
    return ""


def is_event_filename(path: PurePosixPath, events: tuple[Event, ...]) -> bool:
    """Return True if a file is named for an event or a part of one, and not for one talk."""
    stem = _STAMP.sub("", path.stem)
    words = " ".join(stem.replace("_", " ").replace("-", " ").split())
    if not words or _GENERAL.match(stem) or _GENERAL.match(words) or _SESSIONS.search(words):
        return True
    return bool(parse_session_heading(words, events).event)


def is_index(path: PurePosixPath) -> bool:
    """Return True if a file is a folder's index, such as ``README.md``."""
    return path.stem.casefold() in {"readme", "index"}


def title_from_filename(path: PurePosixPath) -> str:
    """Return the file's name as a title: ``2015-11-15-off-the-queue.md`` → ``Off the queue``."""
    stem = path.stem if not is_index(path) else path.parent.name or path.stem
    words = " ".join(_STAMP.sub("", stem).replace("_", " ").replace("-", " ").split()) or stem
    return words[:1].upper() + words[1:]
