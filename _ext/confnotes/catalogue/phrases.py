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


class _Phrase(NamedTuple):
    """``start`` is where its first word begins, ``words`` are all of them in lower case."""

    text: str
    start: int
    words: frozenset[str]
    meaning: str


class Phrases:
    """Phrases and their meanings. Each is tried where its first word stands, if all words do."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_word: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for phrase, meaning in phrases:
            first = _WORD.search(phrase)
            if first is not None:
                words = frozenset(_WORD.findall(_lower(phrase)))
                entry = _Phrase(phrase, first.start(), words, meaning)
                self._by_word[_lower(first.group())].append(entry)

    def find(self, text: str) -> Iterator[Found]:
        """Yield what stands in ``text``, in order; a meaning may come several times."""
        lower = _lower(text)
        words = set(_WORD.findall(lower))
        if self._by_word.keys().isdisjoint(words):
            return
        for word in _WORD.finditer(lower):
            for phrase in self._by_word.get(word.group(), ()):
                if phrase.words <= words:
                    start = max(0, word.start() - phrase.start)
                    if match := _pattern(phrase.text).match(text, start):
                        yield Found(match.start(), match.end(), phrase.meaning)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    words = _GAP.join(re.escape(word) for word in re.split(r"[\s-]+", phrase.strip(" -")))
    flags = 0 if phrase.isupper() else re.IGNORECASE
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_]|[+#](?!\w))", flags)


def _lower(text: str) -> str:
    """Return ``text`` in lower case; every character keeps its place."""
    return text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I").lower()
