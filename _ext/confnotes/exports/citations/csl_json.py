"""Citations as CSL-JSON, which Pandoc, Zotero and Citation.js read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from confnotes.exports.citations.citation import Citation


def render(citations: Sequence[Citation]) -> str:
    """Return an array, one citation a line."""
    lines = ",\n".join(json.dumps(_item(one), ensure_ascii=False) for one in citations)
    return f"[\n{lines}\n]\n"


def _item(citation: Citation) -> dict[str, Any]:
    day = citation.date
    item = {
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
    return {name: value for name, value in item.items() if value}
