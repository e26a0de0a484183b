"""Search that filters, in HTML: its page, and its index, which is written beside the pages."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from confnotes.exports.meta_tags import json_for_script
from confnotes.pages import dates
from confnotes.pages.i18n import _
from confnotes.search.documents import search_documents
from confnotes.sphinx import name_index
from confnotes.sphinx.event_names import CATALOGUE_LOADED
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.site import HTML_BUILDERS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from confnotes.catalogue import Catalogue
    from confnotes.search.index import PagefindRun

logger = logging.getLogger(__name__)


def use_search_template(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> str | None:
    """``html-page-context``: put our search page in place of Furo's."""
    if pagename != "search" or app.config.html_theme != "furo":
        return None
    project = notes_project(app)
    if not _has_talks(app, project.catalogue):
        return None
    known = project.navigation("index")
    context["indexes"] = known.top_level if known else ()
    context["say"] = _
    words = {
        **name_index.labels(),
        "kind": _("Kind"),
        "year": _("Year"),
        "event": _("Event"),
        "topic": _("Topic"),
        "speaker": _("Speaker"),
        "sort": _("Order"),
        "any": _("any"),
        "best": _("best first"),
        "newest": _("newest first"),
        "oldest": _("oldest first"),
        "found": _("Talks found"),
        "more": _("More"),
        "narrow": _("Type to see others"),
        "remove": _("Remove {}"),
    }
    context["words"] = json_for_script(json.dumps(words, ensure_ascii=False))
    return "conf-search.html"


class PagefindBuild:
    """The index during one build; an instance belongs to one application."""

    def __init__(self) -> None:
        self._has_begun = False
        self._index: PagefindRun | None = None

    def read_notes(self, app: Sphinx, catalogue: Catalogue) -> None:
        """``confnotes-catalogue-loaded``: begin the index, if the last build had other notes."""
        if _has_talks(app, catalogue) and not incremental_build(app).notes_unchanged():
            self._begin(app, catalogue)

    def begin(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: begin the index, if the output has that of other settings."""
        if app.builder.name not in HTML_BUILDERS or self._has_begun:
            return
        catalogue = notes_project(app).catalogue
        if not _has_talks(app, catalogue):
            shutil.rmtree(_folder(app), ignore_errors=True)
            return
        from confnotes.search.index import is_current

        build = incremental_build(app)
        is_whole = is_current(_folder(app)) and build.is_whole("pagefind")
        if not (build.output_is_current() and is_whole):
            self._begin(app, catalogue)

    def _begin(self, app: Sphinx, catalogue: Catalogue) -> None:
        from confnotes.search.index import PagefindRun

        self._has_begun = True
        made = search_documents(
            catalogue, app.builder.get_target_uri, dates.format_date, app.config.language
        )
        try:
            self._index = PagefindRun(made, _folder(app), Path(app.doctreedir, "confnotes-search"))
        except OSError as error:
            _remove(_folder(app), error)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: put the index into the output, unless the build has failed."""
        if self._index is None:
            return
        if exception is not None:
            self._index.cancel()
            return
        try:
            self._index.finish()
        except OSError as error:
            _remove(_folder(app), error)


def _folder(app: Sphinx) -> Path:
    return Path(app.outdir, "pagefind")


def _remove(folder: Path, error: Exception) -> None:
    """Remove the index of other notes, so that the next build writes one, or says this again."""
    shutil.rmtree(folder, ignore_errors=True)
    logger.warning("the search index cannot be written: %s", error, type="confnotes",
                   subtype="search")  # fmt: skip


def _has_talks(app: Sphinx, catalogue: Catalogue) -> bool:
    """Return True if there are talks to find, and something to find them with."""
    wanted = app.config.confnotes_search and app.builder.name in HTML_BUILDERS
    return bool(wanted and catalogue.talks and find_spec("pagefind"))


def setup(app: Sphinx) -> None:
    index = PagefindBuild()
    app.add_config_value("confnotes_search", default=True, rebuild="", types=bool)
    app.connect(CATALOGUE_LOADED, index.read_notes)
    app.connect("env-before-read-docs", index.begin)
    app.connect("html-page-context", use_search_template)
    app.connect("build-finished", index.finish, priority=950)  # at work until now
