"""Phrases in running text, all found in one pass.

A phrase stands for whole words. Between its words any blanks or one hyphen may stand,
so that ``live migration`` finds ``live-migration``. Case does not count, unless the
phrase is all capitals (``SLUB``, ``CI``): those are found in capitals only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_GAP = r"(?:\s*-\s*|\s+)"


class Found(NamedTuple):
    """Where in a text a phrase stands, and what it stands for."""

    start: int
    end: int
    meaning: str


class Phrases:
    """Phrases and their meanings. Each is tried only where its first word stands."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_word: defaultdict[str, list[tuple[str, int, str]]] = defaultdict(list)
        for phrase, meaning in phrases:
            first = _WORD.search(phrase)
            if first is not None:
                self._by_word[_lower(first.group())].append((phrase, first.start(), meaning))

    def find(self, text: str) -> Iterator[Found]:
        """Yield what stands in ``text``, in order; a meaning may come several times."""
        known = self._by_word.keys()
        lower = _lower(text)
        if known.isdisjoint(_WORD.findall(lower)):
            return
        for word in _WORD.finditer(lower):
            for phrase, offset, meaning in self._by_word.get(word.group(), ()):
                match = _pattern(phrase).match(text, max(0, word.start() - offset))
                if match:
                    yield Found(match.start(), match.end(), meaning)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    words = _GAP.join(re.escape(word) for word in re.split(r"[\s-]+", phrase.strip(" -")))
    flags = 0 if phrase.isupper() else re.IGNORECASE
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_]|[+#](?!\w))", flags)


def _lower(text: str) -> str:
    """Return ``text`` in lower case; every character keeps its place."""
    return text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I").lower()
