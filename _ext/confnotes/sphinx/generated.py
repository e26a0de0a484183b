"""The files of generated documents: below the doctree folder, never in the source tree."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.pages import docnames, page
from confnotes.pages.blocks import Page
from confnotes.pages.myst import myst


def unwritten(catalogue: Catalogue) -> Iterator[Page]:
    """Yield the pages whose text Sphinx cannot find in the tree.

    Nobody wrote them, or they are notes in another encoding than UTF-8.
    """
    for docname in docnames(catalogue):
        note = catalogue.notes.get(docname)
        if docname not in catalogue.written and not (note and _is_utf8(catalogue, note)):
            yield page(catalogue, docname)


def _is_utf8(catalogue: Catalogue, entry: NoteEntry) -> bool:
    try:
        (catalogue.root / entry.note.path).read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True


def write(wanted: Iterable[Page], folder: Path) -> dict[str, Path]:
    """Write each page's text below ``folder`` and delete what is no longer wanted.

    A file whose bytes are right already keeps its time, so Sphinx need not read it again.
    Return the files by docname.
    """
    files = {}
    for derived in wanted:
        path = files[derived.docname] = folder / f"{derived.docname}.md"
        data = myst(derived).encode()
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    _prune(folder, set(files.values()))
    return files


def _prune(folder: Path, wanted: set[Path]) -> None:
    for parent, folders, names in os.walk(folder, topdown=False):
        here = Path(parent)
        left = [name for name in names if here / name in wanted]
        for name in set(names) - set(left):
            (here / name).unlink()
        if not left and not any((here / below).is_dir() for below in folders) and here != folder:
            here.rmdir()
