"""Check redirects and published addresses without a build."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from confnotes.catalogue import Catalogue
from confnotes.exports import published_addresses, redirects
from confnotes.exports.redirects import RedirectTarget
from confnotes.model import Problem
from confnotes.pages import docnames as all_docnames
from confnotes.suffixes import PAGE_SUFFIXES


def lint(catalogue: Catalogue) -> list[Problem]:
    """Return what is wrong; of the anchors of a page, only those of its talks are known."""
    typed, unclear = redirects.load(catalogue.root)
    released, unread = published_addresses.load(catalogue.root)
    if not typed and not released:
        return [*unclear, *unread]
    docnames = known_docnames(catalogue)
    pages = (one._replace(new=RedirectTarget(one.new.docname)) for one in typed)
    sound, unsound = redirects.validate(pages, docnames, lambda _: ())
    moved = [*sound, *redirects.alias_redirects(catalogue, docnames)]
    gone = published_addresses.gone(released, docnames, _talk_anchors(catalogue), moved)
    return [*unclear, *unread, *unsound, *gone]


def _talk_anchors(catalogue: Catalogue) -> redirects.Anchors:
    notes = catalogue.notes
    return lambda docname: (
        [talk.node_id for talk in notes[docname].talks] if docname in notes else []
    )


def known_docnames(catalogue: Catalogue) -> set[str]:
    """Return the docname of every page of the site."""
    written = (path.with_suffix("").as_posix() for path in iter_page_files(catalogue.root))
    return {*all_docnames(catalogue), *written}


def iter_page_files(root: Path) -> Iterator[Path]:
    """Yield the file of each page in the tree, relative to ``root``."""
    for parent, folders, names in os.walk(root):
        folder = Path(parent).relative_to(root)
        if not folder.parts:
            folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        for name in names:
            if name.endswith(PAGE_SUFFIXES):
                yield folder / name
