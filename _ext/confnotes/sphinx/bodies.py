"""What stands below a heading: one node until a builder asks for the document.

Sphinx visits every node of a document a hundred times between reading and writing
it, so a document has few of them for as long as possible.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform
from sphinx.util.nodes import process_only_nodes

from confnotes.sphinx.nodes import Maker


class Body(nodes.General, nodes.Element):
    """Stands for the ``blocks`` of a page, that of ``docname``; ``source`` is its raw file."""


def unfold(document: nodes.document) -> None:
    """Put the nodes of its blocks in the place of each body."""
    for body in list(document.findall(Body)):
        body.replace_self(Maker(body["docname"], body.source or "").blocks(body["blocks"]))


class UnfoldFirst(SphinxPostTransform):
    """Unfolds bodies before other transforms, so that these find what they would anywhere."""

    default_priority = 1

    def is_supported(self) -> bool:
        return self.env._builder_cls.name not in UnfoldLast.builders

    def run(self, **kwargs: Any) -> None:
        unfold(self.document)


class UnfoldLast(SphinxPostTransform):
    """Unfolds bodies after other transforms, which find nothing to do in them but references."""

    builders = ("html", "dirhtml")
    default_priority = 990

    def run(self, **kwargs: Any) -> None:
        unfold(self.document)
        process_only_nodes(self.document, self.env._tags)
        ReferencesResolver(self.document).run()
