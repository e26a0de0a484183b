"""Unique ids and resolved links in the ``singlehtml`` builder.

Sphinx writes a reference to a section of another document as ``#document-<docname>#<id>``, and
does not change the ids. So the link is broken, and the sections of two speakers have the id
``talks``. Here each id becomes what links use, and the front page gets one of its own.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class QualifyIds(SphinxPostTransform):
    """Renames the ids of an assembled document, and the references to them."""

    builders = ("singlehtml",)
    default_priority = 900  # after references have been resolved

    def run(self, **kwargs: Any) -> None:
        for node in self.document.findall(nodes.Element):
            if not {"ids", "refid", "backrefs"} & node.attributes.keys():
                continue
            start = f"document-{self._docname(node)}#"
            for attribute in ("ids", "backrefs"):
                names: list[str] = node.get(attribute, [])
                node[attribute] = [start + name for name in names]
            if "refid" in node:
                node["refid"] = start + node["refid"]
        front = next(self.document.findall(nodes.section), None)
        if front is not None:
            front["ids"].append(f"document-{self.config.root_doc}")

    def _docname(self, node: nodes.Node | None) -> str:
        """Return the docname of the section around ``node``, where Sphinx has put it."""
        while node is not None:
            if isinstance(node, nodes.Element) and "docname" in node:
                return str(node["docname"])
            node = node.parent
        return str(self.config.root_doc)


def setup(app: Sphinx) -> None:
    app.add_post_transform(QualifyIds)
