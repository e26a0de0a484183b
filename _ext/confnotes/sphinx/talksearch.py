"""Search that filters, in HTML: its page, and its index after every build."""

from __future__ import annotations

import json
from importlib.util import find_spec
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Any, cast

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from confnotes.machines.head import inert
from confnotes.pages import dates
from confnotes.pages.words import _
from confnotes.search.records import records

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from confnotes.sphinx.project import NotesProject

logger = logging.getLogger(__name__)


def page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> str | None:
    """``html-page-context``: put our search page in place of Furo's."""
    if pagename != "search" or app.config.html_theme != "furo":
        return None
    known = cast("NotesProject", app.project).place("index")
    context["indexes"] = known.indexes if known else ()
    context["say"] = _
    words = {
        "kind": _("Kind"),
        "year": _("Year"),
        "event": _("Event"),
        "topic": _("Topic"),
        "speaker": _("Speaker"),
        "sort": _("Order"),
        "any": _("any"),
        "best": _("best first"),
        "newest": _("newest first"),
        "found": _("Talks found"),
        "more": _("More"),
    }
    context["words"] = inert(json.dumps(words, ensure_ascii=False))
    return "conf-search.html"


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
    made = records(catalogue, builder.get_target_uri, dates.day, app.config.language)
    try:
        write(made, builder.outdir / "pagefind")
    except (OSError, CalledProcessError) as error:
        logger.warning("the search index cannot be written: %s", error, type="confnotes",
                       subtype="search")  # fmt: skip
