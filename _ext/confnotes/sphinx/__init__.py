"""The Sphinx extension: what happens when, and which module does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from sphinx.builders.html import StandaloneHTMLBuilder

import confnotes
from confnotes.catalogue import load
from confnotes.code_digest import extension_digest
from confnotes.pages.page_cache import PageCache
from confnotes.sphinx import (
    assets,
    epub,
    fingerprints,
    gc_tuning,
    generated_pages,
    lock,
    logging,
    lookups,
    navigation,
    not_found,
    pagefind,
    parsers,
    raw_notes,
    references,
    search_pruning,
    sitecheck,
    sources,
    themes,
    toctree_parents,
)
from confnotes.sphinx.archived_links import DeadLinks, ExternalLinkDomain
from confnotes.sphinx.breadcrumbs import navigation_for
from confnotes.sphinx.domain import ConferenceDomain
from confnotes.sphinx.exports import Exports
from confnotes.sphinx.incremental import IncrementalBuild
from confnotes.sphinx.lazy_bodies import (
    ExpandBodies,
    RenderedHtml,
    render_bodies,
    visit_rendered_html,
)
from confnotes.sphinx.linkcheck import LinkcheckBuilder
from confnotes.sphinx.linkcheck_settings import add_settings
from confnotes.sphinx.pagefind import PagefindBuild
from confnotes.sphinx.project import NotesProject, notes_project, silence_first_discovery
from confnotes.sphinx.redirects import Redirects
from confnotes.sphinx.serial_reading import SerialReading
from confnotes.sphinx.singlehtml import QualifyIds

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def load_catalogue(app: Sphinx, freshness: IncrementalBuild, talk_search: PagefindBuild) -> None:
    """``builder-inited``: read all notes, then let Sphinx know every page made of them."""
    catalogue = load(
        app.srcdir,
        cache=app.doctreedir / "notes.sqlite",
        is_excluded=sources.excluded_by_settings(app),
    )
    logging.log_problems(catalogue.problems, app.srcdir)
    logging.report_excluded(catalogue.excluded)
    folder = app.doctreedir / generated_pages.FOLDER
    made_of = freshness.set_input_digest(app, catalogue)
    talk_search.read_notes(app, catalogue)
    known = PageCache(
        folder.with_suffix(".pickle"),
        catalogue,
        toolchain_digest=fingerprints.toolchain_digest(app),
        input_digest=made_of,
    )
    derived = generated_pages.write_generated_pages(catalogue, folder, known)
    app.project = app.env.project = NotesProject(
        app.project, catalogue, derived, app.config.source_suffix
    )


def record_references(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``: remember what hand-written prose refers to."""
    page = notes_project(app).page(app.env.docname)
    if page is None or page.has_prose:
        references.record_references(app.env, doctree, app.env.docname)


def end_of_pages(app: Sphinx, freshness: IncrementalBuild) -> list[tuple[str, dict[str, Any], str]]:
    """``html-collect-pages``: every page is in Sphinx's search index by now; add none."""
    as_before = freshness.nothing_written()
    if isinstance(app.builder, StandaloneHTMLBuilder):
        search_pruning.prune_search_index(app.builder, as_before=as_before)
    not_found.write_not_found(app)
    return []


def add_navigation(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``: bounded navigation."""
    if found := navigation_for(app.env, pagename):
        navigation.add_navigation(context, *found, app.config.html_theme)
        # Sphinx renders the title of each page on the way only to have it replaced here.
        cast("StandaloneHTMLBuilder", app.builder).relations.clear()


def setup(app: Sphinx) -> ExtensionMetadata:
    gc_tuning.relax_gc()
    parsers.load_myst(app)
    app.add_source_parser(parsers.NoteParser)
    app.connect("config-inited", parsers.add_suffix, priority=810)  # Sphinx has merged all
    app.connect("env-before-read-docs", parsers.take_over, priority=990)  # all have added theirs

    app.add_domain(ConferenceDomain)
    app.add_node(RenderedHtml, html=(visit_rendered_html, None))
    app.add_transform(references.MissingImages)
    app.add_post_transform(ExpandBodies)
    app.add_post_transform(QualifyIds)
    app.connect("builder-inited", references.add_myst_links)
    app.connect("warn-missing-reference", references.warn_missing)

    app.add_builder(LinkcheckBuilder, override=True)
    app.add_builder(epub.BookBuilder, override=True)
    app.add_domain(ExternalLinkDomain)
    add_settings(app)

    app.connect("config-inited", lock.acquire)
    app.connect("config-inited", silence_first_discovery)
    app.connect("config-inited", epub.show_hidden)
    app.connect("config-inited", sources.exclude_links)
    app.connect("source-read", sources.remove_controls)
    app.connect("config-inited", assets.load_translations)
    app.connect("config-inited", epub.exclude_state)
    app.connect("builder-inited", assets.add_static_and_templates, priority=1)
    app.connect("builder-inited", assets.disable_template_reload)
    app.add_css_file("confnotes.css")
    app.add_config_value("confnotes_search", default=True, rebuild="", types=bool)
    app.connect("html-page-context", pagefind.use_search_template)

    ledger, machines, redirects, reader = DeadLinks(), Exports(), Redirects(), SerialReading()
    freshness = IncrementalBuild(
        ledger.page_inputs, machines.page_inputs, redirects.page_inputs, raw_notes.page_inputs
    )
    talk_search = PagefindBuild(freshness)
    app.connect("builder-inited", freshness.load_previous)
    app.connect(
        "builder-inited", partial(load_catalogue, freshness=freshness, talk_search=talk_search)
    )
    app.connect("builder-inited", ledger.begin)
    app.connect("builder-inited", machines.begin)
    app.connect("env-get-outdated", freshness.get_outdated)
    app.connect("env-before-read-docs", freshness.reading)
    app.connect("env-before-read-docs", talk_search.begin)
    app.connect("env-before-read-docs", reader.begin)
    app.connect("env-before-read-docs", gc_tuning.freeze_gc)
    app.connect("doctree-read", record_references)
    app.connect("doctree-read", lookups.note)
    app.connect("doctree-read", toctree_parents.drop_toctree_parents)
    app.connect("env-updated", toctree_parents.restore_toctree_parents)
    app.connect("env-updated", reader.end)
    app.connect("env-updated", redirects.load)
    app.connect("env-updated", freshness.get_stale_outputs)
    app.connect("write-started", freshness.write_started)
    app.connect("write-started", toctree_parents.forget_hidden)
    app.connect("write-started", gc_tuning.freeze_gc)
    app.connect("doctree-resolved", freshness.note_written)
    app.connect("doctree-resolved", ledger.replace_dead_links)
    app.connect("doctree-resolved", redirects.keep_old_anchors)
    app.connect("doctree-resolved", render_bodies, priority=900)
    app.connect("html-page-context", freshness.rendered)
    app.connect("html-page-context", add_navigation)
    app.connect("html-page-context", machines.add_meta_tags)
    app.connect("html-page-context", raw_notes.add_source_link)
    app.connect("html-page-context", themes.adapt, priority=900)  # all have added theirs by then
    app.connect("html-page-context", assets.drop_unused_assets, priority=900)
    app.connect("html-collect-pages", partial(end_of_pages, freshness=freshness))
    app.connect("build-finished", raw_notes.copy_raw_notes)
    app.connect("build-finished", machines.write)
    app.connect("build-finished", redirects.write)
    app.connect("build-finished", ledger.count)
    app.connect("build-finished", epub.set_timestamps)
    # By then all pages are written.
    app.connect("build-finished", partial(sitecheck.check, freshness=freshness), priority=900)
    app.connect("build-finished", talk_search.finish, priority=950)  # at work until now
    app.connect("build-finished", freshness.finished, priority=990)
    app.connect("build-finished", lock.release, priority=998)
    app.connect("build-finished", gc_tuning.unfreeze_gc, priority=999)

    return {
        "version": confnotes.__version__,
        "env_version": extension_digest(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
