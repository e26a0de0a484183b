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
from pathlib import Path

import cbor2

_MARK = b"pagefind_dcd"
_FILTERS = 3


def settle(folder: Path) -> None:
    """Put the index in ``folder`` in the one order that its content gives."""
    entry = folder / "pagefind-entry.json"
    found = json.loads(entry.read_text(encoding="utf-8"))
    for language, about in found["languages"].items():
        old = folder / f"pagefind.{about['hash']}.pf_meta"
        meta = _read(old)
        meta[_FILTERS] = sorted(
            [name, _settle_filter(folder / "filter", file, language)]
            for name, file in meta[_FILTERS]
        )
        old.unlink()
        about["hash"] = _write(folder / "pagefind.{}.pf_meta", meta, language)
    entry.write_text(json.dumps(found, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _settle_filter(folder: Path, file: str, language: str) -> str:
    old = folder / f"{file}.pf_filter"
    name, values = _read(old)
    old.unlink()
    return _write(folder / "{}.pf_filter", [name, sorted(values)], language)


def _read(path: Path) -> list[list[list[str]]]:
    found: list[list[list[str]]] = cbor2.loads(gzip.decompress(path.read_bytes())[len(_MARK) :])
    return found


def _write(path: Path, content: object, language: str) -> str:
    """Write ``content`` under a name that stands for it; return that name."""
    data = _MARK + cbor2.dumps(content)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    path.with_name(path.name.format(name)).write_bytes(gzip.compress(data, mtime=0))
    return name
