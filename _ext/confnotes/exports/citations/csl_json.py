"""Citations as CSL-JSON, which Pandoc, Zotero and Citation.js read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from confnotes.exports.citations.citation import Citation


def render(entries: Iterable[str]) -> str:
    """Return an array, one item a line."""
    lines = ",\n".join(entries)
    return f"[\n{lines}\n]\n"


def entry(citation: Citation) -> str:
    """Return a citation as an item."""
    day = citation.date
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "speech",
        "title": citation.title,
        "author": [
            {"family": family, "given": given} if given else {"literal": family}
            for family, given in citation.authors
        ],
        "genre": citation.kind,
        "event-title": citation.event,
        "event-place": citation.place,
        "issued": {"date-parts": [[day.year, day.month, day.day] if day else [citation.year]]},
        "URL": citation.url,
    }
    known = {name: value for name, value in item.items() if value}
    return json.dumps(known, ensure_ascii=False)
