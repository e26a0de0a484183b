"""The last gate: every link of every page written leads somewhere in the output."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from confnotes.sphinx.html import Facts, Link, read
from confnotes.sphinx.places import find

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

logger = logging.getLogger(__name__)

_NO_PAGES = frozenset({"_static", "_sources", "_images", "_downloads"})
"""Folders whose files are led to, but lead nowhere themselves."""
_NEVER_WRITTEN = frozenset({"genindex.html", "search.html"})
"""What Sphinx names in the head of its single page and does not make."""


class Known:
    """The facts of every page by the digest of its bytes, kept from build to build."""

    def __init__(self, path: Path) -> None:
        self._path = Path(path)  # Sphinx's own paths are strings
        try:
            stored = json.loads(path.read_bytes())
            self._old = {
                name: (digest, Facts(anchors, twice, [Link(*link) for link in links]))
                for name, (digest, anchors, twice, links) in stored.items()
            }
        except (OSError, ValueError, TypeError):
            self._old = {}
        self._new: dict[str, tuple[str, Facts]] = {}

    def facts(self, name: str, path: Path) -> Facts:
        data = path.read_bytes()
        digest = hashlib.blake2b(data, digest_size=12).hexdigest()
        old = self._old.get(name)
        if old is None or old[0] != digest:
            old = digest, read(name, data.decode("utf-8", "replace"))
        self._new[name] = old
        return old[1]

    def save(self) -> None:
        if self._new == self._old:
            return
        stored = {name: (digest, *facts) for name, (digest, facts) in self._new.items()}
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(stored, separators=(",", ":")), encoding="utf-8")
        new.replace(self._path)


class Fault(NamedTuple):
    """``shown`` is what is wrong on ``page``, as it stands there."""

    page: str
    shown: str
    message: str


def check(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``, after all that writes pages: fail over links that lead nowhere."""
    builder = app.builder
    if exception is not None or builder.name not in {"html", "dirhtml", "singlehtml"}:
        return
    files = set(_files(builder.outdir, app.doctreedir))
    known = Known(app.doctreedir / f"gate-{builder.name}.json")
    pages = {
        name: known.facts(name, builder.outdir / name) for name in sorted(files) if _is_page(name)
    }
    known.save()
    if builder.name == "singlehtml":
        files |= _NEVER_WRITTEN
    documents = {_output(builder, docname): docname for docname in app.env.found_docs}
    for fault in faults(pages, files, _base(app)):
        app.statuscode = 1
        docname = documents.get(fault.page)
        logger.error(
            "%s: %s",
            fault.page,
            fault.message,
            location=docname and _location(app, docname, fault.shown),
            type="confnotes",
            subtype="gate",
        )


def faults(pages: Mapping[str, Facts], files: Container[str], base: str) -> Iterator[Fault]:
    """Yield what is wrong with ``pages``; ``base`` is the path that the site is served under."""
    anchors = {name: {"", "top", *facts.anchors} for name, facts in pages.items()}
    for name, facts in pages.items():
        for twice in facts.twice:
            yield Fault(name, twice, f"two elements have the id ‘{twice}’")
        for link in facts.links:
            path = link.path
            if path.startswith("/"):
                path = f"{path}/".removeprefix(base).rstrip("/")
            if path not in files:
                path = f"{path}/index.html".lstrip("/")
            if path not in files:
                yield Fault(name, link.typed, f"‘{link.typed}’ leads to no file")
            elif path in anchors and link.fragment not in anchors[path]:
                yield Fault(name, link.typed, f"‘{link.typed}’ leads to no anchor of {path}")


def _files(root: Path, doctrees: Path) -> Iterator[str]:
    """Yield every file of the output; the doctree folder may be in it, but is no part of it."""
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if Path(folder, name) != doctrees]
        start = os.path.relpath(folder, root)
        for name in names:
            yield Path(start, name).as_posix()


def _is_page(name: str) -> bool:
    return name.endswith(".html") and name.partition("/")[0] not in _NO_PAGES


def _output(builder: Builder, docname: str) -> str:
    assert isinstance(builder, StandaloneHTMLBuilder)
    return Path(builder.get_output_path(docname)).relative_to(builder.outdir).as_posix()


def _base(app: Sphinx) -> str:
    """Return the path that absolute links begin with, between slashes."""
    prefix = getattr(app.config, "notfound_urls_prefix", None)
    path = (prefix or urlsplit(app.config.html_baseurl).path).strip("/")
    return f"/{path}/" if path else "/"


def _location(app: Sphinx, docname: str, shown: str) -> str:
    """Return where ``shown`` was typed, or only the document, in a form that Sphinx understands."""
    place = find(app.env, docname, f'"{shown}"', f"'{shown}'", f"({shown})", shown)
    return f"{app.srcdir / place.path}:{place.line}" if place else docname
