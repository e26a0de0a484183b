"""File name suffixes: which files are notes, in which markup, and which are pages.

Importing, showing, checking and building read the same files. Case does not count in a note's
suffix; a page has exactly one of :data:`PAGE_SUFFIXES`, because Sphinx reads it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from confnotes.model import Markup

NOTE_SUFFIXES: Mapping[str, Markup] = {
    "": Markup.PLAIN,
    ".txt": Markup.PLAIN,
    ".text": Markup.PLAIN,
    ".md": Markup.MARKDOWN,
    ".markdown": Markup.MARKDOWN,
    ".mdown": Markup.MARKDOWN,
    ".mkd": Markup.MARKDOWN,
    ".rst": Markup.RST,
    ".rest": Markup.RST,
    ".org": Markup.ORG,
    ".adoc": Markup.ASCIIDOC,
    ".asc": Markup.ASCIIDOC,
    ".asciidoc": Markup.ASCIIDOC,
}
"""The markup of a note by its suffix in lower case."""
PAGE_SUFFIXES = (".md", ".rst")


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name in lower case, empty if it has none."""
    name = os.path.basename(name)  # noqa: PTH119  PurePath takes ten times as long
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def markup_from_suffix(path: str) -> Markup:
    """Return the markup language of a file by its suffix; plain text if that is unknown."""
    return NOTE_SUFFIXES.get(suffix_of(path), Markup.PLAIN)
