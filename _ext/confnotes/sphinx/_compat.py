"""Undocumented API of Sphinx, MyST and docutils, each use behind a function.

Each names its upstream issue, and when it can go. ``tests/sphinx/test_compat.py`` checks that
what it needs exists and behaves as it must.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from myst_parser.sphinx_ext.main import setup_sphinx
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.ext.intersphinx import InventoryAdapter
from sphinx.project import Project
from sphinx.search import IndexBuilder
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

Anchors = dict[str, tuple[int, str, str]]
"""The anchors of a document: line, id and title of a section, by anchor."""


def replace_project(app: Sphinx, project: Project) -> None:
    """Replace the project, which lists the documents.

    Upstream: sphinx#1139. Remove when an extension can add documents.
    """
    app.project = app.env.project = project


def load_myst(app: Sphinx) -> None:
    """Set up MyST, without its parser where another extension has registered one for ``.md``.

    Upstream: none. Remove when ``myst_parser`` can be loaded beside another parser.
    """
    try:
        app.setup_extension("myst_parser")
    except ExtensionError:
        if "myst_enable_extensions" not in app.config:
            setup_sphinx(app)


def anchors(env: BuildEnvironment, docname: str) -> Anchors:
    """Return the anchors of a document's sections, as MyST keeps them to resolve links.

    Upstream: none. Remove when MyST has a function for them.
    """
    slugs: Anchors = env.metadata[docname].get("myst_slugs", {})
    return slugs


def add_anchors(env: BuildEnvironment, docname: str, added: Mapping[str, Any]) -> None:
    """Register anchors of generated sections for links in MyST; see :func:`anchors`."""
    env.metadata[docname].setdefault("myst_slugs", {}).update(added)


def add_warning_filter(added: logging.Filter) -> None:
    """Add a filter behind those of Sphinx, which turn the location of a record into text.

    Upstream: none. Remove when an extension can change the location of a warning.
    """
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.addFilter(added)


class WarningCollector(logging.Filter):
    """Lets every warning pass and collects the places (``path:line``) they name.

    Problems of the catalogue are logged in every build, so they are not collected.

    Upstream: sphinx#725. Remove when Sphinx reads documents again that drew a warning.
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "type", None) != "confnotes":
            self._places.add(str(getattr(record, "location", "") or ""))
        return True

    def docnames(self, env: BuildEnvironment) -> set[str]:
        """Return the documents whose files were named."""
        if not self._places:
            return set()
        named = {place.rsplit(":", 1)[0] for place in self._places} | self._places
        return {docname for docname in env.found_docs if str(env.doc2path(docname)) in named}


def versions(app: Sphinx) -> tuple[object, ...]:
    """Return the versions of all extensions, and of what they keep in the environment.

    Upstream: none. Remove when Sphinx documents them.
    """
    extensions = {name: extension.version for name, extension in app.extensions.items()}
    return sorted(extensions.items()), sorted(app.registry.get_envversion(app).items())


def inventories(env: BuildEnvironment) -> Mapping[str, Any]:
    """Return the inventories of other projects that intersphinx has loaded, by name.

    Upstream: sphinx#13275 calls it semi-public. Remove when it is public.
    """
    return InventoryAdapter(env).named_inventory


def is_in_inventory(env: BuildEnvironment, target: str) -> bool:
    """Return True if an inventory of another project has ``target``; see :func:`inventories`."""
    return any(target in objects for objects in InventoryAdapter(env).main_inventory.values())


def add_template_folder(app: Sphinx, folder: Path) -> None:
    """Add a folder of templates after the template loader was created.

    Upstream: none. Remove when Sphinx has ``add_template_path``.
    """
    app.config.templates_path = [*app.config.templates_path, str(folder)]
    if templates := getattr(app.builder, "templates", None):
        templates.init(app.builder, getattr(app.builder, "theme", None))


def asset_name(file: object) -> str:
    """Return the file name of a style sheet or script in the context of templates.

    Upstream: none. Remove when Sphinx documents these objects.
    """
    return str(getattr(file, "filename", ""))


def theme_folders(builder: Builder) -> list[Path]:
    """Return the folders of the theme of an HTML builder, and of those that it inherits.

    Upstream: none. Remove when ``Theme.get_theme_dirs`` is documented.
    """
    theme = getattr(builder, "theme", None)  # JSON has none
    return list(theme.get_theme_dirs()) if theme else []


def render_page(
    builder: StandaloneHTMLBuilder, name: str, context: dict[str, Any], path: Path
) -> str:
    """Return a page that is no document, as the theme renders it; it is also written to ``path``.

    Upstream: none. Remove when Sphinx can render a page without writing it.
    """
    builder.handle_page(name, context, outfilename=path)
    return path.read_text(encoding="utf-8")


def accept_hyperlinks(builder: Builder) -> None:
    """Prepare a builder called ``linkcheck`` for Sphinx's collector of links.

    Upstream: none. Remove when the collector belongs to Sphinx's builder.
    """
    builder.hyperlinks = {}  # type: ignore[attr-defined]


def find_stop_words(app: Sphinx) -> list[str]:
    """Return the stop words of the language of the site, sorted.

    Upstream: none. Remove when Sphinx documents how to find the language of its search.
    """
    language = app.config.language.partition("_")[0]
    return sorted(IndexBuilder(app.env, language, {}, "").lang.stopwords)


def set_failed_status(builder: Builder) -> None:
    """Set the exit status of the build to 1; every file is still written.

    Upstream: none. Remove when Sphinx documents the status code.
    """
    builder._app.statuscode = 1
