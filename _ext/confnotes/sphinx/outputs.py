"""The files of an output that nothing makes any more."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.builders import Builder


def remove(builder: Builder, docname: str) -> None:
    """Delete the page of ``docname``, and the copy of its source, from the builder's output."""
    for path in _written(builder, docname):
        delete(path, builder.outdir)


def remove_doctree(folder: Path, docname: str) -> None:
    """Delete the doctree of ``docname``."""
    delete(folder / f"{docname}.doctree", folder)


def remove_statics(builder: Builder) -> None:
    """Delete what themes, extensions and the project gave to every page."""
    shutil.rmtree(Path(builder.outdir, "_static"), ignore_errors=True)


def remove_backup(builder: Builder) -> None:
    """Delete what Sphinx keeps of its settings in the build before."""
    Path(builder.outdir, ".buildinfo.bak").unlink(missing_ok=True)


def _written(builder: Builder, docname: str) -> list[Path]:
    outdir = Path(builder.outdir)
    if find := getattr(builder, "get_output_path", None):  # the HTML family
        sources = outdir / "_sources" / docname
        return [find(docname), *sources.parent.glob(f"{sources.name}.*")]
    if suffix := getattr(builder, "out_suffix", ""):
        return [outdir / f"{docname}{suffix}"]
    return []


def delete(path: Path, root: Path) -> None:
    """Delete ``path``, if it is there, and the folders that this leaves empty."""
    if not path.exists():
        return
    path.unlink()
    for parent in path.parents:
        if parent == root or not parent.is_relative_to(root) or any(parent.iterdir()):
            return
        parent.rmdir()
