"""What the extension adds to every page: style sheet, keys, templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import confnotes
from confnotes.sphinx import _compat

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PACKAGE = Path(confnotes.__file__).parent
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


def setup(app: Sphinx) -> None:
    app.add_css_file("confnotes.css")
    app.connect("builder-inited", add_static_and_templates, priority=1)
    app.connect("html-page-context", drop_unused_assets, priority=900)
