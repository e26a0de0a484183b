"""The 404 page, ``404.html``."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from confnotes.pages.i18n import _
from confnotes.pages.navigation import index_pages
from confnotes.sphinx import logging
from confnotes.sphinx._compat import render_page
from confnotes.sphinx.html_site import HTML_BUILDERS, html_site
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.project import notes_project

_NAME = "404"
_FILE = f"{_NAME}.html"
_RELATIVE = re.compile(
    r'((?:href|src|action|data-content_root)=")(?!#|/|[a-z][a-z0-9+.-]*:)(?:\.\.?/)*'
)


def write_not_found(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """``html-collect-pages``: write the page, unless there is a hand-written one."""
    if app.builder.name in HTML_BUILDERS:
        is_site = html_site(app) is not None
        made = [(_FILE, _page(app))] if is_site and _NAME not in app.env.found_docs else []
        logging.log_unwritten(incremental_build(app).manifest.write("lost", made))
    return []


def _page(app: Sphinx) -> str:
    """Return the page, in which all links begin at the root of the site.

    A host serves it in place of any page, however deep. ``html_baseurl`` has the root.
    """
    made = Path(app.doctreedir, _FILE)
    context = {
        "title": _("Page not found"),
        "body": _body(app),
        "metatags": '<meta name="robots" content="noindex">',
        "pageurl": None,
    }
    page = render_page(cast("StandaloneHTMLBuilder", app.builder), _NAME, context, made)
    base = urlsplit(app.config.html_baseurl).path.strip("/")
    root = f"/{base}/" if base else "/"
    return _RELATIVE.sub(lambda link: link[1] + root, page)


def _body(app: Sphinx) -> str:
    uri = app.builder.get_target_uri
    indexes = index_pages(notes_project(app).catalogue)
    near = {uri(docname): title for docname, title in indexes}
    near[uri(app.config.root_doc)] = _("Front page")
    items = "".join(
        f'<li><p><a class="reference internal" href="{escape(to)}">{escape(title)}</a></p></li>'
        for to, title in near.items()
    )
    title = escape(_("Page not found"))
    words = escape(_("There is nothing at this address. What you look for may be found from here:"))
    return f'<section id="not-found"><h1>{title}</h1><p>{words}</p><ul>{items}</ul></section>'


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", write_not_found)
