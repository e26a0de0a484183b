"""Workarounds for what Sphinx does slowly or says twice, and how each connects itself.

Each names what it buys, measured on 1,000 notes (2,811 pages), its upstream issue, and when it
can go. ``tests/sphinx/test_compat.py`` checks that what it needs exists and behaves as it must.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import sphinx.util.docutils
from docutils import nodes
from docutils.frontend import Values
from docutils.utils import DependencyList
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.project import Project
from sphinx.util.logging import NAMESPACE


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


def drop_toctree_parents(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``: clear ``files_to_rebuild``, the parents of each document in toctrees.

    Buys: 2 % of a build of 1,000 notes, 20 % of one of 10,000. Sphinx searches all of it for
    each document that it reads, so its cost grows with the square of the pages.
    Upstream: none. Remove when ``TocTreeCollector.clear_doc`` looks at one document.
    """
    app.env.files_to_rebuild = {}


def restore_toctree_parents(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``: restore ``files_to_rebuild``, before Sphinx checks the toctrees."""
    env.files_to_rebuild = _parents(env.toctree_includes)


def ignore_hidden_toctrees(app: Sphinx, builder: Builder) -> None:
    """``write-started``: write a page again if a document that its toctrees show has changed.

    Buys: a page whose toctree shows the titles of two levels is never stale, and one whose
    toctree is hidden is not written in vain. Sphinx writes the direct parents of a document,
    whether their toctrees are hidden or not.
    Upstream: none. Remove when Sphinx looks at which toctrees are hidden.
    """
    app.env.files_to_rebuild = _parents(
        {parent: _shown(app.env, parent) for parent in app.env.toctree_includes}
    )


def break_toctree_circles(app: Sphinx, builder: Builder) -> None:
    """``write-started``: cut circles of toctrees, each where it leads back to a document above.

    Buys: a build that ends. Sphinx follows a circle from the front page until the stack is full;
    it reports the circle later, where it shows one of its toctrees.
    Upstream: none. Remove when ``collect_relations`` visits each document once.
    """
    includes = app.env.toctree_includes = {**app.env.toctree_includes}
    visited: set[str] = set()
    above = {app.config.root_doc: iter(includes.get(app.config.root_doc, ()))}
    while above:
        docname, children = next(reversed(above.items()))
        child = next(children, None)
        if child is None:
            visited.add(docname)
            del above[docname]
        elif child in above and child != docname:
            includes[docname] = [other for other in includes[docname] if other != child]
        elif child not in visited and child != docname:
            above[child] = iter(includes.get(child, ()))


def _parents(includes: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for parent, children in includes.items():
        for child in children:
            parents[child].add(parent)
    return dict(parents)


def _shown(env: BuildEnvironment, docname: str) -> set[str]:
    """Return the documents that the toctrees in ``docname`` show."""
    shown: set[str] = set()
    todo = [(docname, False)]
    while todo:
        document, with_hidden = todo.pop()
        for tree in env.tocs[document].findall(toctree) if document in env.tocs else ():
            if with_hidden or not tree.get("hidden"):
                new = set(tree["includefiles"]) - shown
                shown |= new
                todo += ((child, with_hidden or tree.get("includehidden", False)) for child in new)
    return shown


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


def skip_unchanged_indexes(
    builder: StandaloneHTMLBuilder, is_unchanged: Callable[[], bool]
) -> None:
    """Keep the search index and the inventory if no document was written.

    Buys: a tenth of a build that changes nothing. Sphinx loads and writes both in every build.
    Upstream: none. Remove when Sphinx does so itself.
    """
    load_index, dump_inventory = builder.load_indexer, builder.dump_inventory

    def load_if_changed(docnames: AbstractSet[str]) -> None:
        if docnames or not is_unchanged():
            load_index(docnames)

    def dump_if_changed() -> None:
        if not is_unchanged():
            dump_inventory()

    builder.load_indexer = load_if_changed  # type: ignore[method-assign]
    builder.dump_inventory = dump_if_changed  # type: ignore[method-assign]


def prune_index(builder: StandaloneHTMLBuilder, *, is_unchanged: bool) -> None:
    """Remove words and documents that are gone from the search index; skip an unchanged one.

    Buys: an index that was edited equals a new one, in linear time. Sphinx searches all documents
    for each word, and keeps words without documents.
    Upstream: sphinx#11120. Remove when ``IndexBuilder.prune`` does both.
    """
    index = builder.indexer
    if index is None:
        return
    if is_unchanged:
        builder.indexer = None
        return
    docnames = set(builder.env.all_docs)
    index.prune(docnames)
    index.prune = lambda docnames: None  # type: ignore[method-assign]  # Sphinx is about to call it
    for words in (index._mapping, index._title_mapping):
        for word in [word for word, documents in words.items() if not documents]:
            del words[word]


def setup(app: Sphinx) -> None:
    reading = SerialReading()
    app.connect("config-inited", silence_discovery)
    app.connect("env-before-read-docs", reading.begin)
    app.connect("env-before-read-docs", cache_settings)
    app.connect("doctree-read", drop_toctree_parents)
    app.connect("env-updated", restore_toctree_parents)
    app.connect("env-updated", end_settings_cache)
    app.connect("env-updated", reading.end)
    app.connect("write-started", break_toctree_circles)
    app.connect("write-started", ignore_hidden_toctrees)
