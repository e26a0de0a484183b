"""Meta tags of a page: description, preview, feeds, structured data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from confnotes.catalogue import Catalogue
from confnotes.catalogue.tracking import cached_query
from confnotes.exports import atom, json_ld, social_card
from confnotes.exports.site import Site
from confnotes.pages import docnames, split_notes


def meta_tags(
    catalogue: Catalogue, docname: str, title: str, description: str, site: Site
) -> Iterator[str]:
    """Yield the tags of a page; without the site's address, only the description.

    The canonical link is Sphinx's own.
    """
    if description:
        preview = ' property="og:description"' if site.base_url else ""
        yield _meta(f'name="description"{preview}', description)
    if not site.base_url:
        return
    yield _meta('property="og:type"', _type(catalogue, docname))
    yield _meta('property="og:title"', title)
    yield _meta('property="og:url"', site.page(docname))
    yield _meta('property="og:site_name"', site.name)
    if social_card.is_available():
        yield _meta('property="og:image"', site.file(social_card.PATH))
        yield _meta('property="og:image:alt"', site.name)
        yield _meta('name="twitter:card"', "summary_large_image")
    if catalogue.talks:
        yield _feed(site.name, site.file(atom.MAIN_FEED))
    if atom.has_feed(catalogue, docname):
        yield _feed(f"{title} – {site.name}", site.file(atom.feed_path(docname)))
    if docname in _generated_pages(catalogue):
        graph = json_ld.json_ld_graph(catalogue, docname, title, site)
        data = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
        yield f'<script type="application/ld+json">{json_for_script(data)}</script>'


@cached_query
def _generated_pages(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(docnames(catalogue))


def _type(catalogue: Catalogue, docname: str) -> str:
    if split_notes.shows_note(catalogue, docname):
        return "article"
    folder, _, slug = docname.partition("/")
    return "profile" if folder == "speakers" and slug in catalogue.people else "website"


def _meta(names: str, content: str) -> str:
    return f'<meta {names} content="{escape(content)}">'


def _feed(title: str, address: str) -> str:
    return (
        f'<link rel="alternate" type="application/atom+xml" title="{escape(title)}"'
        f' href="{escape(address)}">'
    )


def json_for_script(data: str) -> str:
    """Return JSON, escaped for a ``script`` element."""
    return data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
