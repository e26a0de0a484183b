"""The same bytes for the same talks.

Pagefind keeps filters in a hash map, so each run writes them in another order, and
names its files after their bytes. Here their values are sorted and the files renamed.

A file is gzip around a mark and CBOR: a filter is ``[name, [[value, [page, …]], …]]``,
and the fourth part of the metadata is ``[[name, file], …]`` for every filter.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping

import cbor2

_MARK = b"pagefind_dcd"
_FILTERS = 3
_ENTRY = "pagefind-entry.json"
_SORTED = (".pf_meta", ".pf_filter")


def make_deterministic(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the ``files`` of an index in the one order that their content gives."""
    settled = {path: data for path, data in files.items() if not path.endswith(_SORTED)}
    entry = json.loads(files[_ENTRY])
    for language, about in entry["languages"].items():
        meta = _read(files[f"pagefind.{about['hash']}.pf_meta"])
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


def _read(data: bytes) -> list[list[list[str]]]:
    found: list[list[list[str]]] = cbor2.loads(gzip.decompress(data)[len(_MARK) :])
    return found


def _write(content: object, language: str) -> tuple[str, bytes]:
    """Return a name that stands for ``content``, and the file of it."""
    data = _MARK + cbor2.dumps(content)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    return name, gzip.compress(data, mtime=0)
