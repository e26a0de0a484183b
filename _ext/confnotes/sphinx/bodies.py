"""What stands below a heading: one node until a builder asks for the document.

Sphinx visits every node of a document a hundred times between reading and writing
it, so a document has few of them for as long as possible.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from confnotes.sphinx.nodes import Maker


class Body(nodes.General, nodes.Element):
    """Stands for the ``blocks`` of a page, that of ``docname``; ``source`` is its raw file."""


class UnfoldBodies(SphinxPostTransform):
    """Puts the nodes of its blocks in the place of each body."""

    default_priority = 1  # the others find what they would in any document

    def run(self, **kwargs: Any) -> None:
        for body in list(self.document.findall(Body)):
            body.replace_self(Maker(body["docname"], body.source or "").blocks(body["blocks"]))
