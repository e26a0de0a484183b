"""Write files atomically, and only if they change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yield a temporary file to write, which then replaces ``path`` atomically."""
    path = Path(path)  # one of Sphinx's own cannot be replaced
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    try:
        yield new
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def write_if_changed(path: Path, content: str | bytes) -> None:
    """Write ``content`` to ``path``; an unchanged file keeps its modification time."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
