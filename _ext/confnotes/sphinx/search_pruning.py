"""Sphinx's own search index, kept exact over incremental builds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from confnotes.sphinx._compat import prune_index
from confnotes.sphinx.incremental import incremental_build

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def prune_search_index(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """``html-collect-pages``: every page is in the index by now; prune it, and add no page."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        prune_index(app.builder, is_unchanged=incremental_build(app).nothing_written())
    return []


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", prune_search_index)
