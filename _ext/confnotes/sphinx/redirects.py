"""Redirects in HTML builds: redirect pages, and anchors that still work on existing pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from confnotes.exports import Site, published_addresses, redirect_page
from confnotes.exports.redirects import (
    Redirect,
    alias_redirects,
    load_redirects,
    unwritable_problem,
    validate,
)
from confnotes.grouping import group
from confnotes.model import Problem
from confnotes.pages.i18n import _
from confnotes.sphinx import logging
from confnotes.sphinx.html_site import HTML_BUILDERS, html_site
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.output_files import output_path
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.sphinx_events import PAGE_INPUTS


class Redirects:
    """The redirects of one build; an instance belongs to one application."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._from: dict[str, tuple[Redirect, ...]] = {}

    def load(self, app: Sphinx, env: BuildEnvironment) -> None:
        """``env-updated``, before pages are compared: read the redirects, and log invalid ones."""
        catalogue = notes_project(app).catalogue
        self._site = html_site(app)
        if not self._site:
            return
        typed, unclear = load_redirects(Path(app.srcdir))
        anchors = cache(lambda page: _anchors(env, page))
        valid, invalid = validate(typed, env.found_docs, anchors)
        logging.log_problems([*unclear, *invalid], app.srcdir)
        released, unread = published_addresses.load_addresses(Path(app.srcdir))
        taken = {*env.found_docs, *(redirect.old.docname for redirect in valid)}
        moved = [
            redirect
            for redirect in (*valid, *alias_redirects(catalogue, taken))
            if not catalogue.former.is_in(str(redirect.old))
        ]
        self._from = group((redirect.old.docname, redirect) for redirect in moved)
        released = [old for old in released if not catalogue.former.is_in(str(old))]
        gone = published_addresses.gone_addresses(released, env.found_docs, anchors, moved)
        logging.log_problems([*unread, *gone], app.srcdir)

    def page_inputs(self, app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
        """Yield what a document's page shows of the redirects."""
        for old, new, _line in self._from.get(docname, ()):
            yield repr((old, new, env.titles[new.docname].astext()))

    def keep_old_anchors(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """``doctree-resolved``: keep the old anchors of a page.

        An element with a new anchor on the same page has both. One that has moved to another page
        has a line at the end of this one.
        """
        for old, new, _number in self._from.get(docname, ()):
            if new.docname == docname:
                _node(doctree, new.anchor)["ids"].append(old.anchor)
            else:
                title = nodes.Text(app.env.titles[new.docname].astext())
                link = make_refnode(app.builder, docname, new.docname, new.anchor, title)
                words = nodes.Text(f"{_('Moved to another page:')} ")
                line = nodes.paragraph("", "", words, link, ids=[old.anchor])
                _node(doctree, "").append(line)

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: write the redirect pages."""
        if exception is None and app.builder.name in HTML_BUILDERS:
            made = dict(self._pages(app, self._site)) if self._site else {}
            found_docs = app.env.found_docs if made else ()
            pages = {output_path(app.builder, page).casefold() for page in found_docs}
            failed = {path: "a page is there" for path in made if path.casefold() in pages}
            free = [(path, text) for path, text in made.items() if path not in failed]
            failed |= incremental_build(app).manifest.write("redirects", free)
            logging.log_problems(self._unwritten(app, failed), app.srcdir)

    def _unwritten(self, app: Sphinx, failed: Mapping[str, str]) -> Iterator[Problem]:
        """Yield a problem for each redirect whose page is among ``failed``, reasons by path."""
        for docname, redirects in self._from.items():
            if reason := failed.get(output_path(app.builder, docname)):
                for redirect in redirects:
                    yield unwritable_problem(redirect, reason)

    def _pages(self, app: Sphinx, here: Site) -> Iterator[tuple[str, str]]:
        for docname, redirects in sorted(self._from.items()):
            if docname not in app.env.found_docs:
                path = output_path(app.builder, docname)
                root = "../" * path.count("/") or "./"
                yield path, redirect_page.render_redirect(redirects, root, here)


def _anchors(env: BuildEnvironment, docname: str) -> Collection[str]:
    elements = env.get_doctree(docname).findall(nodes.Element)
    return {name for element in elements for name in element["ids"]}


def _node(doctree: nodes.document, anchor: str) -> nodes.Element:
    """Return the element with the id ``anchor``, the first section if it is empty."""
    for node in doctree.findall(nodes.Element):
        if anchor in node["ids"] or (not anchor and isinstance(node, nodes.section)):
            return node
    return doctree


def setup(app: Sphinx) -> None:
    redirects = Redirects()
    app.connect(PAGE_INPUTS, redirects.page_inputs)
    app.connect("env-updated", redirects.load)
    app.connect("doctree-resolved", redirects.keep_old_anchors)
    app.connect("build-finished", redirects.write)
