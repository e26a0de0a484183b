"""The postings of a Pagefind index: for each form of a word, the records that have it, and where.

The postings of a word are CBOR, ``[[distance from the last record, [place, …], []], …]``. A place
is the distance from the last one of the same weight; ``-weight - 1`` comes before the first, which
is counted from the beginning. Postings of some hundred records are made and cached as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import cbor2

from confnotes.catalogue.cache import Cache, CacheTable
from confnotes.digests import digest
from confnotes.search.documents import SearchDocument
from confnotes.search.word_forms import WordForms, WordKey, word_forms

_RUN = 512
"""Records whose postings are cached as one."""
_UNIT = 25
"""A weight of one, which alone needs no mark for Pagefind."""

_Places: TypeAlias = tuple[tuple[int, int], ...]
"""Weight and position of each occurrence of a word."""


class _Run(NamedTuple):
    """Records that have a form of a word: how many, their first and last number, and their CBOR.

    The CBOR begins with the places in the first record.
    """

    length: int
    first: int
    last: int
    data: bytes


class Postings(NamedTuple):
    """The postings of some records, which can be cached, and the number of words of each."""

    words: Mapping[WordKey, _Run]
    sizes: tuple[int, ...]


class WordRecords:
    """The records that have a form of a word; each is appended with a larger number."""

    __slots__ = ("_data", "_first", "_last", "count")

    def __init__(self) -> None:
        self._data, self.count, self._first, self._last = bytearray(), 0, 0, 0

    def append(self, number: int, places: bytes) -> None:
        self.extend(_Run(1, number, number, places))

    def extend(self, run: _Run, start: int = 0) -> None:
        """Append a run of records, whose numbers are relative to ``start``."""
        first = start + run.first
        if self.count:
            self._data += b"\x83" + _number(first - self._last)
        else:
            self._first = first
        self._data += run.data
        self.count += run.length
        self._last = start + run.last

    def run(self) -> _Run:
        return _Run(self.count, self._first, self._last, bytes(self._data))

    def to_cbor(self) -> bytes:
        head = b"\x83" + _number(self._first) if self.count else b""
        return array_head(self.count) + head + self._data


def cached_postings(
    records: Sequence[SearchDocument], language: str, stem: Callable[[str], str], cache: Path | None
) -> Iterator[Postings]:
    """Yield the postings of each run of ``records``, whose words ``stem`` stems in ``language``.

    Those of unchanged records are in the file ``cache``. After an edit of one of 20,000 talks, this
    takes a fifth of the time.
    """
    forms = word_forms(stem)
    runs = [records[start : start + _RUN] for start in range(0, len(records), _RUN)]
    keys = [digest(language, repr([record.texts for record in run])) for run in runs]
    with Cache(cache) as kept:
        found = kept.find(CacheTable.POSTINGS, keys)
        for key, run in zip(keys, runs, strict=True):
            if key in found:
                yield found.pop(key)
            else:
                made = make_postings(run, forms)
                kept.add(CacheTable.POSTINGS, {key: made}, keys)
                yield made


def make_postings(records: Iterable[SearchDocument], forms: WordForms) -> Postings:
    words: defaultdict[WordKey, WordRecords] = defaultdict(WordRecords)
    sizes = []
    for number, record in enumerate(records):
        places, size = _places(record, forms)
        for key, packed in places.items():
            words[key].append(number, packed)
        sizes.append(size)
    return Postings({key: found.run() for key, found in words.items()}, tuple(sizes))


def join_postings(parts: Iterable[Postings]) -> tuple[Mapping[WordKey, WordRecords], list[int]]:
    """Return the records of each word, and the number of words of each record, of all parts."""
    words: defaultdict[WordKey, WordRecords] = defaultdict(WordRecords)
    sizes: list[int] = []
    for part in parts:
        for key, run in part.words.items():
            words[key].extend(run, len(sizes))
        sizes += part.sizes
    return words, sizes


def _places(record: SearchDocument, forms: WordForms) -> tuple[Mapping[WordKey, bytes], int]:
    """Return the places of each word of a record, and the number of its words."""
    here: defaultdict[WordKey, list[tuple[int, int]]] = defaultdict(list)
    size = 0
    for weight, text in record.texts:
        whole = weight * _UNIT
        words = text.split()
        for place, made in enumerate(map(forms, words), size):
            for key, parts in made:
                each = max(whole // parts, min(whole, 1)) if parts else whole
                here[key].append((each, place))
        size += len(words)
    return {key: _packed(tuple(places)) for key, places in here.items()}, size


def array_head(count: int) -> bytes:
    """Return the head of an array of ``count`` items in CBOR: that of a number, of another type."""
    kind, *rest = _number(count)
    return bytes([kind | 0x80, *rest])


@cache
def _number(number: int) -> bytes:
    return cbor2.dumps(number)


@cache
def _packed(places: _Places) -> bytes:
    """Return the places of a word in a record, and those in its metadata: none."""
    packed: list[int] = []
    now, last = _UNIT, 0
    for weight, place in sorted(places):
        if weight != now:
            packed.append(-weight - 1)
            now, last = weight, 0
        packed.append(place - last)
        last = place
    return cbor2.dumps(packed) + cbor2.dumps([])
