"""EPUB: its contents, and portable file names."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.config import Config

from confnotes.output_folder import MANIFEST

_SPECIAL = re.compile(r"[^\w./-]")


class PortableBookBuilder(Epub3Builder):
    """Names pages with characters that EPUB allows in file names and URLs need not quote.

    EPUB forbids ``*``, ``:`` and ``|``, among others. Sphinx finds a page of the contents among
    the files if its URL is its name.
    """

    def get_output_path(self, page_name: str, /) -> Path:
        return super().get_output_path(_portable(page_name))

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return _portable(docname) + self.link_suffix


def _portable(name: str) -> str:
    """Return ``name`` with each special character as its hexadecimal number between ``~``."""
    return _SPECIAL.sub(lambda found: f"~{ord(found[0]):x}~", name)


def set_contents(app: Sphinx, config: Config) -> None:
    """``config-inited``: list pages of hidden toctrees; leave out files of the build itself."""
    if config.epub_tocscope == "default":
        config.epub_tocscope = "includehidden"
    config.epub_exclude_files = [*config.epub_exclude_files, MANIFEST, ".buildinfo.bak"]


def setup(app: Sphinx) -> None:
    app.add_builder(PortableBookBuilder, override=True)
    app.connect("config-inited", set_contents)
