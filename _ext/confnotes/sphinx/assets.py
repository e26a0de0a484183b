"""What the extension adds to every page: style sheet, keys, templates, and the site's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import confnotes
from confnotes.pages import i18n
from confnotes.sphinx import _compat

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PACKAGE = Path(confnotes.__file__).parent
_DOMAIN = "confnotes"
_USED_WITH = {
    "sphinx-design": "sd-",
    "design-tabs": "sd-tab",
    "copybutton": "<pre",
    "clipboard": "<pre",
}
"""Files of other extensions, and what is on each page that needs them."""


def add_static_and_templates(app: Sphinx) -> None:
    """``builder-inited``, first: let HTML builders find our static files and templates.

    Not earlier: where the package stands would be in ``.buildinfo``. The loader of templates
    begins anew, so what other extensions add to it must come later.
    """
    config = app.config
    config.html_static_path = [*config.html_static_path, str(PACKAGE / "static")]
    _compat.add_template_folder(app, PACKAGE / "templates")


def asset_bytes(app: Sphinx) -> Iterator[str | bytes]:
    """Yield what every page's looks depend on; pages name style sheets with a checksum."""
    themes = _compat.theme_folders(app.builder)
    places = (*app.config.templates_path, *app.config.html_static_path, *themes)
    for name, path in iter_files(Path(app.confdir, place) for place in places):
        yield name
        yield path.read_bytes()


def iter_files(places: Iterable[Path]) -> Iterator[tuple[str, Path]]:
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
    """``html-page-context``: let a page load no file that nothing on it needs."""
    body = context.get("body", "")
    unused = [name for name, sign in _USED_WITH.items() if sign not in body]
    for kind in {"css_files", "script_files"} & context.keys():
        context[kind] = [
            file
            for file in context[kind]
            if not any(name in _compat.asset_name(file) for name in unused)
        ]


def load_translations(app: Sphinx, config: Config) -> None:
    """``config-inited``: find our words in the site's language, the project's own first.

    They are the catalogue ``confnotes`` in each of Sphinx's ``locale_dirs``, and then our own.
    """
    found = _compat.load_messages(app, _DOMAIN, PACKAGE / "locale")
    translations = packaged_translations(config.language)
    if isinstance(found, GNUTranslations):
        found.add_fallback(translations)
        translations = found
    i18n.set_translations(translations)


def packaged_translations(language: str) -> NullTranslations:
    """Return our own words in ``language``, compiled in memory: the package may be read-only."""
    for name in (language, language.partition("_")[0]):
        path = PACKAGE / "locale" / name / "LC_MESSAGES" / f"{_DOMAIN}.po"
        if path.is_file():
            compiled = BytesIO()
            with path.open("rb") as file:
                write_mo(compiled, read_po(file, name))
            compiled.seek(0)
            return GNUTranslations(compiled)
    return NullTranslations()


def translation_bytes(app: Sphinx) -> Iterator[bytes]:
    """Yield the project's own words in the site's language."""
    for catalogue in _compat.catalogues(app, _DOMAIN):
        yield Path(catalogue.po_path).read_bytes()


def setup(app: Sphinx) -> None:
    app.add_css_file("confnotes.css")
    app.connect("config-inited", load_translations)
    app.connect("builder-inited", add_static_and_templates, priority=1)
    app.connect("html-page-context", drop_unused_assets, priority=900)
