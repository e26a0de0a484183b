"""What the extension adds to every HTML page: a style sheet, keys, and templates of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import confnotes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PACKAGE = Path(confnotes.__file__).parent


def offer(app: Sphinx, config: Config) -> None:
    """``config-inited``: let HTML builders find our static files and templates."""
    config.html_static_path = [*config.html_static_path, str(PACKAGE / "static")]
    config.templates_path = [*config.templates_path, str(PACKAGE / "templates")]
