"""Exports in HTML builds: meta tags of pages, and files such as feeds and the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from confnotes.catalogue import Catalogue
from confnotes.exports import Site, export_files
from confnotes.exports.meta_tags import meta_tags
from confnotes.sphinx import logging
from confnotes.sphinx.events import CATALOGUE_LOADED, PAGE_INPUTS
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.site import HTML_BUILDERS, manifest, site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Exports:
    """One build; an instance belongs to one application."""

    _site: Site | None
    _catalogue: Catalogue

    def begin(self, app: Sphinx, catalogue: Catalogue) -> None:
        """``confnotes-catalogue-loaded``."""
        self._site, self._catalogue = site(app, catalogue), catalogue

    def page_inputs(self, app: Sphinx, env: BuildEnvironment, docname: str) -> Iterator[str]:
        """Yield the tags in the head of a document's page."""
        if self._site:
            title = env.titles[docname].astext()
            description = env.metadata.get(docname, {}).get("description", "")
            yield from meta_tags(self._catalogue, docname, title, description, self._site)

    def add_meta_tags(
        self, app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """``html-page-context``: put the tags into the head of a page."""
        if doctree is not None:
            made = "".join(f"\n    {tag}" for tag in self.page_inputs(app, app.env, page))
            context["metatags"] = context.get("metatags", "") + made

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: write what is no page."""
        if exception is None and app.builder.name in HTML_BUILDERS:
            if incremental_build(app).has_same_files(manifest(app).names("machines")):
                return
            found = sorted(app.env.found_docs)
            made = export_files(self._catalogue, found, self._site) if self._site else ()
            failed = manifest(app).write("machines", made)
            logging.report_unwritten(failed)


def setup(app: Sphinx) -> None:
    exports = Exports()
    app.connect(CATALOGUE_LOADED, exports.begin)
    app.connect(PAGE_INPUTS, exports.page_inputs)
    app.connect("html-page-context", exports.add_meta_tags)
    app.connect("build-finished", exports.write)
