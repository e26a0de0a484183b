"""The files of a Pagefind index, small before the first answer.

Every search loads the metadata, in which Pagefind names each record and the number of its words.
Here records are named by their numbers, and are oldest first: so results can be sorted by their
names, and ``static/search/worker.js`` can name them for Pagefind. Numbers of words only normalize
scores, so powers of four do, and a byte each; with one for all, long notes would come before
titles.

Each word of a search loads the files of all words that begin so. They are small, and have the words
of texts alone: addresses are nothing that a reader types.

A file is gzip around a mark and CBOR: words are ``[[[word, pages, [[form, pages], …]], …]]``, where
pages are the postings of ``postings.py``. Of the metadata, the second part are the numbers of
words, the third ``[[first, last, file], …]`` for all words.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import cbor2

from confnotes.search.documents import SearchDocument
from confnotes.search.postings import WordRecords, array_head, cached_postings, join_postings
from confnotes.search.word_forms import WordKey, stemmer

_MARK = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
_MAX_ENTRIES = 4_500
"""Words of a file and records of each, unless one word has more."""


def index_files(
    records: Sequence[SearchDocument],
    program: Mapping[str, bytes],
    kept: Container[str] = (),
    cache: Path | None = None,
) -> Iterator[tuple[str, bytes | None]]:
    """Yield the paths and contents of the files; of those that are ``kept`` only the paths.

    ``program`` are the files of an index of one page that Pagefind has made. Postings are taken
    from the file ``cache``.
    """
    entry = json.loads(program[ENTRY])
    ((language, about),) = entry["languages"].items()
    stem = stemmer(about["wasm"]) if about["wasm"] else None
    if stem is None:
        about["wasm"] = None
    words, sizes = join_postings(cached_postings(records, about["wasm"] or "", stem or str, cache))
    for number, (record, size) in enumerate(zip(records, sizes, strict=True)):
        path = record_path(number, len(records))
        yield path, None if path in kept else _compressed(_fragment(record, size))
    chunks = []
    for first, last, content in _chunks(words):
        name = _name(content, language)
        path = f"index/{name}.pf_index"
        yield path, None if path in kept else _compressed(content)
        chunks.append([first, last, name])
    lengths = bytes(max(size.bit_length() - 1, 0) // 2 for size in sizes)
    content = cbor2.dumps([entry["version"], lengths, chunks, [], [], []])
    about["hash"], about["page_count"] = _name(content, language), len(records)
    yield f"pagefind.{about['hash']}.pf_meta", _compressed(content)
    yield ENTRY, json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    yield from (
        (path, data) for path, data in program.items() if ".pf_" not in path and path != ENTRY
    )


def record_path(number: int, count: int) -> str:
    """Return the path of the file of a record, one of ``count``."""
    return f"fragment/{number:0{len(f'{count:x}')}x}.pf_fragment"


def _fragment(record: SearchDocument, size: int) -> bytes:
    fragment: dict[str, Any] = {
        "url": f"/{record.meta['url']}",
        "content": " ".join(text for _weight, text in record.texts),
        "word_count": size,
        "filters": {},
        "meta": record.meta,
        "anchors": [],
    }
    return json.dumps(fragment, ensure_ascii=False, separators=(",", ":")).encode()


def _chunks(
    found: Mapping[WordKey, WordRecords],
) -> Iterator[tuple[str, str, bytes]]:
    """Yield the first word, the last and the content of each file of words."""
    chunk: list[bytes] = []
    size = 0
    first = last = ""
    for word, keys in groupby(sorted(found), lambda key: key[0]):
        forms = [(form, found[word, form]) for _word, form in keys]
        added = 1 + sum(records.count for _form, records in forms)
        if chunk and size + added > _MAX_ENTRIES:
            yield first, last, b"\x81" + _array(chunk)
            chunk, size = [], 0
        first, last = word if not chunk else first, word
        plain = [records for form, records in forms if not form]
        accented = [
            b"\x82" + cbor2.dumps(form) + records.to_cbor() for form, records in forms if form
        ]
        pages = plain[0].to_cbor() if plain else _array([])
        chunk.append(b"\x83" + cbor2.dumps(word) + pages + _array(accented))
        size += added
    if chunk:
        yield first, last, b"\x81" + _array(chunk)


def _array(items: list[bytes]) -> bytes:
    return array_head(len(items)) + b"".join(items)


def _name(content: bytes, language: str) -> str:
    return f"{language}_{hashlib.sha256(content).hexdigest()[:8]}"


def _compressed(content: bytes) -> bytes:
    return gzip.compress(_MARK + content, mtime=0)
