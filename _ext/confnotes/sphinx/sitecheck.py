"""Fail a build with broken internal links."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from confnotes.sitecheck import BrokenLink, find_broken_links, pages_to_check, read_links
from confnotes.sphinx._compat import set_failed_status
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.output_files import output_path
from confnotes.sphinx.source_locations import locate

logger = logging.getLogger(__name__)

_NEVER_WRITTEN = frozenset({"genindex.html", "search.html", "searchindex.js"})
"""Files that the head of a single page links to, and Sphinx does not make."""


def check_site(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``, when all pages are written: fail if internal links are broken.

    Only pages of this build are checked; others in the folder may be of another build.
    """
    builder = app.builder
    if exception is not None or not isinstance(builder, StandaloneHTMLBuilder):
        return
    if builder.name not in {"html", "dirhtml", "singlehtml"}:
        return
    base = _base(app)
    files = set(_files(builder.outdir, app.doctreedir))
    build = incremental_build(app)
    digests = {name: stamp.digest for name, stamp in build.stamps(app).items()}
    links = read_links(builder.outdir, files, digests, base, build.links, app.parallel)
    suspects = pages_to_check(links, build.links)
    files |= _NEVER_WRITTEN if builder.name == "singlehtml" else frozenset()
    suffixes = {"link_suffix": builder.link_suffix, "file_suffix": builder.out_suffix}
    found = list(find_broken_links(suspects, links.pages, files, base, **suffixes))
    build.links = replace(links, are_right=not found)
    found_docs = app.env.found_docs if found else ()
    documents = {output_path(builder, docname): docname for docname in found_docs}
    of_theme: dict[str, list[tuple[BrokenLink, str | None]]] = {}
    for fault in found:
        set_failed_status(builder)
        docname = documents.get(fault.page)
        if place := docname and _location(app, docname, fault.href):
            _report(fault, place)
        else:
            of_theme.setdefault(fault.target, []).append((fault, docname))
    for (fault, docname), *others in of_theme.values():
        _report(fault, docname, f", and on {len(others)} more pages" if others else "")


def _report(fault: BrokenLink, location: str | None, more: str = "") -> None:
    logger.error(
        "%s: %s%s", fault.page, fault.message, more,
        location=location, type="confnotes", subtype="sitecheck",
    )  # fmt: skip


def _files(root: Path, doctrees: Path) -> Iterator[str]:
    """Yield every file of the output that a link may lead to.

    The doctree folder may be in the output, but is no part of it. Of the search index, pages load
    the script alone.
    """
    for folder, below, names in os.walk(root):
        no_parts = {doctrees, Path(root, "pagefind")}
        below[:] = [name for name in below if Path(folder, name) not in no_parts]
        start = Path(folder).relative_to(root).as_posix()
        within = "" if start == "." else f"{start}/"
        for name in names:
            yield within + name


def _base(app: Sphinx) -> str:
    """Return the path that absolute links begin with, between slashes."""
    prefix = getattr(app.config, "notfound_urls_prefix", None)
    path = (prefix or urlsplit(app.config.html_baseurl).path).strip("/")
    return f"/{path}/" if path else "/"


def _location(app: Sphinx, docname: str, shown: str) -> str:
    """Return the place of ``shown`` in the source of a document, empty if a template has it."""
    place = locate(app.env, docname, f'"{shown}"', f"'{shown}'", f"({shown})", shown)
    return f"{app.srcdir / place.path}:{place.line}" if place else ""


def setup(app: Sphinx) -> None:
    app.connect("build-finished", check_site, priority=900)  # all pages are written by then
