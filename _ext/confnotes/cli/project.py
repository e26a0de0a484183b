"""Which project a command works on."""

from __future__ import annotations

import os
from pathlib import Path


def find(start: Path) -> Path | None:
    """Return the nearest folder from ``start`` upwards that has ``conf.py`` and ``years/``."""
    here = Path(os.path.realpath(start))  # unlike Path.resolve(), for a link in a circle, too
    for folder in (here, *here.parents):
        if (folder / "conf.py").is_file() and (folder / "years").is_dir():
            return folder
    return None


def located(path: Path) -> Path:
    """Return ``path`` with the links to its folders followed; one that it is itself is not."""
    typed = Path(os.path.abspath(path))  # noqa: PTH100  # Path.absolute() keeps ".."
    return Path(os.path.realpath(typed.parent), typed.name)
