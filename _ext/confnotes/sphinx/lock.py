"""Lock the folders of a build: two builds in one folder would corrupt each other's files."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from sphinx.errors import SphinxError
from sphinx.util import logging

if sys.platform != "win32":
    import fcntl

from sphinx.application import Sphinx
from sphinx.config import Config

logger = logging.getLogger(__name__)

MAX_WAIT = 10.0
"""Seconds to wait for the processes of a killed build to end."""
_PAUSE = 0.1
_held: dict[Path, int] = {}
"""The locked folders of this process, and their descriptors."""


class FolderInUseError(SphinxError):
    category = "Another build is running"


def acquire(app: Sphinx, config: Config) -> None:
    """``config-inited``, before anything is read: lock the output and the doctree folder.

    Raises FolderInUseError. The lock ends with the process and its forks.
    """
    for folder in sorted({Path(app.outdir), Path(app.doctreedir)}):
        folder.mkdir(parents=True, exist_ok=True)
        if folder not in _held:
            _lock_folder(folder)


def release(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``."""
    for folder in {Path(app.outdir), Path(app.doctreedir)}:
        if (descriptor := _held.pop(folder, None)) is not None:
            os.close(descriptor)


def _lock_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # it has no such locks
    descriptor = os.open(folder, os.O_RDONLY)
    end = time.monotonic() + MAX_WAIT
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                os.close(descriptor)
                raise FolderInUseError(
                    f"{folder} is in use; wait for that build to end, or build into another folder"
                ) from None
            time.sleep(_PAUSE)
        except OSError:
            os.close(descriptor)  # a file system without locks
            return
        else:
            _held[folder] = descriptor
            return


def setup(app: Sphinx) -> None:
    app.connect("config-inited", acquire)
    app.connect("build-finished", release, priority=998)
