"""Make a Pagefind index reproducible, and small before the first answer.

Pagefind writes the values of filters in random order, and names its files by a hash of their
bytes. Here the values are sorted and the files renamed.

Every search loads the metadata, which name each record and the number of its words. Records are
named by their numbers, which compress well, and are sent oldest first: so results can be sorted
by their names. Numbers of words only normalize scores, so powers of four do; with one for all,
long notes would come before titles.

Each word of a search loads the files of all words that begin so. They are small, and without
the words of metadata: titles and names are in the text of a record already, and addresses
are nothing that a reader types.

A file is gzip around a mark and CBOR: a filter is ``[name, [[value, [page, …]], …]]``, words are
``[[[word, pages, [[form, pages], …]], …]]``, where pages are
``[[distance from the last, [place, …], [place in metadata, …]], …]``. Of the metadata, the second
part is ``[[name, words], …]`` for every record, the third ``[[first, last, file], …]`` for all
words, the fourth ``[[name, file], …]`` for every filter.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import cbor2

_Word: TypeAlias = list[Any]
_MARK = b"pagefind_dcd"
_PAGES, _WORDS, _FILTERS = 1, 2, 3
_ENTRY = "pagefind-entry.json"
_RENAMED = (".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment")
_MAX_ENTRIES = 3_000
"""Words of a file and records of each, unless one word has more."""
_BLOCK_SIZES = (2, 4, 8)
"""Sizes of the blocks of a gzip file, as zlib’s ``memLevel``; ascending numbers pack best in small
ones, which takes a tenth off what a search loads first."""


def make_deterministic(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the ``files`` of an index, sorted and renamed."""
    settled = {path: data for path, data in files.items() if not path.endswith(_RENAMED)}
    entry = json.loads(files[_ENTRY])
    for language, about in entry["languages"].items():
        meta = _read(files[f"pagefind.{about['hash']}.pf_meta"])
        pages = [name for name, _words in meta[_PAGES]]
        width = len(f"{len(pages):x}")  # hexadecimal numbers pack best
        names = {old: f"{at:0{width}x}" for at, old in enumerate(pages)}
        for old, new in names.items():
            settled[f"fragment/{new}.pf_fragment"] = files[f"fragment/{old}.pf_fragment"]
        meta[_PAGES] = [[names[old], _rounded(words)] for old, words in meta[_PAGES]]
        words = _words(files[f"index/{file}.pf_index"] for _first, _last, file in meta[_WORDS])
        meta[_WORDS] = []
        for chunk in _chunks(words):
            key, data = _write([chunk], language)
            settled[f"index/{key}.pf_index"] = data
            meta[_WORDS].append([chunk[0][0], chunk[-1][0], key])
        filters = []
        for name, file in meta[_FILTERS]:
            _name, values = _read(files[f"filter/{file}.pf_filter"])
            key, data = _write([name, sorted(values)], language, _BLOCK_SIZES)
            settled[f"filter/{key}.pf_filter"] = data
            filters.append([name, key])
        meta[_FILTERS] = sorted(filters)
        about["hash"], data = _write(meta, language, _BLOCK_SIZES)
        settled[f"pagefind.{about['hash']}.pf_meta"] = data
    settled[_ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return settled


def _words(files: Iterable[bytes]) -> Iterator[_Word]:
    """Yield the words of records, without those that are only in metadata."""
    for file in files:
        for word, pages, forms in _read(file)[0]:
            in_text = _in_text(pages)
            others = [[form, kept] for form, those in forms if (kept := _in_text(those))]
            if in_text or others:
                yield [word, in_text, others]


def _in_text(pages: Iterable[list[Any]]) -> list[list[Any]]:
    kept, distance = [], 0
    for step, places, _metadata in pages:
        distance += step
        if places:
            kept.append([distance, places, []])
            distance = 0
    return kept


def _chunks(words: Iterable[_Word]) -> Iterator[list[_Word]]:
    chunk: list[_Word] = []
    size = 0
    for word in words:
        added = 1 + len(word[1]) + sum(len(pages) for _form, pages in word[2])
        if chunk and size + added > _MAX_ENTRIES:
            yield chunk
            chunk, size = [], 0
        chunk.append(word)
        size += added
    if chunk:
        yield chunk


def _rounded(count: int) -> int:
    """Return the power of four below ``count``."""
    return 1 << max(count.bit_length() - 1, 0) // 2 * 2


def _read(data: bytes) -> list[Any]:
    found: list[Any] = cbor2.loads(gzip.decompress(data)[len(_MARK) :])
    return found


def _write(
    content: object, language: str, block_sizes: Iterable[int] = (zlib.DEF_MEM_LEVEL,)
) -> tuple[str, bytes]:
    """Return the name and the bytes of the file of ``content``, packed in the best blocks."""
    data = _MARK + cbor2.dumps(content)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    return name, min((_packed(data, size) for size in block_sizes), key=len)


def _packed(data: bytes, block_size: int) -> bytes:
    gzip_file = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS, block_size)
    return gzip_file.compress(data) + gzip_file.flush()
