"""Citations in a page, as COinS: Zotero offers a choice if a page has several.

Zotero reads the book format with ``genre=conference`` as a conference paper. With its own type
for talks, COinS would lose the event. It needs no ``ctx_ver``.
"""

from __future__ import annotations

from urllib.parse import urlencode

from confnotes.exports.citations.citation import Citation


def render(citation: Citation) -> str:
    """Return an empty element that holds the citation."""
    fields = [
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "conference"),
        ("rft.atitle", citation.title),
        ("rft.btitle", citation.event),
        ("rft.place", citation.place),
        ("rft.date", citation.date.isoformat() if citation.date else str(citation.year)),
        *(("rft.au", ", ".join(filter(None, author))) for author in citation.authors),
        ("rft_id", citation.url),
    ]
    data = urlencode([field for field in fields if field[1]], safe=":/,")  # so it is escaped
    return f'<span class="Z3988" title="{data}"></span>'
