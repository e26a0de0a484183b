"""The sitemap (sitemaps.org): every page, and the day of the newest talk on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

from confnotes.catalogue import Catalogue
from confnotes.exports.site import Site

MAX_URLS = 50_000
"""The limit of one file; a larger site has several, and an index of them."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_files(
    catalogue: Catalogue, docnames: Sequence[str], site: Site
) -> Iterator[tuple[str, str]]:
    """Yield each file's path and its text."""
    days = _days(catalogue)
    entries = [_entry("url", site.page(name), days.get(name)) for name in sorted(docnames)]
    parts = [entries[start : start + MAX_URLS] for start in range(0, len(entries), MAX_URLS)]
    if len(parts) <= 1:
        yield "sitemap.xml", _all("urlset", entries)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    lists = [_entry("sitemap", site.file(name)) for name in names]
    yield "sitemap.xml", _all("sitemapindex", lists)
    for name, part in zip(names, parts, strict=True):
        yield name, _all("urlset", part)


def _days(catalogue: Catalogue) -> Mapping[str, date]:
    """Return the day of the newest talk by docname, for pages whose talks have one."""
    days: dict[str, date] = {}
    for talk in catalogue.talks:
        event = catalogue.events[talk.event]
        if day := talk.date or event.start:
            for docname in (
                talk.docname,
                talk.event,
                f"years/{talk.event.split('/')[1]}/index",
                *(catalogue.people[slug].docname for slug in talk.people),
                *(catalogue.topics[match.topic].docname for match in talk.topics),
                "index",
                "years/index",
                "speakers/index",
                "topics/index",
            ):
                days[docname] = max(day, days.get(docname, day))
    return days


def _entry(name: str, address: str, day: date | None = None) -> str:
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<{name}><loc>{escape(address)}</loc>{changed}</{name}>\n"


def _all(name: str, entries: Sequence[str]) -> str:
    return f"{_HEAD}<{name} {_NAMESPACE}>\n{''.join(entries)}</{name}>\n"
