"""The last gate: every link of every page written leads somewhere in the output."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from confnotes.sphinx.link_index import LinkIndex
from confnotes.sphinx.page_links import PageLinks, resolve_href
from confnotes.sphinx.source_locations import locate_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from confnotes.sphinx.incremental import IncrementalBuild

logger = logging.getLogger(__name__)

_NEVER_WRITTEN = frozenset({"genindex.html", "search.html"})
"""What Sphinx names in the head of its single page and does not make."""
_REPORTED_ELSEWHERE = frozenset({"pagefind/pagefind.js"})
"""What is missed by those who make it, in their own words."""


class BrokenLink(NamedTuple):
    """``href`` is what is wrong on ``page``, as it stands there."""

    page: str
    href: str
    message: str


def check(app: Sphinx, exception: Exception | None, freshness: IncrementalBuild) -> None:
    """``build-finished``, after all that writes pages: fail over links that lead nowhere.

    Only pages that this build stands for are looked at; others in the folder may be those
    of another build.
    """
    builder = app.builder
    if exception is not None or builder.name not in {"html", "dirhtml", "singlehtml"}:
        return
    base = _base(app)
    files = set(_files(builder.outdir, app.doctreedir))
    digests = {name: stamp.digest for name, stamp in freshness.stamps(app).items()}
    kept = app.doctreedir / f"gate-{builder.name}.txt"
    pages = LinkIndex(builder.outdir, files, digests, base, kept)
    suspects = pages.pages_to_check()
    files |= _NEVER_WRITTEN if builder.name == "singlehtml" else _REPORTED_ELSEWHERE
    found = list(find_broken_links(suspects, pages, files, base))
    if suspects:
        pages.save(are_right=not found)
    documents = {_output(builder, docname): docname for docname in app.env.found_docs}
    for fault in found:
        app.statuscode = 1
        docname = documents.get(fault.page)
        logger.error(
            "%s: %s",
            fault.page,
            fault.message,
            location=docname and _location(app, docname, fault.href),
            type="confnotes",
            subtype="sitecheck",
        )


def find_broken_links(
    names: Iterable[str], pages: Mapping[str, PageLinks], files: Container[str], base: str
) -> Iterator[BrokenLink]:
    """Yield what is wrong with the pages ``names``; the site is served under the path ``base``."""

    @cache
    def anchors(name: str) -> set[str]:
        return {"", "top", *pages[name].anchors}

    @cache
    def target(folder: str, typed: str) -> tuple[str, str]:
        path, fragment = resolve_href(folder, typed)
        if path.startswith("/"):
            path = f"{path}/".removeprefix(base).rstrip("/") or "index.html"
        if path and path not in files:
            path = f"{path}/index.html".lstrip("/")
        return path, fragment

    for name in names:
        facts = pages[name]
        for twice in facts.duplicate_ids:
            yield BrokenLink(name, twice, f"duplicate id ‘{twice}’")
        folder = name.rpartition("/")[0]
        for typed in facts.links:
            path, fragment = target(folder, typed)
            path = path or name
            if path not in files:
                yield BrokenLink(name, typed, f"broken link ‘{typed}’: file not found")
            elif path in pages and fragment not in anchors(path):
                yield BrokenLink(name, typed, f"broken link ‘{typed}’: no such anchor in {path}")


def _files(root: Path, doctrees: Path) -> Iterator[str]:
    """Yield every file of the output that matters to links.

    The doctree folder may be in the output, but is no part of it; the search index has
    other names in every build, and its script is all that is led to.
    """
    for folder, below, names in os.walk(root):
        no_parts = {doctrees, Path(root, "pagefind")}
        below[:] = [name for name in below if Path(folder, name) not in no_parts]
        start = Path(folder).relative_to(root).as_posix()
        within = "" if start == "." else f"{start}/"
        for name in names:
            yield within + name


def _output(builder: Builder, docname: str) -> str:
    assert isinstance(builder, StandaloneHTMLBuilder)
    return Path(builder.get_output_path(docname)).relative_to(builder.outdir).as_posix()


def _base(app: Sphinx) -> str:
    """Return the path that absolute links begin with, between slashes."""
    prefix = getattr(app.config, "notfound_urls_prefix", None)
    path = (prefix or urlsplit(app.config.html_baseurl).path).strip("/")
    return f"/{path}/" if path else "/"


def _location(app: Sphinx, docname: str, shown: str) -> str:
    """Return where ``shown`` was typed, or only the document, in a form that Sphinx understands."""
    place = locate_text(app.env, docname, f'"{shown}"', f"'{shown}'", f"({shown})", shown)
    return f"{app.srcdir / place.path}:{place.line}" if place else docname
