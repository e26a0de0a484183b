"""Which of a build's work is shared among processes: writing, not reading.

A process that reads sends back the whole environment, what is known of every document,
for each of its two dozen shares. To take these in costs three times what it costs to
read documents that are made of notes. Our domain and our collector can be merged all the
same: Sphinx asks that of an extension which says that others may read in parallel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class SerialReading:
    """Reads in one process, whatever ``-j`` says; an instance belongs to one application."""

    def __init__(self) -> None:
        self._parallel = 1

    def begin(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``."""
        self._parallel = app.parallel
        app.parallel = 1

    def end(self, app: Sphinx, env: BuildEnvironment) -> None:
        """``env-updated``."""
        app.parallel = self._parallel
