"""What the site offers to machines: JSON, feeds, structured data, a map, redirects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from confnotes.catalogue import Catalogue
from confnotes.machines import api, card, feeds, llms, sitemap
from confnotes.machines.site import Site

__all__ = ["Site", "files"]


def files(
    catalogue: Catalogue, docnames: Sequence[str], site: Site
) -> Iterator[tuple[str, str | bytes]]:
    """Yield each file, its path below the output and its content, beside the site's pages.

    ``docnames`` are all pages of the site. Feeds and the map of the site need absolute
    addresses, so they are there only where the site's own is known.
    """
    yield from api.files(catalogue, site)
    yield "llms.txt", llms.text(catalogue, site)
    if site.base:
        yield from feeds.files(catalogue, site)
        yield from sitemap.files(catalogue, docnames, site)
        if card.can_be_drawn():
            yield card.PATH, card.png(catalogue, site)
