"""The book for e-readers: its contents, and no other time in it than the one asked for."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile, ZipInfo

from sphinx.builders.epub3 import Epub3Builder

from confnotes.files import atomic_write
from confnotes.manifest import NAME as MANIFEST

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_EARLIEST = 315532800
"""1980, in seconds since 1970: a ZIP archive knows no time before."""
_READABLE = 0o100644 << 16
"""The mode of a file that everybody may read, where an archive keeps it."""


class BookBuilder(Epub3Builder):
    """Finds each page of the contents among the files, whatever letters their names have.

    Sphinx compares quoted addresses with names of files: a page called ``ä.txt`` would be in the
    reading order twice, once as a file that is not there.
    """

    def build_content(self) -> None:
        quoted = self.refnodes
        self.refnodes = [{**node, "refuri": unquote(node["refuri"])} for node in quoted]
        super().build_content()
        self.refnodes = quoted


def show_hidden(app: Sphinx, config: Config) -> None:
    """``config-inited``: list pages in the contents, whose toctrees are hidden on other pages."""
    if config.epub_tocscope == "default":
        config.epub_tocscope = "includehidden"


def exclude_state(app: Sphinx, config: Config) -> None:
    """``config-inited``: keep out of the book what builds remember in the output folder."""
    config.epub_exclude_files = [*config.epub_exclude_files, MANIFEST, ".buildinfo.bak"]


def set_timestamps(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: give all files in the book the time ``SOURCE_DATE_EPOCH``, if it is set.

    Sphinx gives each the time at which this build wrote it.
    """
    asked = os.environ.get("SOURCE_DATE_EPOCH", "")
    if exception is not None or app.builder.name != "epub" or not asked.isdecimal():
        return
    when = time.gmtime(max(int(asked), _EARLIEST))[:6]
    path = Path(app.outdir, f"{app.config.epub_basename}.epub")
    with atomic_write(path) as new, ZipFile(path) as old, ZipFile(new, "w") as made:
        for entry in old.infolist():
            file = ZipInfo(entry.filename, when)
            file.compress_type = entry.compress_type
            file.external_attr = _READABLE
            made.writestr(file, old.read(entry))


def setup(app: Sphinx) -> None:
    app.add_builder(BookBuilder, override=True)
    app.connect("config-inited", show_hidden)
    app.connect("config-inited", exclude_state)
    app.connect("build-finished", set_timestamps)
