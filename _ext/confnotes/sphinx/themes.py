"""Adaptations to themes with code of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from confnotes.sphinx._compat import theme_folders

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ASK_THE_CONTEXT = frozenset(
    {"alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme"}
)
"""Themes with code whose pages show the tree of documents as the context of templates has it."""


def may_show_all_documents(app: Sphinx) -> bool:
    """Return True if a page may show the tree of documents in a way that is not known.

    A theme without code has only the context of its templates.
    """
    names = {folder.name for folder in theme_folders(app.builder)}
    return bool(names & app.extensions.keys() - _ASK_THE_CONTEXT)


def adapt(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``, after the theme has added its functions for templates."""
    if "conf_tree" in context:
        _bound_sidebar(context)
    if not (app.config.html_copy_source and context.get("sourcename")):
        _drop_download(context)
    if "pagetitle" in context:  # sphinx-book-theme prints it as it is
        context["pagetitle"] = escape(context["pagetitle"])
    if "'" in pagename:
        _quote_name(pagename, context)


def _bound_sidebar(context: dict[str, Any]) -> None:
    """Let the sidebar of pydata-sphinx-theme and its derivatives show the context's toctree.

    It would make its own from all documents of a section, on every page.
    """
    make = context.get("generate_toctree_html")
    if make is None:
        return

    def generate_toctree_html(kind: str, startdepth: int = 1, **options: Any) -> object:
        return make(kind, startdepth=0, **options)

    def suppress_sidebar_toctree(startdepth: int = 1, **options: Any) -> bool:
        return not context["parents"] and not context["conf_tree"]

    context["generate_toctree_html"] = generate_toctree_html
    context["suppress_sidebar_toctree"] = suppress_sidebar_toctree


def _drop_download(context: dict[str, Any]) -> None:
    """Remove sphinx-book-theme's link to the source of a page, of which there is no copy."""
    for group in context.get("header_buttons", ()):
        buttons = group.get("buttons", [])
        buttons[:] = [each for each in buttons if each["label"] != "download-source-button"]


def _quote_name(pagename: str, context: dict[str, Any]) -> None:
    """Quote the name of a page in the script of pydata-sphinx-theme, which it would end."""
    for script in context.get("script_files", ()):
        attributes = getattr(script, "attributes", {})
        if "body" in attributes:
            attributes["body"] = attributes["body"].replace(f"'{pagename}'", json.dumps(pagename))


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", adapt, priority=900)  # all have added theirs by then
