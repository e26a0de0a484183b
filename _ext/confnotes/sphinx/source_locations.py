"""Source locations of nodes and texts, in the file that a person typed."""

from __future__ import annotations

from contextlib import suppress
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


def locate_node(
    env: BuildEnvironment, docname: str, node: nodes.Element, text: str
) -> SourceLocation | None:
    """Return where ``node``, which shows ``text``, was typed.

    None if it was not typed: on a generated page or part of a page.
    """
    path = _typed(env, docname)
    if path is None:
        return None
    line = _line(node)
    typed = _find(path, text, line or 1) or _find(path, text, 1) or line
    return SourceLocation(path.relative_to(env.srcdir).as_posix(), typed) if typed else None


def locate_text(env: BuildEnvironment, docname: str, *texts: str) -> SourceLocation | None:
    """Return the place of the first of ``texts`` that is in the source of ``docname``, if any."""
    path = _typed(env, docname)
    lines = (_find(path, text, 1) for text in texts) if path else ()
    line = next(filter(None, lines), 0)
    return SourceLocation(path.relative_to(env.srcdir).as_posix(), line) if path and line else None


def locate_typed(node: nodes.Element, typed: str) -> str:
    """Return the file and line of ``typed`` in the paragraph of ``node``, which may be included."""
    source, start = get_source_line(node)
    with suppress(OSError, TypeError, UnicodeDecodeError):
        lines = Path(source or "").read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines[start - 1 :], start):
            if not line.strip():
                break
            if typed in line:
                return f"{source}:{number}"
    return f"{source}:{start or ''}"


def _typed(env: BuildEnvironment, docname: str) -> Path | None:
    """Return the source file of ``docname``, None for a generated page."""
    path = notes_project(env).typed_path(docname)
    return Path(env.srcdir, path) if path else None


def _line(node: nodes.Element) -> int:
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
