"""The index on disk, written by Pagefind, and only when what it holds has changed."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from pagefind.index import PagefindIndex

from confnotes.search.records import Record

_MARK = "records.txt"


def write(records: Iterable[Record], folder: Path) -> bool:
    """Write the index of ``records`` into ``folder``; return whether that was needed.

    ``folder`` keeps a digest of what it holds. Raises OSError when Pagefind cannot be run.
    """
    everything = list(records)
    made = hashlib.sha256()
    for record in everything:
        made.update(f"{record.url}\0{record.html}\0".encode("utf-8", "replace"))
    mark = folder / _MARK
    if mark.is_file() and mark.read_text(encoding="ascii") == made.hexdigest():
        return False
    shutil.rmtree(folder, ignore_errors=True)
    asyncio.run(_write(everything, folder))
    mark.write_text(made.hexdigest(), encoding="ascii")
    return True


async def _write(records: Iterable[Record], folder: Path) -> None:
    """Pagefind writes when the context ends."""
    async with PagefindIndex(config={"output_path": str(folder)}) as index:
        for record in records:
            await index.add_html_file(content=record.html, url=record.url)
