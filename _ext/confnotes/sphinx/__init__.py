"""The Sphinx extension: its features, in the order in which Sphinx calls them."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

import confnotes
from confnotes.digests import extension_digest
from confnotes.sphinx import (
    _toctree_workarounds,
    _workarounds,
    archived_links,
    backlinks,
    catalogue_loader,
    domain,
    epub,
    exports,
    fingerprints,
    gc_tuning,
    incremental,
    lazy_bodies,
    linkcheck,
    lock,
    missing_images,
    navigation,
    not_found,
    parsers,
    raw_notes,
    redirects,
    search,
    search_index,
    singlehtml,
    sitecheck,
    source_files,
    themes,
    translations,
    unresolved_references,
)
from confnotes.sphinx.sphinx_events import CATALOGUE_LOADED, PAGE_INPUTS

FEATURES = (
    lock,  # one build at a time
    gc_tuning,
    _toctree_workarounds,
    _workarounds,
    themes,  # style sheet, templates
    translations,
    parsers,  # raw text, and prose with what is generated below it
    source_files,
    domain,  # talks, speakers, topics, events
    unresolved_references,
    missing_images,
    fingerprints,  # what documents are made from
    incremental,  # what is stale
    catalogue_loader,  # notes are read, pages that may have changed are made
    lazy_bodies,  # nodes or HTML
    archived_links,
    backlinks,
    exports,  # feeds, API, the heads of pages, citations
    redirects,  # which take no place that a file of these has
    navigation,
    raw_notes,  # the notes as typed
    search,  # talks and names
    search_index,
    not_found,
    epub,
    singlehtml,
    linkcheck,
    sitecheck,  # every link of the output
)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_event(CATALOGUE_LOADED)
    app.add_event(PAGE_INPUTS)
    for feature in FEATURES:
        feature.setup(app)
    return {
        "version": confnotes.__version__,
        "env_version": extension_digest(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
