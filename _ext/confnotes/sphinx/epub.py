"""EPUB: its contents, portable file names, and reproducible timestamps (``SOURCE_DATE_EPOCH``)."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from confnotes.files import atomic_write
from confnotes.output_folder import MANIFEST
from confnotes.sphinx._workarounds import BookBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_EARLIEST = 315532800
"""1980, in seconds since 1970: the earliest time of a ZIP archive."""
_READABLE = 0o100644 << 16
"""The mode of a readable file, in the bits where an archive keeps it."""
_SPECIAL = re.compile(r"[^\w./-]")


class PortableBookBuilder(BookBuilder):
    """Names pages with characters that EPUB allows in file names and URLs need not quote.

    EPUB forbids ``*``, ``:`` and ``|``, among others.
    """

    def get_output_path(self, page_name: str, /) -> Path:
        return super().get_output_path(_portable(page_name))

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return super().get_target_uri(_portable(docname), typ)


def _portable(name: str) -> str:
    """Return ``name`` with each special character as its hexadecimal number between ``~``."""
    return _SPECIAL.sub(lambda found: f"~{ord(found[0]):x}~", name)


def set_contents(app: Sphinx, config: Config) -> None:
    """``config-inited``: list pages of hidden toctrees; leave out files of the build itself."""
    if config.epub_tocscope == "default":
        config.epub_tocscope = "includehidden"
    config.epub_exclude_files = [*config.epub_exclude_files, MANIFEST, ".buildinfo.bak"]


def set_timestamps(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: set the time of all files in the book to ``SOURCE_DATE_EPOCH``.

    Sphinx leaves the time at which this build wrote each. Nothing is done without the variable.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if exception is not None or app.builder.name != "epub" or not epoch.isdecimal():
        return
    when = time.gmtime(max(int(epoch), _EARLIEST))[:6]
    path = Path(app.outdir, f"{app.config.epub_basename}.epub")
    with atomic_write(path) as new, ZipFile(path) as old, ZipFile(new, "w") as made:
        for entry in old.infolist():
            file = ZipInfo(entry.filename, when)
            file.compress_type = entry.compress_type
            file.external_attr = _READABLE
            made.writestr(file, old.read(entry))


def setup(app: Sphinx) -> None:
    app.add_builder(PortableBookBuilder, override=True)
    app.connect("config-inited", set_contents)
    app.connect("build-finished", set_timestamps)
