"""The book for e-readers, with no other time in it than the one that is asked for."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from confnotes.keeping import whole

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_EARLIEST = 315532800
"""1980, in seconds since 1970: a ZIP archive knows no time before."""
_READABLE = 0o100644 << 16
"""The mode of a file that everybody may read, where an archive keeps it."""


def set_clock(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: give all files in the book the time ``SOURCE_DATE_EPOCH``, if it is set.

    Sphinx gives each the time at which this build wrote it.
    """
    asked = os.environ.get("SOURCE_DATE_EPOCH", "")
    if exception is not None or app.builder.name != "epub" or not asked.isdecimal():
        return
    when = time.gmtime(max(int(asked), _EARLIEST))[:6]
    path = Path(app.outdir, f"{app.config.epub_basename}.epub")
    with whole(path) as new, ZipFile(path) as old, ZipFile(new, "w") as made:
        for entry in old.infolist():
            file = ZipInfo(entry.filename, when)
            file.compress_type = entry.compress_type
            file.external_attr = _READABLE
            made.writestr(file, old.read(entry))
