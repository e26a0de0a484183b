"""What Sphinx remembers of toctrees: who holds whom, and so must be written again.

Sphinx looks through all of it for each document that it reads. So it is put away while
documents are read, and worked out again: before writing, from what each page shows of
its toctrees, at any depth, which is nothing where they are hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sphinx.addnodes import toctree

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


def drop_toctree_parents(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``."""
    app.env.files_to_rebuild = {}


def restore_toctree_parents(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``: Sphinx is about to say which documents are in no toctree."""
    env.files_to_rebuild = _parents(env.toctree_includes)


def forget_hidden(app: Sphinx, builder: Builder) -> None:
    """``write-started``: Sphinx is about to ask whose pages show a document that is written."""
    app.env.files_to_rebuild = _parents(
        {parent: _shown(app.env, parent) for parent in app.env.toctree_includes}
    )


def _parents(held: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for parent, children in held.items():
        for child in children:
            parents[child].add(parent)
    return dict(parents)


def _shown(env: BuildEnvironment, docname: str) -> set[str]:
    """Return the documents that the toctrees in ``docname`` show."""
    shown: set[str] = set()
    ahead = [(docname, False)]
    while ahead:
        at, with_hidden = ahead.pop()
        for tree in env.tocs[at].findall(toctree) if at in env.tocs else ():
            if with_hidden or not tree.get("hidden"):
                new = set(tree["includefiles"]) - shown
                shown |= new
                ahead += ((child, with_hidden or tree.get("includehidden", False)) for child in new)
    return shown
