"""Phrases in running text, all found in one pass.

A phrase matches whole words, with any blanks or one hyphen between them, so that ``live
migration`` matches ``live-migration``. Case is ignored, unless the phrase is all capitals
(``SLUB``, ``CI``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_GAP = r"(?:\s*-\s*|\s+)"


class PhraseMatch(NamedTuple):
    """The position of a phrase in a text, and its value."""

    start: int
    end: int
    value: str


class _Phrase(NamedTuple):
    """``rank`` is that among all phrases, ``words`` are its words as :func:`_spaced`."""

    rank: int
    text: str
    words: str
    value: str


class PhraseMatcher:
    """Finds phrases, each of which has a value."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_start: defaultdict[tuple[str, ...], list[_Phrase]] = defaultdict(list)
        for place, (phrase, meaning) in enumerate(phrases):
            if words := _WORD.findall(_lower(phrase)):
                entry = _Phrase(place, phrase, _spaced(words), meaning)
                self._by_start[tuple(words[:2])].append(entry)

    def find(self, text: str) -> Iterator[PhraseMatch]:
        """Yield the phrases in ``text``, in order; a value may occur several times."""
        words = _WORD.findall(_lower(text))
        starts = self._by_start.keys() & {*zip(words), *pairwise(words)}
        spaced = _spaced(words) if starts else ""
        found = [
            (match.start(), phrase.rank, PhraseMatch(*match.span(), phrase.value))
            for start in starts
            for phrase in self._by_start[start]
            if phrase.words in spaced
            for match in _pattern(phrase.text).finditer(text)
        ]
        for *_order, one in sorted(found):
            yield one


def _spaced(words: Iterable[str]) -> str:
    """Return ``words`` with a blank before and after each."""
    return f" {' '.join(words)} "


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    words = _GAP.join(re.escape(word) for word in re.split(r"[\s-]+", phrase.strip(" -")))
    flags = 0 if phrase.isupper() else re.IGNORECASE
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_]|[+#](?!\w))", flags)


def _lower(text: str) -> str:
    """Return ``text`` in lower case and of the same length."""
    return text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I").lower()
