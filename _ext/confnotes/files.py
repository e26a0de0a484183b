"""Files and folders that are kept as they should be, with as little written as possible."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Give a new file to write, which then takes the place of ``path``, whole or not at all."""
    path = Path(path)  # one of Sphinx's own cannot be replaced
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    try:
        yield new
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def write_if_changed(path: Path, content: str | bytes) -> None:
    """Have ``content`` in the file ``path``, which keeps its time if that is so."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
