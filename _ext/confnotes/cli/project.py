"""Which project a command works on."""

from __future__ import annotations

from pathlib import Path


def find(start: Path) -> Path | None:
    """Return the nearest folder from ``start`` upwards that has ``conf.py`` and ``years/``."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / "conf.py").is_file() and (folder / "years").is_dir():
            return folder
    return None
