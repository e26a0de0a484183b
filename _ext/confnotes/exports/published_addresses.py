"""Published addresses: ``published.inv``, the objects.inv of the last release.

An address in it that no longer exists must have a redirect. A build checks this with all anchors
of its pages, ``confnotes check`` with the anchors of talks.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from pathlib import Path
from posixpath import basename, dirname

from confnotes.catalogue import Catalogue
from confnotes.catalogue.codes import CatalogueCode
from confnotes.exports import redirects
from confnotes.exports.redirects import Redirect, RedirectCode, RedirectTarget
from confnotes.files import SourceFileError, read_file
from confnotes.model import Problem
from confnotes.pages import docnames as all_docnames
from confnotes.suffixes import PAGE_SUFFIXES

NAME = "published.inv"
_MAX_BYTES = 100_000_000
_HEADER = b"# Sphinx inventory version 2\n"
_LINE = re.compile(r"(?P<name>.+?) (?P<type>\S+:\S+) -?\d+ ")
_SPLIT = ("speakers/", "topics/")
"""Folders in which lists are split into pages as they grow; people and topics are objects."""


def load_addresses(root: Path) -> tuple[list[RedirectTarget], list[Problem]]:
    """Return the published addresses, and the problems of the file."""
    path = root / NAME
    if not os.path.lexists(path):
        return [], []
    try:
        return sorted(_parse(read_file(path, root))), []
    except (SourceFileError, ValueError, zlib.error) as reason:
        message, hint = f"the file is not read: {reason}", "copy objects.inv of the last release"
        return [], [Problem.of(CatalogueCode.UNREADABLE, NAME, message, hint)]


def _parse(data: bytes) -> set[RedirectTarget]:
    if not data.startswith(_HEADER):
        raise ValueError("it is no Sphinx inventory")
    *_header, packed = data.split(b"\n", 4)
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(packed, _MAX_BYTES).decode("utf-8", "replace")
    if not unpacker.eof:
        raise ValueError(f"it is cut off, or larger than {_MAX_BYTES // 1_000_000} MB")
    entries = filter(None, map(_LINE.match, text.split("\n")))
    return set(filter(None, (_target(entry["type"], entry["name"]) for entry in entries)))


def _target(kind: str, name: str) -> RedirectTarget | None:
    """Return the page of an object, or the anchor of a talk; None for what may disappear."""
    match kind:
        case "std:doc" if not name.startswith(_SPLIT):
            return RedirectTarget(name)
        case "conf:talk":
            docname, _hash, anchor = name.partition("#")
            return RedirectTarget(docname, anchor)
        case "conf:speaker" | "conf:topic":
            return RedirectTarget(f"{kind.removeprefix('conf:')}s/{name.partition('/')[0]}")
        case "conf:event":
            return RedirectTarget(f"years/{'/'.join(name.split('/')[:2])}/index")
    return None


def gone_addresses(
    published: Iterable[RedirectTarget],
    docnames: AbstractSet[str],
    anchors: Callable[[str], Collection[str]],
    redirects: Iterable[Redirect],
) -> Iterator[Problem]:
    """Yield a problem for each missing page, and each missing talk of an existing page."""
    moved = {redirect.old for redirect in redirects}
    said = set()
    for docname, anchor in published:
        old = RedirectTarget(docname, anchor)
        if old in said or old in moved or RedirectTarget(docname) in moved:
            continue
        if docname not in docnames:
            old = RedirectTarget(docname)
            near = get_close_matches(docname, _beside(docname, docnames), n=1, cutoff=0.5)
        elif anchor and anchor not in anchors(docname):
            near = get_close_matches(anchor, anchors(docname), n=1, cutoff=0.5)
            near = [f"{docname}#{found}" for found in near]
        else:
            continue
        if old not in said:
            said.add(old)
            yield _problem(old, near[0] if near else "NEW")


def _beside(docname: str, docnames: AbstractSet[str]) -> list[str]:
    """Return the pages to which ``docname`` may have moved: of its folder or of its name."""
    folder, name = dirname(docname), basename(docname)
    return sorted(one for one in docnames if dirname(one) == folder or basename(one) == name)


def _problem(old: RedirectTarget, new: str) -> Problem:
    message = f"‘{old}’ was published and is gone"
    hint = f"run `confnotes mv {old} {new}`"
    return Problem.of(RedirectCode.GONE, NAME, message, hint)


def lint_addresses(catalogue: Catalogue) -> list[Problem]:
    """Return the problems of both files; of the anchors of a page, only talks are known."""
    typed, unclear = redirects.load_redirects(catalogue.root)
    released, unread = load_addresses(catalogue.root)
    if not typed and not released:
        return [*unclear, *unread]
    docnames = known_docnames(catalogue)
    pages = (one._replace(new=RedirectTarget(one.new.docname)) for one in typed)
    valid, invalid = redirects.validate(pages, docnames, lambda _: ())
    moved = [*valid, *redirects.alias_redirects(catalogue, docnames)]
    lost = gone_addresses(released, docnames, _talk_anchors(catalogue), moved)
    return [*unclear, *unread, *invalid, *lost]


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
