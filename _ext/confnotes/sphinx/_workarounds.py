"""Workarounds for what Sphinx does slowly or says twice, and how each connects itself.

Each names what it buys, measured on 1,000 notes (2,811 pages), its upstream issue, and when it
can go. ``tests/sphinx/test_compat.py`` checks that what it needs exists and behaves as it must.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import sphinx.util.docutils
from docutils import nodes
from docutils.frontend import Values
from docutils.utils import DependencyList
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.ext.autosectionlabel import register_sections_as_label
from sphinx.project import Project
from sphinx.search import IndexBuilder
from sphinx.util.logging import NAMESPACE

from confnotes.sphinx.doctree_builder import DeferredBlocks
from confnotes.sphinx.project import notes_project


def silence_discovery(app: Sphinx, config: Config) -> None:
    """``config-inited``: suppress warnings about files until the project is replaced.

    Buys: a warning about two files of one document is logged once. Sphinx looks for files when
    it makes a new environment, and again when that is read.
    Upstream: sphinx#1139. Remove when an extension can add documents.
    """
    _discovery.addFilter(_drop)


def end_discovery_silence() -> None:
    _discovery.removeFilter(_drop)


_discovery = logging.getLogger(f"{NAMESPACE}.{Project.__module__}")


def _drop(record: logging.LogRecord) -> bool:
    return False


def remove_broken_build_info(app: Sphinx) -> None:
    """``builder-inited``: remove a ``.buildinfo`` that is half written; Sphinx then makes it.

    Buys: builds after one that was killed or had no space left. Sphinx fails where it is empty.
    Upstream: none. Remove when Sphinx does so itself.
    """
    path = Path(app.outdir, ".buildinfo")
    if path.is_file() and b"\ntags: " not in path.read_bytes():
        path.unlink()


class SerialReading:
    """Reads in one process, whatever ``-j`` says; an instance belongs to one application.

    Buys: two thirds of the time of reading with two processes. A process that reads returns the
    whole environment for each of its chunks, and merging one takes longer than reading.
    Upstream: sphinx#10967. Remove when Sphinx merges only what was read.
    """

    def __init__(self) -> None:
        self._parallel = 1

    def begin(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        self._parallel = app.parallel
        app.parallel = 1

    def end(self, app: Sphinx, env: BuildEnvironment) -> None:
        app.parallel = self._parallel


def cache_settings(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """``env-before-read-docs``: make the settings of docutils once for each parser.

    Buys: 6 % of a build of 1,000 notes. For each document Sphinx makes a parser of command lines
    with a hundred options, to learn their defaults.
    Upstream: none. Remove when Sphinx caches them.
    """
    known: dict[tuple[type, ...], tuple[Mapping[str, Any], Values]] = {}

    def get_settings(
        *components: Any, defaults: Mapping[str, Any], read_config_files: bool = False
    ) -> Values:
        key = tuple(each if isinstance(each, type) else type(each) for each in components)
        before = known.get(key)
        if before is None or before[0] != defaults:
            made = _make_settings(
                *components, defaults=defaults, read_config_files=read_config_files
            )
            before = known[key] = dict(defaults), made
        settings = before[1].copy()
        settings.record_dependencies = DependencyList()
        return settings

    sphinx.util.docutils._get_settings = get_settings


def end_settings_cache(app: Sphinx, env: BuildEnvironment) -> None:
    sphinx.util.docutils._get_settings = _make_settings


_make_settings: Callable[..., Any] = sphinx.util.docutils._get_settings


def clear_relations(builder: StandaloneHTMLBuilder) -> None:
    """Clear the relations, so that Sphinx renders no titles for its own navigation.

    Buys: 8 % of a build of 1,000 notes. Sphinx renders five titles for each page.
    Upstream: none. Remove when Sphinx renders a title once.
    """
    builder.relations.clear()


def skip_unchanged_index(builder: StandaloneHTMLBuilder, is_unchanged: Callable[[], bool]) -> None:
    """Do not load the search index if no document was written.

    Buys: a tenth of a build that changes nothing. Sphinx loads and writes it in every build.
    Upstream: none. Remove when Sphinx does so itself.
    """
    load_index = builder.load_indexer

    def load_if_changed(docnames: AbstractSet[str]) -> None:
        if docnames or not is_unchanged():
            load_index(docnames)

    builder.load_indexer = load_if_changed  # type: ignore[method-assign]


def skip_indexes(builder: StandaloneHTMLBuilder) -> None:
    """Have Sphinx write neither the search index nor the inventory.

    Buys: a tenth of the build after an edit of one of 20,000 talks, as both are written in other
    processes. Sphinx writes them in every build, one after the other, before the build ends.
    Upstream: none. Remove when Sphinx finishes builds in parallel.
    """
    builder.indexer = None
    builder.dump_inventory = _do_nothing  # type: ignore[method-assign]


def _do_nothing() -> None:
    pass


def dump_index(builder: StandaloneHTMLBuilder, index: IndexBuilder) -> None:
    prune_index(index, builder.env.all_docs)
    builder.indexer = index
    builder.dump_search_index()


def without_progress(function: Callable[[], None]) -> None:
    """Call ``function`` and log warnings alone: another process is writing to the terminal."""
    logger = logging.getLogger(NAMESPACE)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        function()
    finally:
        logger.setLevel(level)  # where no process can be forked, this one goes on


def prune_index(index: IndexBuilder, docnames: Iterable[str]) -> None:
    """Remove words and documents that are gone from the search index.

    Buys: an index that was edited equals a new one, in linear time. Sphinx searches all documents
    for each word, and keeps words without documents.
    Upstream: sphinx#11120. Remove when ``IndexBuilder.prune`` does both.
    """
    index.prune(set(docnames))
    index.prune = lambda docnames: None  # type: ignore[method-assign]  # Sphinx is about to call it
    for words in (index._mapping, index._title_mapping):
        for word in [word for word, documents in words.items() if not documents]:
            del words[word]


def replace_labels(app: Sphinx, config: Config) -> None:
    """``config-inited``: label in the place of ``sphinx.ext.autosectionlabel``, if it is loaded.

    Buys: no warning about generated headings, which recur on many pages; what they name has a role
    of its own. Upstream: none. Remove when that extension can leave documents out.
    """
    for listener in [*app.events.listeners["doctree-read"]]:
        if listener.handler is register_sections_as_label:
            app.disconnect(listener.id)
            app.connect("doctree-read", label_written_sections, listener.priority)


def label_written_sections(app: Sphinx, document: nodes.document) -> None:
    """``doctree-read``: label the sections of a hand-written page."""
    if notes_project(app).has_prose(app.env.docname):
        sections = [*filter(_is_written, document.findall(nodes.section))]
        written = SimpleNamespace(findall=lambda kind: sections)
        register_sections_as_label(app, cast("nodes.Node", written))


def _is_written(section: nodes.section) -> bool:
    is_top = section.parent is section.document
    return is_top or next(section.findall(DeferredBlocks), None) is None


def setup(app: Sphinx) -> None:
    reading = SerialReading()
    app.connect("config-inited", silence_discovery)
    app.connect("config-inited", replace_labels)
    app.connect("builder-inited", remove_broken_build_info)
    app.connect("env-before-read-docs", reading.begin)
    app.connect("env-before-read-docs", cache_settings)
    app.connect("env-updated", end_settings_cache)
    app.connect("env-updated", reading.end)
