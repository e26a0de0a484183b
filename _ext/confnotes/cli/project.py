"""The project that a command works on, and its cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from confnotes.catalogue import Catalogue, load_catalogue
from confnotes.catalogue.cache import cache_file
from confnotes.cli.output import CommandError, Progress
from confnotes.files import create_file

root_option = click.option(
    "--root",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The project's folder (default: the one around here).",
)


def find_project_root(start: Path) -> Path | None:
    """Return the nearest folder from ``start`` upwards that has ``conf.py`` and ``years/``."""
    here = Path(os.path.realpath(start))  # unlike Path.resolve(), for a link in a circle, too
    for folder in (here, *here.parents):
        if (folder / "conf.py").is_file() and (folder / "years").is_dir():
            return folder
    return None


def resolve_folder(path: Path) -> Path:
    """Return ``path`` with the symbolic links of its parents resolved, but not its own."""
    typed = Path(os.path.abspath(path))  # noqa: PTH100  # Path.absolute() keeps ".."
    return Path(os.path.realpath(typed.parent), typed.name)


def required_root(given: Path | None, *paths: Path) -> Path:
    """Return the root that was given, or the one around ``paths`` or the current folder."""
    if given:
        if not (given / "years").is_dir():
            raise CommandError(f"{given} has no folder years/")
        return given
    root, *others = {find_project_root(path) for path in paths or (Path(),)}
    if others:
        raise CommandError("these paths are of several projects; name those of one")
    if root is None:
        raise CommandError(
            "not in a project (no conf.py and years/ found); change directory or pass --root"
        )
    return root


def path_filter(root: Path, paths: Iterable[Path]) -> Callable[[str], bool]:
    """Return a function: True for a path in or below ``paths``, or for all if there are none."""
    top = os.path.realpath(root)
    places = (
        str(place) for path in paths for place in (resolve_folder(path), os.path.realpath(path))
    )
    wanted = tuple(f"{place.rstrip('/')}/" for place in places)
    return lambda path: not wanted or f"{top}/{path}/".startswith(wanted)


def create_in_project(root: Path, path: str, data: bytes) -> Path:
    """Write a new file at ``path`` below ``root``; no symbolic link leads it out of its folder.

    Raises OSError.
    """
    file = root / path
    create_file(file, data, below=root / path.partition("/")[0])
    return file


def load_project(root: Path, is_wanted: Callable[[str], bool] = lambda path: True) -> Catalogue:
    """Return the catalogue of a project; files that ``stat`` shows to be unchanged are not read.

    It has only those notes whose path ``is_wanted``.
    """
    with Progress("reading the notes"):
        return load_catalogue(root, cache=cache_file(root), by_stat=True, is_wanted=is_wanted)
