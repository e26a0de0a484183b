"""Sphinx's own search index and inventory, kept exact over incremental builds."""

from __future__ import annotations

from functools import partial
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder

from confnotes.sphinx._workarounds import (
    prune_index,
    skip_unchanged_index,
    write_inventory_aside,
)
from confnotes.sphinx.html_site import HTML_BUILDERS
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.output_files import INVENTORY, search_index_files


def keep_unchanged_index(app: Sphinx, builder: Builder) -> None:
    """``write-started``: keep the index of a build that changes nothing."""
    if isinstance(builder, StandaloneHTMLBuilder):
        skip_unchanged_index(builder, partial(_is_unchanged, app))


def prune_search_index(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """``html-collect-pages``, when all pages are indexed: prune the index, and add no page."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        is_unchanged = _is_unchanged(app)
        prune_index(app.builder, is_unchanged=is_unchanged)
        if app.builder.name in HTML_BUILDERS:  # an EPUB has no inventory
            write_inventory_aside(app.builder, is_unchanged=is_unchanged)
    return []


def _is_unchanged(app: Sphinx) -> bool:
    names = {*search_index_files(app.builder), INVENTORY}
    return incremental_build(app).has_same_files(names)


def setup(app: Sphinx) -> None:
    app.connect("write-started", keep_unchanged_index)
    app.connect("html-collect-pages", prune_search_index)
