"""Which of the names of events are misspelt: those one slip off a name that is typed more often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from confnotes.model import Guess, Note
from confnotes.names import normalize
from confnotes.notes.codes import GuessCode

_MIN_LENGTH = 5
"""Letters of a word in which one may be mistyped; ``US`` and ``UK`` are two words."""


def correct_event_names(notes: Sequence[Note]) -> list[Note]:
    """Correct an event that one post spells unlike the many beside it."""
    often = Counter(note.event for note in notes if note.event)
    right = correct_event_spellings(often)
    found = []
    for note in notes:
        if best := right.get(note.event):
            message = f"‘{note.event}’ was read as ‘{best}’, as in {often[best]} other posts"
            guess = Guess(note.line, GuessCode.EVENT_SPELLING.value, message, 0.9)
            series = next(other.series for other in notes if other.event == best)
            note_ = replace(note, event=best, series=series, guesses=(*note.guesses, guess))
            found.append(note_)
        else:
            found.append(note)
    return found


def correct_event_spellings(names: Counter[str]) -> dict[str, str]:
    """Return the right name of each misspelt event: one letter off a name that is more often typed.

    The years must be the same, and so must every first letter and every short word.
    """
    right: dict[str, str] = {}
    by_start: dict[tuple[str, int], list[str]] = {}
    for name in names:
        by_start.setdefault((normalize(name)[:1], len(name.split())), []).append(name)
    for near in by_start.values():
        near.sort(key=lambda name: (-names[name], name))
        for place, name in enumerate(near):
            for other in near[:place]:
                if names[other] > names[name] and _is_misspelt(normalize(name), normalize(other)):
                    right[name] = right.get(other, other)
                    break
    return right


def _is_misspelt(typed: str, meant: str) -> bool:
    pairs = [pair for pair in zip(typed.split(), meant.split(), strict=True) if pair[0] != pair[1]]
    if len(pairs) != 1:
        return False
    ((one, other),) = pairs
    return one[0] == other[0] and is_slip(one, other, least=_MIN_LENGTH)


def is_slip(one: str, other: str, *, least: int) -> bool:
    """Return True if words differ by one slip of the finger; a digit is never a slip."""
    return (
        min(len(one), len(other)) >= least
        and OSA.distance(one, other, score_cutoff=1) == 1
        and re.findall(r"\d", one) == re.findall(r"\d", other)
    )
