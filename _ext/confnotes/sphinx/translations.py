"""Translations of pages into the language of the site.

They are the catalogues ``confnotes`` in Sphinx's ``locale_dirs``, then the package's own.
Catalogues are compiled in memory, since their folders may be read-only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import _

from confnotes.pages import i18n
from confnotes.sphinx.themes import PACKAGE

_FILE = "LC_MESSAGES/confnotes.po"


def load_translations(app: Sphinx, config: Config) -> None:
    """``config-inited``."""
    folders = [*_folders(app), PACKAGE / "locale"]
    i18n.set_translations(translations(folders, config.language))


def translate_theme(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: translate what themes say and Sphinx has no word for."""
    context["_"] = context["gettext"] = _of_sphinx_or_ours


def _of_sphinx_or_ours(text: str) -> str:
    found = _(text)
    return i18n._(text) if found == text else found


def translation_bytes(app: Sphinx) -> Iterator[bytes]:
    """Yield the project's own catalogues in the site's language."""
    for path in _catalogues(_folders(app), app.config.language):
        yield path.read_bytes()


def translations(folders: Iterable[Path], language: str) -> NullTranslations:
    """Return the translations into ``language``; the first of ``folders`` that has one wins."""
    found = NullTranslations()
    for path in reversed([*_catalogues(folders, language)]):
        compiled = BytesIO()
        try:
            with path.open("rb") as file:
                write_mo(compiled, read_po(file))
        except (ValueError, LookupError):
            continue  # in another encoding than it declares, which Sphinx reports
        compiled.seek(0)
        made = GNUTranslations(compiled)
        made.add_fallback(found)
        found = made
    return found


def _folders(app: Sphinx) -> list[Path]:
    return [Path(app.srcdir, folder) for folder in app.config.locale_dirs]


def _catalogues(folders: Iterable[Path], language: str) -> Iterator[Path]:
    """Yield the catalogues of ``language``, with and without its country."""
    for folder in folders:
        for name in dict.fromkeys((language, language.partition("_")[0])):
            path = folder / name / _FILE
            if path.is_file():
                yield path


def setup(app: Sphinx) -> None:
    app.connect("config-inited", load_translations)
    app.connect("html-page-context", translate_theme)
