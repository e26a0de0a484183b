"""The same pages written out by hand, in plain Markdown, for tools that know nothing of notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from posixpath import dirname, relpath
from typing import Any

from confnotes.catalogue import Catalogue, load_catalogue
from confnotes.pages import build_page, docnames
from confnotes.pages.page_model import (
    Container,
    CrossReference,
    ExternalLink,
    Fold,
    Initials,
    Page,
    Span,
    Text,
)

from tests.page_text import render_myst

CONF = """\
extensions = ["myst_parser"]
project = "Bench"
html_theme = "furo"
"""
_ESCAPED = re.compile(r"\\([^\w\s])")
"""What people who write by hand leave out, as the invented words have no marks."""
_DECORATION = {"classes", "node_id"}


def sphinx(project: Path, folder: Path) -> None:
    """Write the pages of ``project`` as a Sphinx project with toctrees."""
    for name, text in _pages(load_catalogue(project), toctrees=True):
        write(folder / name, text)
    write(folder / "conf.py", CONF)


def markdown(project: Path, folder: Path) -> None:
    """Write the pages of ``project`` as Markdown that begins with the topics as tags."""
    catalogue = load_catalogue(project)
    for name, text in _pages(catalogue, toctrees=False):
        write(folder / name, _tags(catalogue, name.removesuffix(".md")) + text)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _pages(catalogue: Catalogue, *, toctrees: bool) -> Iterator[tuple[str, str]]:
    for docname in docnames(catalogue):
        made: Page = _plain(build_page(catalogue, docname), docname)
        text = _ESCAPED.sub(r"\1", render_myst(made if toctrees else replace(made, children=())))
        if made.has_prose:
            typed = (catalogue.root / f"{docname}.md").read_text(encoding="utf-8")
            text = typed.rpartition("---\n")[2].strip() + "\n\n" + text
        yield f"{docname}.md", text


def _plain(value: Any, docname: str) -> Any:
    """Return ``value`` without classes, anchors and pictures, and with links for references."""
    if isinstance(value, CrossReference):
        return ExternalLink(relpath(_file(value), dirname(docname) or "."), (Text(value.text),))
    if isinstance(value, tuple):
        return tuple(_all_plain(value, docname))
    if not is_dataclass(value):
        return value
    made = {field.name: _plain(getattr(value, field.name), docname) for field in fields(value)}
    made.update({name: type(made[name])() for name in _DECORATION & made.keys()})
    return replace(value, **made)


def _all_plain(values: Iterable[Any], docname: str) -> Iterator[Any]:
    for value in values:
        if isinstance(value, Span):
            yield from _all_plain(value.children, docname)
        elif isinstance(value, Container | Fold):
            yield from _all_plain(value.blocks, docname)
        elif isinstance(value, Initials):
            pass
        else:
            yield _plain(value, docname)


def _file(ref: CrossReference) -> str:
    match ref.kind:
        case "speaker":
            return f"speakers/{ref.target.partition('/')[0]}.md"
        case "topic":
            return f"topics/{ref.target.partition('/')[0]}.md"
        case "event":
            year, slug = ref.target.split("/")[:2]
            return f"years/{year}/{slug}/index.md"
    return f"{ref.target.partition('#')[0]}.md"


def _tags(catalogue: Catalogue, docname: str) -> str:
    if docname not in catalogue.notes:
        return ""
    talks = catalogue.notes[docname].talks
    topics = sorted({match.topic for talk in talks for match in talk.topics})
    return f"---\ntags: [{', '.join(topics)}]\n---\n\n" if topics else ""
