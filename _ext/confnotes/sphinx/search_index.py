"""Sphinx's own search index and inventory, kept exact over incremental builds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import __
from sphinx.util.display import progress_message

from confnotes.parallel import BackgroundTask
from confnotes.sphinx import _workarounds
from confnotes.sphinx.html_site import HTML_BUILDERS
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.output_files import INVENTORY, search_index_files


def keep_unchanged_index(app: Sphinx, builder: Builder) -> None:
    """``write-started``: keep the index of a build that changes nothing."""
    if isinstance(builder, StandaloneHTMLBuilder):
        _workarounds.skip_unchanged_index(builder, partial(_is_unchanged, app))


class BackgroundIndexes:
    """Writes the indexes in other processes; an instance belongs to one application."""

    def __init__(self) -> None:
        self._tasks: dict[str, BackgroundTask[None]] = {}

    def begin(self, app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
        """``html-collect-pages``, when all pages are indexed: begin to write; add no page."""
        builder = app.builder
        if isinstance(builder, StandaloneHTMLBuilder):
            index = builder.indexer
            if _is_unchanged(app):
                _workarounds.skip_indexes(builder)
            elif builder.name in HTML_BUILDERS:
                if index:
                    dump_index = partial(_workarounds.dump_index, builder, index)
                    self._add(__("dumping search index in %s") % index.label(), dump_index)
                self._add(__("dumping object inventory"), builder.dump_inventory)
                _workarounds.skip_indexes(builder)
            elif index:
                _workarounds.prune_index(index, builder.env.all_docs)
        return []

    def _add(self, name: str, function: Callable[[], None]) -> None:
        self._tasks[name] = BackgroundTask(partial(_workarounds.without_progress, function))

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: wait for the indexes, unless the build has failed."""
        for name, task in self._tasks.items():
            if exception is None:
                progress_message(name)(task.result)()
            task.cancel()


def _is_unchanged(app: Sphinx) -> bool:
    names = {*search_index_files(app.builder), INVENTORY}
    return incremental_build(app).has_same_files(names)


def setup(app: Sphinx) -> None:
    indexes = BackgroundIndexes()
    app.connect("write-started", keep_unchanged_index)
    app.connect("html-collect-pages", indexes.begin)
    app.connect("build-finished", indexes.finish, priority=890)  # links to them are checked next
