"""Make a Pagefind index reproducible, and small before the first answer.

Pagefind names its files by a hash of their bytes, which are others here, so they are renamed.

Every search loads the metadata, which name each record and the number of its words. Records are
named by their numbers, and are sent oldest first: so results can be sorted by their names, and
``static/search/worker.js`` can name them for Pagefind. Numbers of words only normalize scores, so
powers of four do, and a byte each; with one for all, long notes would come before titles.

Each word of a search loads the files of all words that begin so. They are small, and without
the words of metadata: titles and names are in the text of a record already, and addresses
are nothing that a reader types.

A file is gzip around a mark and CBOR: words are ``[[[word, pages, [[form, pages], …]], …]]``, where
pages are ``[[distance from the last, [place, …], [place in metadata, …]], …]``. Of the metadata,
the second part is ``[[name, words], …]`` for every record, the third ``[[first, last, file], …]``
for all words.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import cbor2

_Word: TypeAlias = list[Any]
_MARK = b"pagefind_dcd"
_PAGES, _WORDS = 1, 2
_ENTRY = "pagefind-entry.json"
_RENAMED = (".pf_meta", ".pf_index", ".pf_fragment")
_MAX_ENTRIES = 3_000
"""Words of a file and records of each, unless one word has more."""


def make_deterministic(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the ``files`` of an index, sorted and renamed."""
    settled = {path: data for path, data in files.items() if not path.endswith(_RENAMED)}
    entry = json.loads(files[_ENTRY])
    for language, about in entry["languages"].items():
        meta = _read(files[f"pagefind.{about['hash']}.pf_meta"])
        pages = [name for name, _words in meta[_PAGES]]
        width = len(f"{len(pages):x}")
        names = {old: f"{at:0{width}x}" for at, old in enumerate(pages)}
        for old, new in names.items():
            settled[f"fragment/{new}.pf_fragment"] = files[f"fragment/{old}.pf_fragment"]
        meta[_PAGES] = bytes(_rounded(words) for _name, words in meta[_PAGES])
        words = _words(files[f"index/{file}.pf_index"] for _first, _last, file in meta[_WORDS])
        meta[_WORDS] = []
        for chunk in _chunks(words):
            key, data = _write([chunk], language)
            settled[f"index/{key}.pf_index"] = data
            meta[_WORDS].append([chunk[0][0], chunk[-1][0], key])
        about["hash"], data = _write(meta, language)
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
    """Return the exponent of the power of four below ``count``."""
    return max(count.bit_length() - 1, 0) // 2


def _read(data: bytes) -> list[Any]:
    found: list[Any] = cbor2.loads(gzip.decompress(data)[len(_MARK) :])
    return found


def _write(content: object, language: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the file of ``content``."""
    data = _MARK + cbor2.dumps(content)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    return name, gzip.compress(data, mtime=0)
