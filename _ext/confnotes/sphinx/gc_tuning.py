"""Garbage collector tuning for large builds.

A catalogue, and what Sphinx knows of its documents, are millions of objects that live
as long as the build: to look through them took a tenth of a build of a thousand notes,
and a third of one that had nothing to do, most of that at its very end.
"""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


_GC_THRESHOLDS = (5000, 20, 20)


def relax_gc() -> None:
    """Search seldom from now on, and not at all when the process ends."""
    if gc.get_threshold() == _GC_THRESHOLDS:
        gc.collect()  # what the last build in this process has left
    gc.set_threshold(*_GC_THRESHOLDS)
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)


def freeze_gc(app: Sphinx, *_: object) -> None:
    """``env-before-read-docs``, ``write-started``: what there is now lives until the end."""
    gc.freeze()


def unfreeze_gc(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: search everything again, should the process go on."""
    gc.unfreeze()


def setup(app: Sphinx) -> None:
    relax_gc()
    app.connect("env-before-read-docs", freeze_gc)
    app.connect("write-started", freeze_gc)
    app.connect("build-finished", unfreeze_gc, priority=999)
