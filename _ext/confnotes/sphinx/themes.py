"""Themes: the style sheet and templates that are added, and adaptations to single themes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

import confnotes
from confnotes.sphinx import _compat

_ASK_THE_CONTEXT = frozenset(
    {"alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme"}
)
"""Themes with Python code that take the tree of documents from the template context."""
PACKAGE = Path(confnotes.__file__).parent
_USED_WITH = {
    "sphinx-design": "sd-",
    "design-tabs": "sd-tab",
    "copybutton": "<pre",
    "clipboard": "<pre",
}
"""Files of other extensions, and the text in each page that needs them."""


def may_show_all_documents(app: Sphinx) -> bool:
    """Return True if a theme may make its own tree of all documents.

    A theme without Python code has only the template context.
    """
    names = {folder.name for folder in _compat.theme_folders(app.builder)}
    return bool(names & app.extensions.keys() - _ASK_THE_CONTEXT)


def adapt_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``, after the theme has added its functions for templates."""
    if "conf_tree" in context:
        _bound_sidebar(context)
    if not (app.config.html_copy_source and context.get("sourcename")):
        _drop_download(context)
    if "pagetitle" in context:  # sphinx-book-theme does not escape it
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
    """Remove sphinx-book-theme's link to the source of a page without a copy."""
    for group in context.get("header_buttons", ()):
        buttons = group.get("buttons", [])
        buttons[:] = [each for each in buttons if each["label"] != "download-source-button"]


def _quote_name(pagename: str, context: dict[str, Any]) -> None:
    """Escape the name of a page in the script of pydata-sphinx-theme, which it would break."""
    for script in context.get("script_files", ()):
        attributes = getattr(script, "attributes", {})
        if "body" in attributes:
            attributes["body"] = attributes["body"].replace(f"'{pagename}'", json.dumps(pagename))


def add_static_and_templates(app: Sphinx) -> None:
    """``builder-inited``, first: let HTML builders find our static files and templates.

    Not earlier, or ``.buildinfo`` would have the path of the package. The template loader is
    initialised again, so other extensions must add to it later.
    """
    config = app.config
    config.html_static_path = [*config.html_static_path, str(PACKAGE / "static")]
    _compat.add_template_folder(app, PACKAGE / "templates")


def asset_bytes(app: Sphinx) -> Iterator[str | bytes]:
    """Yield all templates and static files; pages have checksums of style sheets."""
    themes = _compat.theme_folders(app.builder)
    places = (*app.config.templates_path, *app.config.html_static_path, *themes)
    for name, path in asset_files(Path(app.confdir, place) for place in places):
        yield name
        yield path.read_bytes()


def asset_files(places: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the name and the path of each file among ``places`` or in a folder there."""
    for place in places:
        if place.is_file():
            yield place.name, place
        for path in sorted(place.rglob("*")):
            if path.is_file():
                yield path.relative_to(place).as_posix(), path


def drop_unused_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: drop the style sheets and scripts that a page does not need."""
    body = context.get("body", "")
    unused = [name for name, sign in _USED_WITH.items() if sign not in body]
    for kind in {"css_files", "script_files"} & context.keys():
        context[kind] = [
            file
            for file in context[kind]
            if not any(name in _compat.asset_name(file) for name in unused)
        ]


def setup(app: Sphinx) -> None:
    app.add_css_file("confnotes.css")
    app.connect("builder-inited", add_static_and_templates, priority=1)
    app.connect("html-page-context", drop_unused_assets, priority=900)
    app.connect("html-page-context", adapt_context, priority=900)  # all have added theirs by then
