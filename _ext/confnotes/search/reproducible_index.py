"""Make a Pagefind index reproducible, and small before the first answer.

Pagefind writes the values of filters in random order, and names its files by a hash of their
bytes. Here the values are sorted and the files renamed.

Every search loads the metadata: the name and the number of words of each record. Records get
names that compress to half, in their own order, oldest first; so results can be sorted by name.
Numbers of words only normalize scores, so they are rounded to powers of four.

A file is a gzip of a marker and CBOR: a filter is ``[name, [[value, [page, …]], …]]``. The second
part of the metadata is ``[[name, words], …]`` for all records, the fourth ``[[name, file], …]`` for
all filters.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
_PAGES, _FILTERS = 1, 3
_ENTRY = "pagefind-entry.json"
_RENAMED = (".pf_meta", ".pf_filter", ".pf_fragment")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HASH_LENGTH = 2
"""Letters of the hash in a name, so that a browser cache never has an old version of a record.

Each letter adds 7 kB to the download for 20,000 talks.
"""


def make_deterministic(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the ``files`` of an index, sorted and renamed."""
    settled = {path: data for path, data in files.items() if not path.endswith(_RENAMED)}
    entry = json.loads(files[_ENTRY])
    for language, about in entry["languages"].items():
        meta = _read(files[f"pagefind.{about['hash']}.pf_meta"])
        pages = [name for name, _words in meta[_PAGES]]
        names = dict(zip(pages, _page_names(pages), strict=True))
        for old, new in names.items():
            settled[f"fragment/{new}.pf_fragment"] = files[f"fragment/{old}.pf_fragment"]
        meta[_PAGES] = [[names[old], _rounded(words)] for old, words in meta[_PAGES]]
        filters = []
        for name, file in meta[_FILTERS]:
            _name, values = _read(files[f"filter/{file}.pf_filter"])
            key, data = _write([name, sorted(values)], language)
            settled[f"filter/{key}.pf_filter"] = data
            filters.append([name, key])
        meta[_FILTERS] = sorted(filters)
        about["hash"], data = _write(meta, language)
        settled[f"pagefind.{about['hash']}.pf_meta"] = data
    settled[_ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return settled


def _page_names(hashes: Sequence[str]) -> Iterator[str]:
    """Yield a name for each record: its number, then the end of its hash."""
    width = len(_base36(len(hashes)))
    for number, page_hash in enumerate(hashes):
        yield _base36(number).rjust(width, "0") + page_hash[-_HASH_LENGTH:]


def _base36(number: int) -> str:
    high, low = divmod(number, len(_DIGITS))
    return (_base36(high) if high else "") + _DIGITS[low]


def _rounded(count: int) -> int:
    """Return the power of four below ``count``."""
    return 1 << max(count.bit_length() - 1, 0) // 2 * 2


def _read(data: bytes) -> list[Any]:
    found: list[Any] = cbor2.loads(gzip.decompress(data)[len(_MARK) :])
    return found


def _write(content: object, language: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the file of ``content``."""
    data = _MARK + cbor2.dumps(content)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    return name, gzip.compress(data, mtime=0)
