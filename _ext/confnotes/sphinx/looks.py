"""What the extension adds to every page: style sheet, keys, templates, and the site's language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx import locale
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.i18n import CatalogRepository

import confnotes
from confnotes.pages import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.jinja2glue import BuiltinTemplateLoader

PACKAGE = Path(confnotes.__file__).parent
_USED_WITH = {
    "sphinx-design": "sd-",
    "design-tabs": "sd-tab",
    "copybutton": "<pre",
    "clipboard": "<pre",
}
"""Files of other extensions, and what is on each page that needs them."""


def offer(app: Sphinx, config: Config) -> None:
    """``config-inited``: let HTML builders find our static files and templates."""
    config.html_static_path = [*config.html_static_path, str(PACKAGE / "static")]
    config.templates_path = [*config.templates_path, str(PACKAGE / "templates")]


def load_once(app: Sphinx) -> None:
    """``builder-inited``: look for a newer template in the next build, not on the next page."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        cast("BuiltinTemplateLoader", app.builder.templates).environment.auto_reload = False


def spare(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: let a page load no file that nothing on it needs."""
    body = context.get("body", "")
    unused = [name for name, sign in _USED_WITH.items() if sign not in body]
    for kind in {"css_files", "script_files"} & context.keys():
        context[kind] = [
            file
            for file in context[kind]
            if not any(name in getattr(file, "filename", "") for name in unused)
        ]


def speak(app: Sphinx, config: Config) -> None:
    """``config-inited``: find our words in the site's language, the project's own first.

    They are the catalogue ``confnotes`` in each of Sphinx's ``locale_dirs``.
    """
    folders = CatalogRepository(app.srcdir, config.locale_dirs, config.language, "utf-8")
    for catalogue in folders.catalogs:
        if catalogue.domain == "confnotes" and catalogue.is_outdated():
            catalogue.write_mo(config.language)
    locale.translators.pop(("general", "confnotes"), None)  # of another project in this process
    places = [*folders.locale_dirs, PACKAGE / "locale"]
    found, _known = locale.init(places, config.language, "confnotes")
    words.speak(found)
