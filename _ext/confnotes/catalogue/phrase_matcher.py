"""Phrases in running text, all found in one pass.

A phrase matches whole words, with any blanks or one hyphen between them, so that ``live
migration`` matches ``live-migration``. Case is ignored, unless the phrase is all capitals
(``SLUB``, ``CI``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r"[^\s-]+")
_GAP = re.compile(r"\s*-\s*|\s+")
_END = re.compile(r"(?![^\W_]|[+#](?!\w))")


class PhraseMatch(NamedTuple):
    """The position of a phrase in a text, and its value."""

    start: int
    end: int
    value: str


class _Phrase(NamedTuple):
    """``rank`` is that among all phrases, ``words`` are its words as :func:`_spaced`.

    ``parts`` have no gap in them; they are in lower case if case is ignored.
    """

    rank: int
    words: str
    value: str
    is_upper: bool
    parts: tuple[str, ...]

    def spans(self, text: str, lower: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of the phrase wherever it stands in ``text``."""
        searched = text if self.is_upper else lower
        start = searched.find(self.parts[0])
        while start >= 0:
            end = self._end(searched, start)
            is_whole = end > 0 and not text[start - 1 : start].isalnum() and _END.match(text, end)
            if is_whole:
                yield start, end
            start = searched.find(self.parts[0], end if is_whole else start + 1)

    def _end(self, text: str, start: int) -> int:
        """Return where the phrase ends that begins at ``start``, 0 if only its first part does."""
        end = start + len(self.parts[0])
        for part in self.parts[1:]:
            gap = _GAP.match(text, end)
            if gap is None or not text.startswith(part, gap.end()):
                return 0
            end = gap.end() + len(part)
        return end


class PhraseMatcher:
    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_start: defaultdict[tuple[str, ...], list[_Phrase]] = defaultdict(list)
        for place, (phrase, meaning) in enumerate(phrases):
            if words := _WORD.findall(_lower(phrase)):
                is_upper = phrase.isupper()
                parts = _PART.findall(phrase if is_upper else _lower(phrase))
                entry = _Phrase(
                    rank=place,
                    words=_spaced(words),
                    value=meaning,
                    is_upper=is_upper,
                    parts=tuple(parts),
                )
                self._by_start[tuple(words[:2])].append(entry)
        self._words = {start[0] for start in self._by_start if len(start) == 1}

    def find(self, text: str) -> Iterator[PhraseMatch]:
        """Yield the phrases in ``text``, in order; a value may occur several times."""
        lower = _lower(text)
        words = _WORD.findall(lower)
        single = ((word,) for word in self._words & {*words})
        starts = self._by_start.keys() & {*pairwise(words), *single}
        spaced = _spaced(words) if starts else ""
        found = [
            (span[0], phrase.rank, PhraseMatch(*span, phrase.value))
            for start in starts
            for phrase in self._by_start[start]
            if phrase.words in spaced
            for span in phrase.spans(text, lower)
        ]
        for *_order, one in sorted(found):
            yield one


def _spaced(words: Iterable[str]) -> str:
    """Return ``words`` with a blank before and after each."""
    return f" {' '.join(words)} "


def _lower(text: str) -> str:
    """Return ``text`` in lower case and of the same length."""
    return text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I").lower()
