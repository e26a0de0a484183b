"""Workarounds for what Sphinx does slowly or wrongly with toctrees, as in ``_workarounds``."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import cast

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment


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
        elif child == docname or child in visited:
            continue
        elif child in above:
            includes[docname] = [other for other in includes[docname] if other != child]
        else:
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


class LazyTocs(MutableMapping[str, nodes.bullet_list]):
    """The table of contents of each document, pickled until somebody reads it."""

    def __init__(self, tocs: Mapping[str, nodes.bullet_list | bytes]) -> None:
        self._tocs = {**tocs}

    def __getitem__(self, docname: str) -> nodes.bullet_list:
        found = self._tocs[docname]
        if isinstance(found, bytes):
            found = cast("nodes.bullet_list", pickle.loads(found))  # noqa: S301  of our own pickle
            self._tocs[docname] = found
        return found

    def __setitem__(self, docname: str, toc: nodes.bullet_list) -> None:
        self._tocs[docname] = toc

    def __delitem__(self, docname: str) -> None:
        del self._tocs[docname]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tocs)

    def __len__(self) -> int:
        return len(self._tocs)

    def __contains__(self, docname: object) -> bool:
        return docname in self._tocs

    def __reduce__(self) -> tuple[type[LazyTocs], tuple[dict[str, bytes]]]:
        return LazyTocs, ({docname: _pickled(toc) for docname, toc in self._tocs.items()},)


def _pickled(toc: nodes.bullet_list | bytes) -> bytes:
    return toc if isinstance(toc, bytes) else pickle.dumps(toc, pickle.HIGHEST_PROTOCOL)


def make_tocs_lazy(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``: pickle each table of contents in the environment by itself.

    Buys: a tenth of the build after an edit of one of 20,000 talks. Sphinx makes and stores all
    nodes of the tables of all documents.
    Upstream: none. Remove when Sphinx stores the tables with the doctrees.
    """
    if not isinstance(env.tocs, LazyTocs):
        env.tocs = LazyTocs(env.tocs)  # type: ignore[assignment]


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", drop_toctree_parents)
    app.connect("env-updated", restore_toctree_parents)
    app.connect("env-updated", make_tocs_lazy)
    app.connect("write-started", break_toctree_circles)
    app.connect("write-started", ignore_hidden_toctrees)
