"""What a note's path says: its event, a title for want of another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from confnotes.model import Event, TalkKind
from confnotes.names import normalize
from confnotes.notes.entities.event_names import YEAR, bare_event_name, series_name
from confnotes.notes.entities.section_words import is_group_heading
from confnotes.notes.entities.session_heading import SessionHeading, parse_session_heading
from confnotes.notes.entities.talk_kinds import detect_kind
from confnotes.notes.languages.patterns import compile_phrases, phrase_set

_SLUG = re.compile(r"[-_]|^\d+$")
_STAMP = re.compile(r"^(?:\d{4}-\d{2}-\d{2}(?:-\d{4})?|(?:19|20)\d{10}(?:\d\d)?(?!\d))[-_ ]*")
EXPORT_ID = re.compile(r"[0-9a-f]{32}")
"""The id of a page that Notion puts behind its name."""
_ID_IN_NAME = re.compile(rf"(?:^|[ _-]){EXPORT_ID.pattern}(?=/|\.\w+$|$)")
_MIN_WORDS = 3
"""Long words of a name that says what a talk is about."""
_NUMBERED = re.compile(
    r"^(?:day[-_ ]?\d{1,2} *[-–—] *)?\d{1,3} *[-–—] +(?=[^\W\d_])|^day[-_ ]?\d{1,2} +[-–—] +",
    re.IGNORECASE,
)
"""The day and the place in it of a talk: ``Day 2 - 03 - Queues``."""
_SESSIONS = r"(?i)<paths.sessions>|<dates.day> ?\d\b"
_MONTH_BEFORE = re.compile(r"^(?:0?[1-9]|1[0-2])[-_ ]+(?=[^\W\d])")


def has_export_id(path: str) -> bool:
    """Return True if a file's name has an id as Notion gives."""
    return bool(_ID_IN_NAME.search(path.rpartition("/")[2]))


def without_ids(path: PurePosixPath) -> PurePosixPath:
    """Return ``path`` without the ids that Notion puts behind names."""
    text = path.as_posix()
    return PurePosixPath(_ID_IN_NAME.sub("", text)) if EXPORT_ID.search(text) else path


def event_of_folder(path: PurePosixPath, events: tuple[Event, ...]) -> Event | None:
    """Return the event whose folder holds the note."""
    docname = f"{'/'.join(path.parts[:3])}/index"
    return next((event for event in events if event.docname == docname), None)


def event_of_path(path: PurePosixPath) -> SessionHeading:
    """Guess an event and a year from the file's name and the folders above it.

    The event is in a name with its year, or in a folder below or above that of the year:
    ``2031/KettleConf``, ``KettleConf/Graz/2031``.
    """
    path = without_ids(path)
    year = next((int(m.group()) for part in reversed(path.parts) if (m := YEAR.search(part))), None)
    for part in (path.stem, *reversed(path.parts[:-1])):
        found = _parsed(_words(_STAMP.sub("", part)))
        if found.event:
            return SessionHeading(found.event, found.series, found.year or year)
    if year and not path.is_absolute() and (near := _event_of_folders(path.parts[:-1], year)):
        return near
    if path.parts[:1] == ("years",) and len(path.parts) > 3:
        name = _words(path.parts[2])
        return SessionHeading(f"{name} {year}" if year else name, series_name(name), year)
    return SessionHeading(year=year)


def _event_of_folders(folders: Sequence[str], year: int) -> SessionHeading | None:
    """Return the event that a folder near that of the year names, or one that is called so."""
    at = next((i for i in reversed(range(len(folders))) if YEAR.fullmatch(folders[i])), None)
    if at is not None:
        below = [folder for folder in folders[at + 1 :] if _is_named(folder)]
        if below:
            return _edition(_words(_MONTH_BEFORE.sub("", below[0])), year)
        above = [folder for folder in folders[:at] if _is_named(folder)][-2:]
        for place, folder in enumerate(reversed(above)):
            if _names_series(folder):
                series = _words(folder)
                location = _words(above[-1]) if place else ""
                return SessionHeading(f"{series} {year}", series, year, location=location)
    for folder in reversed(folders):
        if _is_named(folder) and _names_series(name := _STAMP.sub("", folder)):
            return _edition(_words(name), year)
    return None


def _edition(name: str, year: int) -> SessionHeading:
    return SessionHeading(name, series_name(name), year)


def _is_named(folder: str) -> bool:
    """Return True if a folder may be named for an event or a place."""
    return bool(re.search(r"[^\W\d_]", folder)) and not _is_general(_words(folder))


def _is_general(words: str) -> bool:
    """Return True if a name says nothing of an event: ``talks``, ``day 1``, ``My notes``."""
    found = _parsed(words)
    is_part = (found.day or found.session) and not (found.event or found.unparsed)
    is_part = is_part and detect_kind(words) is TalkKind.TALK
    is_month = compile_phrases(r"(?i)<dates.months>").fullmatch(words)
    is_known = (
        not bare_event_name(words)
        or is_group_heading(words)
        or normalize(words) in phrase_set("paths.folders")
    )
    return bool(is_part or is_month or is_known)


def _names_series(folder: str) -> bool:
    """Return True if a name has a word of conferences: ``PipeConf``, ``Pipe Days``."""
    return bool(_parsed(f"{_words(folder).casefold()} day 1").event)


def _words(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").split())


def day_of_path(path: PurePosixPath) -> str:
    """Return the day that a folder is named for, ``day1``, or a file: ``Day 1 - 3 - Queues``."""
    places = [*_folders_below_event(path)]
    if numbered := _NUMBERED.match(path.stem):
        places.append(numbered[0].partition("-")[0])
    return next(filter(None, map(_day_of, reversed(places))), "")


def day_folder(path: PurePosixPath) -> str:
    """Return the name of the folder that is named for a day, empty if there is none."""
    return next(filter(_day_of, reversed(_folders_below_event(path))), "")


def _folders_below_event(path: PurePosixPath) -> Sequence[str]:
    return path.parts[3:-1] if path.parts[:1] == ("years",) else path.parts[:-1]


def _day_of(folder: str) -> str:
    found = _parsed(_words(folder))
    if not found.day or found.event or found.session or found.unparsed:
        return ""
    return re.sub(r"(?<=[a-z])(?=\d)", " ", found.day).capitalize()


@lru_cache(maxsize=1024)
def _parsed(words: str) -> SessionHeading:
    """Read a folder's name once for all the notes in it."""
    return parse_session_heading(words)


def is_event_filename(path: PurePosixPath, events: tuple[Event, ...]) -> bool:
    """Return True if a file is named for an event or a part of one, and not for one talk."""
    stem = _NUMBERED.sub("", _STAMP.sub("", without_ids(path).stem))
    words = _words(stem)
    if not words or _is_general(words) or compile_phrases(_SESSIONS).search(words):
        return True
    return bool(parse_session_heading(words, events).event)


def is_talk_filename(path: PurePosixPath) -> bool:
    """Return True if a file's name counts it among the talks of a day: ``Day 2 - 03 - Queues``."""
    return bool(_NUMBERED.match(path.stem)) and not is_event_filename(path, ())


def is_lightning_filename(path: PurePosixPath) -> bool:
    """Return True if a file, or its folder, is named for lightning talks."""
    names = (path.stem, path.parent.name)
    return any(detect_kind(_words(name)) is TalkKind.LIGHTNING for name in names)


def is_named_for(path: PurePosixPath, title: str) -> bool:
    """Return True if ``title`` has all long words of the file's name, or of its folder's."""
    named = {word for word in normalize(title_from_filename(path)).split() if len(word) > 3}
    return len(named) >= _MIN_WORDS and named <= {*re.findall(r"\w+", normalize(title))}


def is_slug(path: PurePosixPath) -> bool:
    """Return True if a file's name is that of a post, ``2014-08-05-a-day-of-looms``, no title."""
    stem = without_ids(path).stem
    return bool(_SLUG.search(stem)) and " " not in stem and not is_talk_filename(path)


def is_index(path: PurePosixPath) -> bool:
    """Return True if a file is a folder's index, such as ``README.md``."""
    return path.stem.casefold() in {"readme", "index"}


def title_from_filename(path: PurePosixPath) -> str:
    """Return the file's name as a title: ``2015-11-15-off-the-queue.md`` → ``Off the queue``."""
    path = without_ids(path)
    stem = path.stem if not is_index(path) else path.parent.name or path.stem
    stem = _NUMBERED.sub("", stem)
    stem = _STAMP.sub("", stem) or stem
    words = stem if " " in stem else _words(stem) or stem
    return words[:1].upper() + words[1:]
