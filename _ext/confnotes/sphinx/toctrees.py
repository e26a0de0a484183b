"""What Sphinx remembers of toctrees: who holds whom, and so must be written again.

Sphinx looks through all of it for each document that it reads. So it is put away while
documents are read, and worked out again from what each toctree includes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from functools import cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from confnotes.sphinx.project import NotesProject


def put_away(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``."""
    app.env.files_to_rebuild = {}


def recall(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``: Sphinx is about to say which documents are in no toctree."""
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for parent, below in env.toctree_includes.items():
        for child in below:
            parents[child].add(parent)
    env.files_to_rebuild = dict(parents)


def forget_hidden(app: Sphinx, builder: Builder) -> None:
    """``write-started``: a page shows nothing of a toctree that is hidden, as derived ones are."""
    project = cast("NotesProject", app.project)
    written = project.catalogue.written if project.catalogue else frozenset()

    @cache
    def contents(docname: str) -> Container[str]:
        page = project.page(docname)
        return page.contents if page else ()

    def shows(parent: str, child: str) -> bool:
        if parent in written:
            return child not in contents(parent)
        return not project.is_derived(parent)

    app.env.files_to_rebuild = {
        child: {parent for parent in holding if shows(parent, child)}
        for child, holding in app.env.files_to_rebuild.items()
    }
