"""“Mentioned in”: the pages of prose outside the catalogue that link to a page, on that page.

What the pages of the catalogue link to in it, the generated part of a page has already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from confnotes.pages.i18n import _
from confnotes.sphinx.html_site import HTML_BUILDERS
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.sphinx_events import PAGE_INPUTS
from confnotes.sphinx.unresolved_references import linked_documents

_START = '<section id="mentioned">'


class Backlinks:
    """The links between the documents of one build; an instance belongs to one application."""

    def __init__(self) -> None:
        self._titles: Mapping[str, Mapping[str, str]] = {}
        """The titles of the pages that link to each page, by docnames."""

    def collect(self, app: Sphinx, env: BuildEnvironment) -> None:
        """``env-updated``: all documents have been read."""
        project, found = notes_project(env), defaultdict[str, dict[str, str]](dict)
        for docname in sorted(env.metadata):
            is_listed = docname in project.catalogue.handwritten
            for target in linked_documents(env, docname):
                if target != docname and not (is_listed and project.has_generated_part(target)):
                    found[target][docname] = env.titles[docname].astext()
        self._titles = dict(found)

    def inputs(self, app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
        """Yield the backlinks of a page as a text to compare."""
        yield repr(self._titles.get(docname))

    def add(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: object,
    ) -> None:
        """``html-page-context``: list them below the text, or above the talks that do."""
        titles = self._titles.get(pagename)
        if doctree is None or not titles or app.builder.name not in HTML_BUILDERS:
            return
        links = ", ".join(
            f'<a class="reference internal" href="{escape(context["pathto"](other))}">'
            f"{escape(title)}</a>"
            for other, title in titles.items()
        )
        before, _start, listed = context["body"].partition(_START)
        listed = listed or f"<h2>{escape(_('Mentioned in'))}</h2></section>"
        context["body"] = before + _START + listed.replace("</h2>", f"</h2><p>{links}</p>", 1)


def setup(app: Sphinx) -> None:
    backlinks = Backlinks()
    app.connect("env-updated", backlinks.collect)
    app.connect(PAGE_INPUTS, backlinks.inputs)
    app.connect("html-page-context", backlinks.add)
