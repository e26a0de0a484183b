"""The last gate: every link of every page written leads somewhere in the output."""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from confnotes.sphinx.html import Facts, leads, read
from confnotes.sphinx.places import find
from confnotes.sphinx.state import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

logger = logging.getLogger(__name__)

_NO_PAGES = frozenset({"_static", "_sources", "_images", "_downloads"})
"""Folders whose files are led to, but lead nowhere themselves."""
_NEVER_WRITTEN = frozenset({"genindex.html", "search.html"})
"""What Sphinx names in the head of its single page and does not make."""
_SPOKEN_OF = frozenset({"pagefind/pagefind.js"})
"""What is missed by those who make it, in their own words."""


class Known:
    """What the last build knew: the facts of every page by the digest of its bytes.

    The first line of the file is the digest of an output that was right as a whole, so
    that the rest, a line for each page, need not be read where nothing has changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = Path(path)  # Sphinx's own paths are strings

    def sound(self) -> str:
        try:
            with self._path.open(encoding="utf-8") as file:
                return file.readline().strip()
        except (OSError, ValueError):
            return ""

    def facts(self, root: Path, digests: Mapping[str, str]) -> dict[str, tuple[str, Facts]]:
        """Return (digest, facts) of each page below ``root``, read anew only where it changed."""
        known = {}
        try:
            with self._path.open(encoding="utf-8") as file:
                for line in islice(file, 1, None):
                    name, made, *lists = json.loads(line)
                    if digests.get(name) == made:
                        known[name] = Facts(*(list(map(intern, each)) for each in lists))
        except (OSError, ValueError, TypeError):
            pass
        return {
            name: (digest, known.get(name) or read((root / name).read_text("utf-8", "replace")))
            for name, digest in digests.items()
        }

    def save(self, sound: str, facts: Mapping[str, tuple[str, Facts]]) -> None:
        new = self._path.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            print(sound, file=file)
            for name, (digest, found) in facts.items():
                print(json.dumps([name, digest, *found]), file=file)
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
    base = _base(app)
    files = set(_files(builder.outdir, app.doctreedir))
    digests = {
        name: digest((builder.outdir / name).read_bytes())
        for name in sorted(files)
        if _is_page(name)
    }
    everything = digest(repr((base, sorted(files), digests)))
    known = Known(app.doctreedir / f"gate-{builder.name}.txt")
    if known.sound() == everything:
        return
    files |= _NEVER_WRITTEN if builder.name == "singlehtml" else _SPOKEN_OF
    facts = known.facts(builder.outdir, digests)
    found = list(faults({name: each for name, (_, each) in facts.items()}, files, base))
    known.save("" if found else everything, facts)
    documents = {_output(builder, docname): docname for docname in app.env.found_docs}
    for fault in found:
        app.statuscode = 1
        docname = documents.get(fault.page)
        logger.error(
            "%s: %s",
            fault.page,
            fault.message if docname else f"{fault.message}; if an old build left it, delete it",
            location=docname and _location(app, docname, fault.shown),
            type="confnotes",
            subtype="gate",
        )


def faults(pages: Mapping[str, Facts], files: Container[str], base: str) -> Iterator[Fault]:
    """Yield what is wrong with ``pages``; ``base`` is the path that the site is served under."""
    anchors = {name: {"", "top", *facts.anchors} for name, facts in pages.items()}

    @cache
    def target(folder: str, typed: str) -> tuple[str, str]:
        path, fragment = leads(folder, typed)
        if path.startswith("/"):
            path = f"{path}/".removeprefix(base).rstrip("/") or "index.html"
        if path and path not in files:
            path = f"{path}/index.html".lstrip("/")
        return path, fragment

    for name, facts in pages.items():
        for twice in facts.twice:
            yield Fault(name, twice, f"two elements have the id ‘{twice}’")
        folder = name.rpartition("/")[0]
        for typed in facts.links:
            path, fragment = target(folder, typed)
            path = path or name
            if path not in files:
                yield Fault(name, typed, f"‘{typed}’ leads to no file")
            elif path in anchors and fragment not in anchors[path]:
                yield Fault(name, typed, f"‘{typed}’ leads to no anchor of {path}")


def _files(root: Path, doctrees: Path) -> Iterator[str]:
    """Yield every file of the output; the doctree folder may be in it, but is no part of it."""
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if Path(folder, name) != doctrees]
        start = Path(folder).relative_to(root).as_posix()
        within = "" if start == "." else f"{start}/"
        for name in names:
            yield within + name


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
