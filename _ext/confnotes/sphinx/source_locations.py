"""Source locations of nodes and texts, in the file that a person typed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from docutils.utils import get_source_line
from sphinx.environment import BuildEnvironment

from confnotes.sphinx.project import notes_project


class SourceLocation(NamedTuple):
    """``path`` is relative to the project."""

    path: str
    line: int


def locate(
    env: BuildEnvironment, docname: str, *texts: str, start: int = 0
) -> SourceLocation | None:
    """Return where the first of ``texts`` was typed: from line ``start`` on, else above it.

    If it is nowhere, return ``start``; None without it, or on a generated page.
    """
    typed = notes_project(env).typed_path(docname)
    if typed is None:
        return None
    path = Path(env.srcdir, typed)
    lines = (_find(path, text, first) for first in (start or 1, 1) for text in texts)
    line = next(filter(None, lines), start)
    return SourceLocation(path.relative_to(env.srcdir).as_posix(), line) if line else None


def locate_typed(node: nodes.Element, typed: str) -> str:
    """Return the file, which may be included, and line of ``typed`` in the block of ``node``."""
    source, start = get_source_line(node)
    path = Path(source or "")
    line = _find(path, typed, start or 1) if path.is_file() else 0
    return f"{source}:{line or start or ''}"


def block_line(node: nodes.Element) -> int:
    """Return the line of the block that ``node`` is in, 0 if it has none of its own."""
    block: nodes.Element | None = node
    while block is not None and not isinstance(block, (nodes.section, nodes.document)):
        if block.line:
            return block.line
        block = block.parent
    return 0


def _find(path: Path, text: str, start: int) -> int:
    """Return the first line from ``start`` on that has ``text``, 0 if there is none."""
    bare = text.removeprefix("http://")
    for number, line in enumerate(_lines(path, path.stat().st_mtime_ns)[start - 1 :], start):
        if bare in line:
            return number
    return 0


@cache
def _lines(path: Path, _time: int) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").split("\n")
