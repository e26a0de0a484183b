"""Labels of ``sphinx.ext.autosectionlabel``: of the headings that somebody wrote as a page.

Generated headings recur on many pages, and what they name has a role of its own.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.ext.autosectionlabel import register_sections_as_label

from confnotes.sphinx.doctree_builder import DeferredBlocks
from confnotes.sphinx.project import notes_project


def replace_labels(app: Sphinx, config: Config) -> None:
    """``config-inited``: label in the place of ``sphinx.ext.autosectionlabel``, if it is loaded."""
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
    app.connect("config-inited", replace_labels)
