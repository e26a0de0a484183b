"""EPUB: its contents, and reproducible timestamps (``SOURCE_DATE_EPOCH``)."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from confnotes.files import atomic_write
from confnotes.output_folder import MANIFEST
from confnotes.sphinx._compat import BookBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_EARLIEST = 315532800
"""1980, in seconds since 1970: a ZIP archive knows no time before."""
_READABLE = 0o100644 << 16
"""The mode of a file that everybody may read, where an archive keeps it."""


def set_contents(app: Sphinx, config: Config) -> None:
    """``config-inited``: list pages of hidden toctrees; leave out what builds remember."""
    if config.epub_tocscope == "default":
        config.epub_tocscope = "includehidden"
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
    app.connect("config-inited", set_contents)
    app.connect("build-finished", set_timestamps)
