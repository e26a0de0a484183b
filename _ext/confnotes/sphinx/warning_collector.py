"""Which documents drew a warning."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sphinx.util.logging import NAMESPACE, WarningStreamHandler

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class WarningCollector(logging.Filter):
    """Lets every warning pass and collects the places (``path:line``) they name.

    What is wrong with the catalogue is said in every build, so it is not collected.
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: set[str] = set()

    def attach(self) -> None:
        """Begin to collect from what is about to be shown."""
        for handler in logging.getLogger(NAMESPACE).handlers:
            if isinstance(handler, WarningStreamHandler):
                handler.addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "type", None) != "confnotes":
            self._places.add(str(getattr(record, "location", "") or ""))
        return True

    def docnames(self, env: BuildEnvironment) -> set[str]:
        """Return the documents whose files were named."""
        if not self._places:
            return set()
        named = {place.rsplit(":", 1)[0] for place in self._places} | self._places
        return {docname for docname in env.found_docs if str(env.doc2path(docname)) in named}
