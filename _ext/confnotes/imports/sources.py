"""Read the sources of an import as posts: a dump, a folder, an export, a page."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import BinaryIO

from confnotes.files import MAX_BYTES
from confnotes.imports import html_page, text_dump, wordpress
from confnotes.imports.codes import ImportCode
from confnotes.imports.source_post import Skipped, SourceError, SourcePost
from confnotes.invisible_characters import escape_invisible
from confnotes.model import NO_KNOWN_ENTITIES, KnownEntities, Markup, Problem
from confnotes.notes.file_types import FORMATS, HEAD_SIZE, detect_file_type
from confnotes.notes.syntax.lines import decode
from confnotes.suffixes import NOTE_SUFFIXES, suffix_of

_SUFFIXES = {
    Markup.PLAIN: ".txt",
    Markup.MARKDOWN: ".md",
    Markup.RST: ".rst",
    Markup.ORG: ".org",
    Markup.ASCIIDOC: ".adoc",
}
"""The suffix of an imported note by its markup."""
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<(?:\?xml|rss\b)", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<(?:!doctype\s+html|html\b)", re.IGNORECASE)
ARCHIVES = frozenset({".mhtml", ".mht"})
"""Pages that a browser saved as one file."""
PAGES = frozenset({".html", ".htm", ".xhtml"}) | ARCHIVES
EXPORTS = frozenset({".xml", ".wxr"})
_OF_REPOSITORY = re.compile(
    r"(?:licen[cs]e|copying|contributing|code[_-]of[_-]conduct|changelog|changes|authors|makefile|"
    r"dockerfile|gemfile|rakefile|procfile|requirements|cname|robots)(?:[.-].*)?",
    re.IGNORECASE,
)
"""Files of a repository that are no notes."""


def read_source(
    source: Path, *, known: KnownEntities = NO_KNOWN_ENTITIES
) -> Iterator[SourcePost | Skipped | SourceError]:
    """Yield the posts in ``source``, what is skipped, and errors."""
    has_entries = False
    for entry in _entries(source, known):
        has_entries = has_entries or not isinstance(entry, Skipped)
        yield entry
    if not has_entries:
        origin = escape_invisible(source.as_posix())
        yield SourceError(Problem.of(ImportCode.NO_POST, origin, "there is no note in it", FORMATS))


def _entries(source: Path, known: KnownEntities) -> Iterator[SourcePost | Skipped | SourceError]:
    if not source.is_dir():
        yield from _file(source, _as_text(source.name), known, of_folder=False)
        return
    top = source.resolve()
    for one in _iter_files(source):
        if isinstance(one, Path):
            relative = _as_text(f"{top.name}/{one.relative_to(source).as_posix()}")
            yield from _file(one, relative, known, of_folder=True)
        else:
            yield one


def _as_text(path: str) -> str:
    """Return a path of any encoding as text."""
    return decode(os.fsencode(path), "")[0]


def _file(
    path: Path, relative: str, known: KnownEntities, *, of_folder: bool
) -> Iterator[SourcePost | Skipped | SourceError]:
    try:
        with _opened(path) as stream:
            start = stream.read(HEAD_SIZE)
            stream.seek(0)
            if left_out := _not_text(path, start, of_folder=of_folder):
                yield left_out
            elif _is_export(path, start):
                yield from wordpress.wordpress_posts(stream, escape_invisible(path.as_posix()))
            else:
                yield from _text(path, stream.read(), relative, known, of_folder=of_folder)
    except SourceError as error:
        yield error
    except OSError as error:
        yield unreadable_source(path, error.strerror or str(error))


def _opened(path: Path) -> BinaryIO:
    """Open a regular file of a size that can be read at once; an export is read as a stream."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise unreadable_source(path, "not a regular file", "save what it holds to a file")
    if status.st_size > MAX_BYTES and suffix_of(path.name) not in EXPORTS:
        size = f"larger than {MAX_BYTES // 1_000_000} MB"
        raise unreadable_source(path, size, "split it into several files")
    return path.open("rb")


def _not_text(path: Path, data: bytes, *, of_folder: bool) -> Skipped | SourceError | None:
    """Return the reason to leave out a file that is not text, or has no suffix of notes."""
    suffix = suffix_of(path.name)
    kind = detect_file_type(data)
    origin = escape_invisible(path.as_posix())
    if kind and (kind.is_typed or not of_folder):
        message = f"this is not text but: {kind.name}"
        return SourceError(Problem.of(ImportCode.NOT_TEXT, origin, message, kind.advice))
    if not kind and suffix in {*NOTE_SUFFIXES, *PAGES, *EXPORTS}:
        return None
    if of_folder:
        return Skipped(origin, 1, kind.name if kind else f"{suffix} file")
    message = f"‘{suffix}’ is not read"
    return SourceError(Problem.of(ImportCode.NOT_TEXT, origin, message, "save it as .txt or .md"))


def _text(
    path: Path, data: bytes, relative: str, known: KnownEntities, *, of_folder: bool
) -> Iterator[SourcePost | Skipped | SourceError]:
    origin = escape_invisible(path.as_posix())
    if len(data) > HEAD_SIZE and (left_out := _not_text(path, data, of_folder=of_folder)):
        yield left_out
        return
    if suffix_of(path.name) in PAGES or _HTML.match(data):
        html = _archived(data) if suffix_of(path.name) in ARCHIVES else data
        target = _with_suffix(relative, ".txt")
        posts = html_page.html_posts(html, origin, target, named=of_folder, known=known)
    else:
        posts = _notes(data, origin, relative, known, of_folder=of_folder)
    yield from posts or (Skipped(origin, 1, "empty file"),)


def _archived(data: bytes) -> bytes:
    """Return the page in an archive of MIME parts: the first of them that is HTML."""
    parts = message_from_bytes(data).walk()
    html = (part for part in parts if part.get_content_type() == "text/html")
    pages = (part.get_payload(decode=True) for part in html)
    return next((page for page in pages if isinstance(page, bytes)), b"")


def _notes(
    data: bytes, origin: str, relative: str, known: KnownEntities, *, of_folder: bool
) -> list[SourcePost]:
    """Split a text file at its posts; a file of a single post keeps every byte."""
    suffix = _SUFFIXES[NOTE_SUFFIXES.get(suffix_of(relative), Markup.PLAIN)]
    path = _with_suffix(relative, suffix)
    posts = text_dump.split_posts(data, origin, path, known=known)
    if len(posts) == 1 and (of_folder or suffix != ".txt"):
        return [SourcePost(origin, 1, data, path, path, named=True)]
    return posts


def _with_suffix(relative: str, suffix: str) -> str:
    known = suffix_of(relative)
    is_known = known in NOTE_SUFFIXES or known in PAGES
    return (relative.removesuffix(Path(relative).suffix) if is_known else relative) + suffix


def _is_export(path: Path, start: bytes) -> bool:
    if suffix_of(path.name) in EXPORTS:
        return not _HTML.match(start)
    return bool(_XML.match(start)) and suffix_of(path.name) not in PAGES


def _iter_files(root: Path) -> Iterator[Path | Skipped | SourceError]:
    """Yield each regular file below ``root`` in a stable order, and why others are left out.

    Hidden folders are skipped. Links are not followed: the target of one may be private. The readme
    of ``root`` is no note.
    """
    errors: list[OSError] = []
    for parent, folders, names in os.walk(root, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "node_modules")))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for path in (Path(parent, name) for name in sorted([*names, *links])):
            yield _left_out(path, root) or path
    for error in errors:
        yield unreadable_source(Path(error.filename), error.strerror or str(error))


def _left_out(path: Path, root: Path) -> Skipped | SourceError | None:
    origin = escape_invisible(path.as_posix())
    if path.name.startswith(".") or _OF_REPOSITORY.fullmatch(path.name):
        return Skipped(origin, 1, "file of a repository")
    if path.is_symlink():
        if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            return Skipped(origin, 1, "link inside the folder")
        return unreadable_source(
            path, "a link that leads out of the folder; import what it leads to"
        )
    if path.parent == root and path.stem.casefold() == "readme":
        return Skipped(origin, 1, "readme")
    return None


def unreadable_source(path: Path, reason: str, advice: str = "") -> SourceError:
    return SourceError(
        Problem.of(ImportCode.UNREADABLE, escape_invisible(path.as_posix()), reason, advice)
    )
