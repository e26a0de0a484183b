"""Machine-readable exports: JSON, feeds, structured data, sitemap, redirects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from confnotes.catalogue import Catalogue
from confnotes.exports import api, atom, sitemap, social_card
from confnotes.exports.citations import citation_files
from confnotes.exports.site import Site

__all__ = ["Site", "export_files"]


def export_files(
    catalogue: Catalogue, docnames: Sequence[str], site: Site
) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path below the output and the content of each file that is no page.

    ``docnames`` are all pages of the site. Feeds and the sitemap need absolute URLs, so there are
    none without ``html_baseurl``.
    """
    yield from api.api_files(catalogue, site)
    yield from citation_files(catalogue, site)
    if site.base_url:
        yield from atom.feed_files(catalogue, site)
        yield from sitemap.sitemap_files(catalogue, docnames, site)
        if social_card.is_available():
            yield social_card.PATH, social_card.render_card(catalogue, site)
