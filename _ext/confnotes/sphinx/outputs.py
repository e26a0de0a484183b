"""The files of an output that nothing makes any more."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.builders import Builder


def remove(builder: Builder, docname: str) -> None:
    """Delete the page of ``docname`` from the builder's output."""
    if path := _written(builder, docname):
        delete(path, Path(builder.outdir))


def remove_doctree(folder: Path, docname: str) -> None:
    """Delete the doctree of ``docname``."""
    delete(folder / f"{docname}.doctree", folder)


def remove_statics(builder: Builder) -> None:
    """Delete what themes, extensions and the project gave to every page."""
    shutil.rmtree(Path(builder.outdir, "_static"), ignore_errors=True)


def remove_backup(builder: Builder) -> None:
    """Delete what Sphinx keeps of its settings in the build before."""
    Path(builder.outdir, ".buildinfo.bak").unlink(missing_ok=True)


def _written(builder: Builder, docname: str) -> Path | None:
    if find := getattr(builder, "get_output_path", None):  # the HTML family
        return Path(find(docname))
    if suffix := getattr(builder, "out_suffix", ""):
        return Path(builder.outdir, f"{docname}{suffix}")
    return None


def delete(path: Path, root: Path) -> None:
    """Delete ``path``, if it is there, and the folders that this leaves empty."""
    if not path.exists():
        return
    path.unlink()
    for parent in path.parents:
        if parent == root or not parent.is_relative_to(root) or any(parent.iterdir()):
            return
        parent.rmdir()
