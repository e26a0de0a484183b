"""The Sphinx extension: what happens when, and which module does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from sphinx.builders.html import StandaloneHTMLBuilder

import confnotes
from confnotes.catalogue import load
from confnotes.code import fingerprint
from confnotes.pages.page_cache import PageCache
from confnotes.sphinx import (
    book,
    garbage,
    gate,
    generated,
    lock,
    looks,
    lost,
    navigation,
    origins,
    outputs,
    parsers,
    problems,
    references,
    search,
    sources,
    talksearch,
    toctrees,
    typed,
)
from confnotes.sphinx.bodies import Html, Unfold, render, write
from confnotes.sphinx.domain import ConferenceDomain
from confnotes.sphinx.freshness import Freshness
from confnotes.sphinx.linkcheck import LinkcheckBuilder
from confnotes.sphinx.linkcheck_settings import add_settings
from confnotes.sphinx.links import ExternalLinkDomain, LinkLedger
from confnotes.sphinx.machines import Machines
from confnotes.sphinx.onepage import OnePageIds
from confnotes.sphinx.processes import OneReader
from confnotes.sphinx.project import NotesProject, hush, notes_project
from confnotes.sphinx.redirects import Redirects
from confnotes.sphinx.talksearch import TalkSearch
from confnotes.sphinx.whereabouts import whereabouts

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def read_notes(app: Sphinx, freshness: Freshness, talk_search: TalkSearch) -> None:
    """``builder-inited``: read all notes, then let Sphinx know every page made of them."""
    catalogue = load(
        app.srcdir,
        cache=app.doctreedir / "notes.sqlite",
        is_excluded=sources.excluded_by_settings(app),
    )
    problems.report(catalogue.problems, app.srcdir)
    problems.report_excluded(catalogue.excluded)
    folder = app.doctreedir / generated.FOLDER
    made_of = freshness.read_notes(app, catalogue)
    talk_search.read_notes(app, catalogue)
    known = PageCache(
        folder.with_suffix(".pickle"),
        catalogue,
        toolchain_digest=origins.tools(app),
        input_digest=made_of,
    )
    derived = generated.write(catalogue, folder, known)
    app.project = app.env.project = NotesProject(
        app.project, catalogue, derived, app.config.source_suffix
    )


def note_uses(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``: remember what hand-written prose refers to."""
    page = notes_project(app).page(app.env.docname)
    if page is None or page.has_prose:
        references.note_uses(app.env, doctree, app.env.docname)


def all_written(app: Sphinx, freshness: Freshness) -> list[tuple[str, dict[str, Any], str]]:
    """``html-collect-pages``: every page is in Sphinx's search index by now; add none."""
    as_before = freshness.has_written_nothing()
    if isinstance(app.builder, StandaloneHTMLBuilder):
        search.tidy(app.builder, as_before=as_before)
        if as_before:
            outputs.keep_inventory(app.builder)
    lost.write(app, as_before=as_before)
    return []


def frame(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: bounded navigation."""
    if found := whereabouts(app.env, pagename):
        navigation.frame(context, *found, app.config.html_theme)
        # Sphinx renders the title of each page on the way only to have it replaced here.
        cast("StandaloneHTMLBuilder", app.builder).relations.clear()


def setup(app: Sphinx) -> ExtensionMetadata:
    garbage.search_less()
    parsers.load_myst(app)
    app.add_source_parser(parsers.NoteParser)
    app.connect("config-inited", parsers.add_suffix, priority=810)  # Sphinx has merged all
    app.connect("env-before-read-docs", parsers.take_over, priority=990)  # all have added theirs

    app.add_domain(ConferenceDomain)
    app.add_node(Html, html=(write, None))
    app.add_transform(references.MissingFiles)
    app.add_post_transform(Unfold)
    app.add_post_transform(OnePageIds)
    app.connect("builder-inited", references.add_myst_links)
    app.connect("warn-missing-reference", references.warn_missing)

    app.add_builder(LinkcheckBuilder, override=True)
    app.add_builder(book.BookBuilder, override=True)
    app.add_domain(ExternalLinkDomain)
    add_settings(app)

    app.connect("config-inited", lock.acquire)
    app.connect("config-inited", hush)
    app.connect("config-inited", book.show_hidden)
    app.connect("config-inited", sources.exclude_links)
    app.connect("source-read", sources.remove_controls)
    app.connect("config-inited", looks.speak)
    app.connect("builder-inited", looks.offer, priority=1)
    app.connect("builder-inited", looks.load_once)
    app.add_css_file("confnotes.css")
    app.add_config_value("confnotes_search", default=True, rebuild="", types=bool)
    app.connect("html-page-context", talksearch.page)

    ledger, machines, redirects, reader = LinkLedger(), Machines(), Redirects(), OneReader()
    freshness = Freshness(ledger.shown, machines.shown, redirects.shown, typed.shown)
    talk_search = TalkSearch(freshness)
    app.connect("builder-inited", freshness.begin)
    app.connect("builder-inited", partial(read_notes, freshness=freshness, talk_search=talk_search))
    app.connect("builder-inited", ledger.begin)
    app.connect("builder-inited", machines.begin)
    app.connect("env-get-outdated", freshness.outdated)
    app.connect("env-before-read-docs", freshness.reading)
    app.connect("env-before-read-docs", talk_search.begin)
    app.connect("env-before-read-docs", reader.begin)
    app.connect("env-before-read-docs", garbage.set_aside)
    app.connect("doctree-read", note_uses)
    app.connect("doctree-read", toctrees.put_away)
    app.connect("env-updated", toctrees.recall)
    app.connect("env-updated", reader.end)
    app.connect("env-updated", redirects.find)
    app.connect("env-updated", freshness.updated)
    app.connect("write-started", freshness.write_started)
    app.connect("write-started", toctrees.forget_hidden)
    app.connect("write-started", garbage.set_aside)
    app.connect("doctree-resolved", freshness.resolved)
    app.connect("doctree-resolved", ledger.mark)
    app.connect("doctree-resolved", redirects.mark)
    app.connect("doctree-resolved", render, priority=900)
    app.connect("html-page-context", frame)
    app.connect("html-page-context", machines.head)
    app.connect("html-page-context", typed.link)
    app.connect("html-page-context", looks.spare, priority=900)  # all have added theirs by then
    app.connect("html-collect-pages", partial(all_written, freshness=freshness))
    app.connect("build-finished", freshness.finished)
    app.connect("build-finished", typed.copy)
    app.connect("build-finished", machines.write)
    app.connect("build-finished", redirects.write)
    app.connect("build-finished", ledger.count)
    app.connect("build-finished", book.set_clock)
    app.connect("build-finished", gate.check, priority=900)  # all pages are written by then
    app.connect("build-finished", talk_search.finish, priority=950)  # at work until now
    app.connect("build-finished", lock.release, priority=998)
    app.connect("build-finished", garbage.take_back, priority=999)

    return {
        "version": confnotes.__version__,
        "env_version": fingerprint(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
