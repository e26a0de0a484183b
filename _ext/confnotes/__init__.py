"""Conference notes, in as typed, out as a site: talks, speakers, topics, events, years."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the Sphinx extension; importing the core alone never imports Sphinx."""
    from confnotes import sphinx

    return sphinx.setup(app)
