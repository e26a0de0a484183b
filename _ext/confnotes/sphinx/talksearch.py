"""Search that filters, in HTML: its page, and its index after every build."""

from __future__ import annotations

from importlib.util import find_spec
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Any, cast

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from confnotes.search.records import records

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from confnotes.sphinx.project import NotesProject

logger = logging.getLogger(__name__)


def page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> str | None:
    """``html-page-context``: put our search page in place of Furo's."""
    if pagename == "search" and app.config.html_theme == "furo":
        return "conf-search.html"
    return None


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the index, unless the project does without it."""
    builder = app.builder
    wanted = app.config.confnotes_search and builder.name in {"html", "dirhtml"}
    if exception or not wanted or not find_spec("pagefind"):
        return
    from confnotes.search.index import write

    assert isinstance(builder, StandaloneHTMLBuilder)
    catalogue = cast("NotesProject", app.project).catalogue
    if catalogue is None:
        return
    made = records(catalogue, builder.get_target_uri, app.config.language)
    try:
        write(made, builder.outdir / "pagefind")
    except (OSError, CalledProcessError) as error:
        logger.warning("the search index cannot be written: %s", error, type="confnotes",
                       subtype="search")  # fmt: skip
