"""Search in HTML: its page, the index of talks, and the index of names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from confnotes.catalogue import Catalogue
from confnotes.exports.meta_tags import json_for_script
from confnotes.pages.i18n import _
from confnotes.pages.navigation import index_pages
from confnotes.search.documents import search_documents
from confnotes.search.name_index import IndexEntry, name_index_files
from confnotes.search.named_entries import named_entries
from confnotes.sphinx._compat import find_stop_words
from confnotes.sphinx.catalogue_loader import build_cache
from confnotes.sphinx.html_site import HTML_BUILDERS
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.sphinx_events import CATALOGUE_LOADED

if TYPE_CHECKING:
    from confnotes.search.pagefind import PagefindRun

logger = logging.getLogger(__name__)


def write_name_index(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the index, or delete it if ``confnotes_search`` is off."""
    if exception is None and app.builder.name in HTML_BUILDERS:
        files = _name_index(app) if app.config.confnotes_search else ()
        incremental_build(app).write_files("names", files)


def _name_index(app: Sphinx) -> Iterator[tuple[str, str]]:
    uri = app.builder.get_target_uri
    entries = [*named_entries(notes_project(app).catalogue, uri), *_page_entries(app)]
    stop_words = find_stop_words(app)
    about = {"labels": dialog_labels(), "search": uri("search"), "stop_words": stop_words}
    yield from name_index_files(entries, about)


def dialog_labels() -> dict[str, str]:
    """Return the texts of the search dialog."""
    return {
        "search": _("Search"),
        "close": _("Close"),
        "people": _("People"),
        "topics": _("Topics"),
        "events": _("Events"),
        "pages": _("Pages"),
        "talks": _("Talks"),
        "all": _("All talks found for “{}”"),
        "none": _("Nothing found"),
        "found": _("Found: {}"),
        "hint": _("People, topics, events, talks; -word excludes"),
    }


def _page_entries(app: Sphinx) -> Iterator[IndexEntry]:
    """Yield the sections of the pages without a generated part."""
    project = notes_project(app)
    for docname in sorted(app.env.found_docs):
        hidden = "nosearch" in app.env.metadata.get(docname, {})
        if hidden or project.has_generated_part(docname):
            continue
        title = app.env.titles[docname].astext()
        uri = app.builder.get_target_uri(docname)
        for section in app.env.get_doctree(docname).findall(nodes.section):
            is_page = not isinstance(section.parent, nodes.section)
            heading = section.next_node(nodes.title)
            yield IndexEntry(
                "pages",
                title if is_page or heading is None else heading.astext(),
                uri if is_page else f"{uri}#{section['ids'][0]}",
                detail="" if is_page else title,
                weight=int(is_page),
                text=" ".join(_own_texts(section)),
            )


def _own_texts(section: nodes.section) -> Iterator[str]:
    """Yield the text of a section, but for its title and the sections in it."""
    for child in section.children:
        if not isinstance(child, nodes.section | nodes.title):
            yield " ".join(text.astext() for text in child.findall(nodes.Text))


def use_search_template(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> str | None:
    """``html-page-context``: replace Furo's search page by ours."""
    if pagename != "search" or app.config.html_theme != "furo":
        return None
    catalogue = notes_project(app).catalogue
    if not _has_talks(app, catalogue):
        return None
    context["indexes"] = index_pages(catalogue)
    context["say"] = _
    words = {
        **dialog_labels(),
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
        """``confnotes-catalogue-loaded``: start Pagefind if the notes have changed."""
        if _has_talks(app, catalogue) and not incremental_build(app).notes_unchanged():
            self._begin(app, catalogue)

    def begin(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: start Pagefind if the index is stale or damaged."""
        if app.builder.name not in HTML_BUILDERS or self._has_begun:
            return
        catalogue = notes_project(app).catalogue
        if not _has_talks(app, catalogue):
            shutil.rmtree(_folder(app), ignore_errors=True)
            return
        if not (incremental_build(app).output_is_current() and _is_whole(app)):
            self._begin(app, catalogue)

    def _begin(self, app: Sphinx, catalogue: Catalogue) -> None:
        from confnotes.search.pagefind import PagefindRun

        self._has_begun = True
        language = app.config.language
        made = search_documents(catalogue, app.builder.get_target_uri, language)
        current = incremental_build(app).records if _is_whole(app) else ()
        workplace = Path(app.doctreedir, "confnotes-search")
        try:
            self._index = PagefindRun(
                made, language.replace("_", "-"), _folder(app), workplace, current, build_cache(app)
            )
        except OSError as error:
            _remove(_folder(app), error)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: move the index into the output, unless the build has failed."""
        if self._index is None:
            return
        if exception is not None:
            self._index.cancel()
            return
        try:
            incremental_build(app).records = self._index.finish()
        except OSError as error:
            _remove(_folder(app), error)


def _folder(app: Sphinx) -> Path:
    return Path(app.outdir, "pagefind")


def _is_whole(app: Sphinx) -> bool:
    """Return True if the output has the undamaged index of the last build."""
    from confnotes.search.pagefind import is_current

    return is_current(_folder(app)) and incremental_build(app).files.are_whole("pagefind")


def _remove(folder: Path, error: Exception) -> None:
    """Remove a stale index, so that the next build writes one, or warns again."""
    shutil.rmtree(folder, ignore_errors=True)
    logger.warning("the search index cannot be written: %s", error, type="confnotes",
                   subtype="search")  # fmt: skip


def _has_talks(app: Sphinx, catalogue: Catalogue) -> bool:
    """Return True if there are talks, and Pagefind is wanted and installed."""
    wanted = app.config.confnotes_search and app.builder.name in HTML_BUILDERS
    return bool(wanted and catalogue.talks and find_spec("pagefind"))


def setup(app: Sphinx) -> None:
    index = PagefindBuild()
    app.add_config_value("confnotes_search", default=True, rebuild="", types=bool)
    app.connect(CATALOGUE_LOADED, index.read_notes)
    app.connect("env-before-read-docs", index.begin)
    app.connect("html-page-context", use_search_template)
    app.connect("build-finished", write_name_index)
    app.connect("build-finished", index.finish, priority=950)  # at work until now
