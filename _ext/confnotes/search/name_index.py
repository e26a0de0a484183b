"""The index of names: people, topics, events and sections of pages, by the first letters of words.

While a reader types, the browser loads one small file. It has all entries with a word of that
prefix; if they are too many, it has the most important ones, and longer prefixes have files of
their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from itertools import chain

from confnotes.grouping import group
from confnotes.search.words import split_words

FOLDER = "_search"
MAX_BYTES = 24_000
"""Size of a file; uncompressed, since some hosts do not compress."""
MAX_BEST = 40
"""Entries of a prefix that has too many."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An entry: a title and its address.

    ``names`` are other names, ``text`` is the text of a section, ``detail`` is shown beside the
    title; entries with more ``weight`` come first.
    """

    kind: str
    title: str
    url: str
    _: KW_ONLY
    names: tuple[str, ...] = ()
    detail: str = ""
    weight: int = 0
    text: str = ""

    def as_row(self) -> list[object]:
        return [self.kind, self.title, self.url, self.detail, self.weight, list(self.names)]


@dataclass(frozen=True, slots=True)
class _Posting:
    """A word of an entry, and whether it is of a name or only of the text."""

    word: str
    entry: int
    is_name: bool


def name_index_files(
    entries: Sequence[IndexEntry], about: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Yield the paths and the contents of the files; ``about`` is data for the dialog."""
    sizes = [len(_json(entry.as_row()).encode()) for entry in entries]
    prefixes = []
    for prefix, shard in _shards("", sorted_postings(entries), entries, sizes):
        prefixes.append(prefix)
        yield f"{FOLDER}/{_file_name(prefix)}", shard
    yield f"{FOLDER}/index.json", _json({**about, "prefixes": prefixes})


def sorted_postings(entries: Sequence[IndexEntry]) -> list[_Posting]:
    """Return every word of every entry once, words of names first."""
    found: dict[tuple[str, int], _Posting] = {}
    for number, entry in enumerate(entries):
        for word in chain.from_iterable(map(split_words, (entry.title, *entry.names))):
            found.setdefault((word, number), _Posting(word, number, is_name=True))
    for number, entry in enumerate(entries):
        for word in split_words(entry.text):
            found.setdefault((word, number), _Posting(word, number, is_name=False))
    return [found[key] for key in sorted(found)]


def _shards(
    prefix: str, postings: Sequence[_Posting], entries: Sequence[IndexEntry], sizes: Sequence[int]
) -> Iterator[tuple[str, str]]:
    listed = {one.entry for one in postings}
    texts = sum(len(one.word.encode()) + 8 for one in postings if not one.is_name)
    if sum(sizes[entry] for entry in listed) + texts <= MAX_BYTES:
        yield prefix, _shard(postings, entries)
        return
    exact = [one for one in postings if one.word == prefix]
    longer = [one for one in postings if one.word != prefix]
    best = [*_best(exact, entries), *_best([one for one in longer if one.is_name], entries)]
    yield prefix, _shard(best, entries)
    by_prefix = group((one.word[: len(prefix) + 1], one) for one in longer)
    for longer_prefix, part in by_prefix.items():
        yield from _shards(longer_prefix, part, entries, sizes)


def _best(postings: Iterable[_Posting], entries: Sequence[IndexEntry]) -> list[_Posting]:
    by_weight = sorted(postings, key=lambda one: (not one.is_name, -entries[one.entry].weight))
    return by_weight[:MAX_BEST]


def _shard(postings: Iterable[_Posting], entries: Sequence[IndexEntry]) -> str:
    """Return a file: rows of entries, and the numbers of the rows by each word of a text."""
    postings = list(postings)
    rows = {entry: row for row, entry in enumerate(sorted({one.entry for one in postings}))}
    texts = group((one.word, rows[one.entry]) for one in postings if not one.is_name)
    return _json({"entries": [entries[entry].as_row() for entry in rows], "texts": texts})


def _file_name(prefix: str) -> str:
    """Return a file name of letters and digits that is unique on any file system."""
    return f"{'-'.join(f'{ord(sign):x}' for sign in prefix) or 'all'}.json"


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
