"""Did you mean: the nearest known word to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from confnotes.names import normalize


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean ‘X’?`` for the nearest of ``known``, or an empty string.

    Of names that only differ in case or accents, the first counts.
    """
    folded: dict[str, str] = {}
    for choice in known:
        folded.setdefault(normalize(choice), choice)
    near = get_close_matches(normalize(word), folded, n=1, cutoff=0.6)
    return f"did you mean ‘{folded[near[0]]}’?" if near else ""


def with_hint(message: str, hint: str) -> str:
    """Return ``message`` with ``hint`` behind it, if there is one."""
    return f"{message}; {hint}" if hint else message
