"""Citations as RIS, which Zotero, EndNote and Mendeley read; the tags are Zotero's."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.exports.citations.citation import Citation


def entry(citation: Citation) -> str:
    """Return a citation as a record."""
    return "".join(f"{tag}  - {value}\n" for tag, value in _fields(citation))


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "SLIDE"
    yield "ID", citation.key
    yield "TI", citation.title
    for family, given in citation.authors:
        yield "AU", f"{family}, {given}" if given else family
    yield "M3", citation.kind
    yield "T2", citation.event
    if citation.place:
        yield "CY", citation.place
    yield "PY", str(citation.year)
    if citation.date:
        yield "DA", citation.date.strftime("%Y/%m/%d")
    if citation.url:
        yield "UR", citation.url
    yield "ER", ""
