"""Permanent anchors, displayed titles, and sort keys of talks and notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

from confnotes.model import Note, Speaker, Talk
from confnotes.names import normalize
from confnotes.notes.codes import GuessCode
from confnotes.notes.languages.dates import match_day, part_of_day
from confnotes.slugs import unique_slugs

MIN_PERSON_CONFIDENCE = 0.6
"""Below this confidence a speaker gets no page; ``confnotes check`` reports the name instead."""
_SPEAKER_GUESSES = frozenset(
    {
        GuessCode.SPEAKER_FIRST,
        GuessCode.SPEAKER_AFFILIATION,
        GuessCode.SPEAKER_ONLY,
        GuessCode.UNSURE_SPEAKER,
        GuessCode.CO_PRESENTER,
        GuessCode.SPEAKER_IN_TEXT,
        GuessCode.SPEAKER_BELOW,
    }
)
_DIGITS = re.compile(r"(\d{1,9})")
_OPENING = re.compile(r"keynote|opening|welcome|plenary", re.IGNORECASE)
_CLOSING = re.compile(r"closing|wrap|lightning", re.IGNORECASE)

_Natural: TypeAlias = tuple[tuple[int, int, str], ...]
Order: TypeAlias = tuple[int, int, int, int, _Natural, _Natural]


def speaker_confidence(talk: Talk, speaker: Speaker) -> float:
    """Return the confidence in a speaker of a talk, 1 if nothing was guessed."""
    return min(
        (
            guess.confidence
            for guess in talk.guesses
            if guess.code in _SPEAKER_GUESSES and guess.line == speaker.line
        ),
        default=1.0,
    )


def display_title(talk: Talk, translate: Callable[[str], str] = str) -> str:
    """Return the title to display: the talk’s own, else kind and speakers, else its heading.

    A title that is only the kind counts as none. ``translate`` is for the kind.
    """
    is_known = talk.title and normalize(talk.title) != talk.kind
    if is_known or not talk.speakers:
        return talk.title or talk.heading or "…"
    return f"{translate(talk.kind.capitalize())}: {', '.join(map(_named, talk.speakers))}"


def _named(speaker: Speaker) -> str:
    return f"{speaker.name} ({speaker.affiliation})" if speaker.affiliation else speaker.name


def _anchor_words(talk: Talk) -> str:
    """Return the text of the anchor of a talk: its title, else its speakers, else its heading."""
    if talk.title:
        return talk.title
    names = ", ".join(speaker.name for speaker in talk.speakers)
    firms = dict.fromkeys(speaker.affiliation for speaker in talk.speakers if speaker.affiliation)
    return " – ".join(filter(None, (names, ", ".join(firms)))) or talk.heading or "…"


def node_ids(talks: Sequence[Talk]) -> list[str]:
    """Return the anchor of each talk of a note.

    It is made of the title; of the speakers, too, if titles are equal; of the whole talk if these
    are equal as well. It never depends on the position in the note.
    """
    titles = [*map(_anchor_words, talks)]
    counts = Counter(titles)
    identities = [
        repr((title, talk.heading, [one.name for one in talk.speakers]))
        if counts[title] > 1
        else title
        for title, talk in zip(titles, talks, strict=True)
    ]
    several, seen = Counter(identities), Counter[str]()
    for place, one in enumerate(identities):
        if several[one] > 1:  # without line numbers, which change when others are edited
            blocks = [re.sub(r"\bline=\d+", "", repr(block)) for block in talks[place].body]
            whole = repr((one, blocks))
            seen[whole] += 1
            identities[place] = f"{whole} {seen[whole]}"
    slugs = unique_slugs(dict(zip(identities, titles, strict=True)))
    return [slugs[one] for one in identities]


def session_sort_key(docname: str, note: Note) -> Order:
    """Return a key that sorts the notes of an event by session."""
    session = note.session or note.title
    place = 0 if _OPENING.search(session) else 2 if _CLOSING.search(session) else 1
    part = part_of_day(session)
    when = (0, 2, 5)[place] if part is None else (1, 3, 4)[part]
    return *_day(note), when, place, _natural(session), _natural(docname)


def _day(note: Note) -> tuple[int, int]:
    if note.date is not None:
        return 0, note.date.toordinal()
    day = match_day(note.day)
    if day is not None and day.weekday is not None:
        return 1, day.weekday
    number = day.count if day else None
    return (1, number) if number is not None else (2, 0)


def _natural(text: str) -> _Natural:
    """Return a key that sorts ``session 10`` after ``session 2``."""
    parts = _DIGITS.split(normalize(text))
    return tuple(
        (int(part), 1, "") if place % 2 else (0, 0, part) for place, part in enumerate(parts)
    )
