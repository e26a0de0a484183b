"""Did you mean: the nearest known word to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

from confnotes.names import normalize

_CUTOFF = 0.6


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean ‘X’?`` for the nearest of ``known``, or an empty string.

    Of names that only differ in case or accents, the first counts.
    """
    from rapidfuzz import process  # slow to import, and most builds need none
    from rapidfuzz.distance import Indel

    folded: dict[str, str] = {}
    for choice in known:
        folded.setdefault(normalize(choice), choice)
    typed = normalize(word)
    near = process.extractOne(
        typed, list(folded), scorer=Indel.normalized_similarity, score_cutoff=_CUTOFF
    )
    return f"did you mean ‘{folded[near[0]]}’?" if near else ""


def with_hint(message: str, hint: str) -> str:
    """Return ``message`` with ``hint`` behind it, if there is one."""
    return f"{message}; {hint}" if hint else message
