"""The facets of the search page: which records have each value.

Pagefind has filters, too; one is a single file, of all speakers, which a search for one would load.
A facet of many values is several files here, by the sum of the characters of a value.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

FOLDER = "facets"
_MAX_BYTES = 24_000
"""Size of a file; uncompressed, since some hosts do not compress."""


def facet_files(records: Iterable[Iterable[tuple[str, str]]]) -> Iterator[tuple[str, bytes]]:
    """Yield the paths and the contents of the files; a record has pairs of facet and value.

    The numbers of the records of a value are distances from the one before.
    """
    facets: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, pairs in enumerate(records):
        for facet, value in dict.fromkeys(pairs):
            facets[facet][value].append(number)
    parts = {}
    for facet, numbers in sorted(facets.items()):
        distances = {value: _distances(found) for value, found in sorted(numbers.items())}
        parts[facet] = len(_json(distances)) // _MAX_BYTES + 1
        for part in range(parts[facet]):
            content = {v: found for v, found in distances.items() if _part(v, parts[facet]) == part}
            yield f"{FOLDER}/{facet}-{part}.json", _json(content)
    yield f"{FOLDER}/parts.json", _json(parts)


def _distances(numbers: list[int]) -> list[int]:
    return [after - before for before, after in zip([0, *numbers], numbers, strict=False)]


def _part(value: str, parts: int) -> int:
    """Return the number of the file of ``value``, as ``static/search/worker.js`` does."""
    return sum(map(ord, value)) % parts


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
