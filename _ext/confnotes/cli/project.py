"""Which project a command works on, and where it keeps what it has read of it."""

from __future__ import annotations

import os
from pathlib import Path

from confnotes.digests import digest


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


def cache(root: Path) -> Path | None:
    """Return the file in the user's cache folder that keeps what was read of a project.

    Values are unpickled from there, so None is returned for a folder that somebody else can
    write to, as for one that cannot be made.
    """
    typed = os.environ.get("XDG_CACHE_HOME", os.environ.get("LOCALAPPDATA", ""))
    try:
        home = Path(typed) if Path(typed).is_absolute() else Path("~/.cache").expanduser()
        folder = home / "confnotes"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return None
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        return None
    return folder / f"{digest(str(root.resolve()))}.sqlite"
