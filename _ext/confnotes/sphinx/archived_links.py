"""External links of documents: dead ones are replaced by archived copies.

No connection is opened here; the linkcheck builder does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from confnotes.catalogue import Catalogue
from confnotes.catalogue.archive_dates import ArchiveDates
from confnotes.linkcheck.archive import replacement_url, snapshot_date, wayback_url
from confnotes.linkcheck.ledger import (
    NAME,
    Ledger,
    LedgerEntry,
    LedgerError,
    LinkState,
    is_checkable,
    load_ledger,
)
from confnotes.pages.page_model import PageBlock, iter_external_urls
from confnotes.sphinx.html_site import HTML_BUILDERS
from confnotes.sphinx.lazy_bodies import expand_blocks
from confnotes.sphinx.linkcheck_settings import archive_setting
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.sphinx_events import CATALOGUE_LOADED, PAGE_INPUTS
from confnotes.urls import is_reserved_host, redact

logger = logging.getLogger(__name__)

_KEY = "confnotes_urls"
_UNMARKED = frozenset({"linkcheck", "gettext"})
"""Builders that need URLs as they were typed."""


def record_urls(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``: record the external URLs of a document in its metadata."""
    docname = app.env.current_document.docname
    urls = {redact(url) for _, url in iter_external_links(doctree)}
    if page := notes_project(app).page(docname):
        urls |= {redact(url) for url in iter_external_urls(page.blocks) if is_checkable(url)}
    if urls:
        app.env.metadata[docname][_KEY] = tuple(sorted(urls))


class ExpandDeadLinks(SphinxPostTransform):
    """Replaces bodies by nodes where links of them are to be replaced."""

    default_priority = 1  # before bodies become HTML
    has_dead: Callable[[Iterable[PageBlock]], bool]

    def run(self, **kwargs: Any) -> None:
        expand_blocks(self.document, notes_project(self.env), self.has_dead)


class DeadLinks:
    """The ledger during one build; an instance belongs to one application."""

    def __init__(self) -> None:
        self._ledger: Ledger = {}
        self._days = ArchiveDates()
        self._archive = ""

    def begin(self, app: Sphinx, catalogue: Catalogue) -> None:
        """``confnotes-catalogue-loaded``: read the ledger."""
        self._archive = archive_setting(app.config)
        try:
            self._ledger = load_ledger(app.srcdir / NAME)
        except LedgerError as error:
            self._ledger = {}
            _log(error, app.srcdir / NAME)
        if any(entry.state is LinkState.DEAD for entry in self._ledger.values()):
            self._days = ArchiveDates.from_catalogue(catalogue)
            if app.builder.name in HTML_BUILDERS:
                has_dead = {"has_dead": staticmethod(self._has_dead)}
                app.add_post_transform(type("ExpandDeadLinks", (ExpandDeadLinks,), has_dead))

    def page_inputs(self, app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
        """Yield what the output of a document shows of the ledger."""
        for url in env.metadata.get(docname, {}).get(_KEY, ()):
            entry = self._ledger.get(url)
            if entry and entry.state is LinkState.DEAD:
                days = self._days.addresses.get(url), self._days.pages.get(docname)
                yield repr((url, entry.archived, entry.alive, days, self._archive))

    def replace_dead_links(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """``doctree-resolved``: replace dead links by links to archived copies."""
        if app.builder.name in _UNMARKED or not self._ledger:
            return
        for node, url in list(iter_external_links(doctree)):
            entry = self._ledger.get(redact(url))
            day = talk_day(self._days, node, docname)
            copy = replacement_url(entry, day, self._archive)
            if entry and copy and isinstance(node, nodes.reference):
                guess = wayback_url(entry.address, day or entry.alive, self._archive)
                kind = "nearest" if copy == guess else "of"
                _replace_with_archive(
                    node, entry, copy, kind, spell_out=app.builder.format == "text"
                )

    def _has_dead(self, blocks: Iterable[PageBlock]) -> bool:
        entries = (self._ledger.get(redact(url)) for url in iter_external_urls(blocks))
        return any(entry is not None and entry.state is LinkState.DEAD for entry in entries)

    def log_unchecked(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: log how many external links have never been checked."""
        if exception is not None or app.builder.name == "linkcheck":
            return
        urls = {url for data in app.env.metadata.values() for url in data.get(_KEY, ())}
        known = {url for url, entry in self._ledger.items() if entry.state != LinkState.UNKNOWN}
        unknown = [
            url for url in urls - known if not is_reserved_host(urlsplit(url).hostname or "")
        ]
        if unknown:
            logger.info(
                "%d of %d external links have never been checked; run `make linkcheck`",
                len(unknown),
                len(urls),
            )


def _log(error: LedgerError, path: Path) -> None:
    for line, message in error.problems:
        logger.error("%s", message, location=f"{path}:{line}", type="confnotes", subtype="ledger")


def iter_external_links(doctree: nodes.document) -> Iterator[tuple[nodes.Element, str]]:
    """Yield links to other sites and images of other sites, with their URLs."""
    for reference in doctree.findall(nodes.reference):
        url = reference.get("resource") or reference.get("refuri", "")
        if is_checkable(url):
            yield reference, url
    for image in doctree.findall(nodes.image):
        if is_checkable(image.get("uri", "")):
            yield image, image["uri"]


def talk_day(known: ArchiveDates, node: nodes.Element, docname: str) -> date | None:
    """Return the day of the talk whose section holds ``node``."""
    sections: list[str] = []
    parent: nodes.Element | None = node
    while parent is not None:
        if isinstance(parent, nodes.section):
            sections += (name.rpartition("#")[2] for name in parent["ids"])
        if "docname" in parent:  # an assembled document, as LaTeX has it
            docname = parent["docname"]
            break
        parent = parent.parent
    return known.date_for(docname, sections, node.get("refuri", ""))


def _replace_with_archive(
    reference: nodes.reference, entry: LedgerEntry, copy: str, kind: str, *, spell_out: bool
) -> None:
    """Point ``reference`` to ``copy``, and add a note with its old URL.

    ``kind`` relates the copy to its day: "of" or "nearest". With ``spell_out`` the note has the
    URL of the copy, too.
    """
    made = snapshot_date(copy)
    when = f" {kind} {made}" if made else ""
    words = [f"dead link, archived copy{when}"]
    if spell_out:
        words.append(copy)
    if entry.address.removeprefix("http://") not in reference.astext():
        words.append(f"was {entry.address}")
    note = nodes.inline("", f" ({'; '.join(words)})", classes=["dead-link-note"])
    reference["refuri"] = copy
    reference["classes"].append("dead-link")
    if isinstance(reference.parent, nodes.TextElement):
        reference.parent.insert(reference.parent.index(reference) + 1, note)
    else:
        reference += note


def setup(app: Sphinx) -> None:
    links = DeadLinks()
    app.connect(CATALOGUE_LOADED, links.begin)
    app.connect(PAGE_INPUTS, links.page_inputs)
    app.connect("doctree-read", record_urls)
    app.connect("doctree-resolved", links.replace_dead_links)
    app.connect("build-finished", links.log_unchecked)
