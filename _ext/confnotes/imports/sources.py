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
from confnotes.notes.content_types import FORMATS, HEAD_SIZE, detect_file_type
from confnotes.notes.syntax.lines import decode
from confnotes.suffixes import NOTE_SUFFIXES, markup_from_suffix, suffix_of

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


def iter_source_posts(
    source: Path, *, known: KnownEntities = NO_KNOWN_ENTITIES
) -> Iterator[SourcePost | Skipped | Problem]:
    """Yield the posts in ``source``, what is skipped, and problems."""
    has_entries = False
    for entry in _entries(source, known):
        has_entries = has_entries or not isinstance(entry, Skipped)
        yield entry
    if not has_entries:
        origin = escape_invisible(source.as_posix())
        yield Problem.of(ImportCode.NO_POST, origin, "there is no note in it", FORMATS)


def _entries(source: Path, known: KnownEntities) -> Iterator[SourcePost | Skipped | Problem]:
    if not source.is_dir():
        yield from _SourceFile(source, source.name, known, of_folder=False).read()
        return
    top = source.resolve()
    for one in _iter_files(source):
        if isinstance(one, Path):
            relative = f"{top.name}/{one.relative_to(source).as_posix()}"
            yield from _SourceFile(one, relative, known, of_folder=True).read()
        else:
            yield one


class _SourceFile:
    """A file, named by itself or found in a folder.

    ``relative`` is its path with the name of that folder. The posts in it know ``known``.
    """

    def __init__(self, path: Path, relative: str, known: KnownEntities, *, of_folder: bool) -> None:
        self._path, self._known, self._of_folder = path, known, of_folder
        self._relative = decode(os.fsencode(relative), "")[0]  # a name may have any bytes
        self._suffix = suffix_of(path.name)
        self._origin = escape_invisible(path.as_posix())

    def read(self) -> Iterator[SourcePost | Skipped | Problem]:
        try:
            with self._opened() as stream:
                start = stream.read(HEAD_SIZE)
                stream.seek(0)
                if left_out := self._not_text(start):
                    yield left_out
                elif self._is_export(start):
                    yield from wordpress.wordpress_posts(stream, self._origin)
                else:
                    data = stream.read()
                    if len(data) > HEAD_SIZE and (left_out := self._not_text(data)):
                        yield left_out
                    else:
                        yield from self._posts(data) or (Skipped(self._origin, 1, "empty file"),)
        except SourceError as error:
            yield error.problem
        except OSError as error:
            yield _unreadable(self._path, error.strerror or str(error))

    def _opened(self) -> BinaryIO:
        """Open a regular file of a size that can be read at once; an export is a stream."""
        status = self._path.stat()
        if not stat.S_ISREG(status.st_mode):
            hint = "save what it holds to a file"
            raise SourceError(_unreadable(self._path, "not a regular file", hint))
        if status.st_size > MAX_BYTES and self._suffix not in EXPORTS:
            size = f"larger than {MAX_BYTES // 1_000_000} MB"
            raise SourceError(_unreadable(self._path, size, "split it into several files"))
        return self._path.open("rb")

    def _not_text(self, data: bytes) -> Skipped | Problem | None:
        """Return the reason to leave out a file that is not text, or has no suffix of notes."""
        kind = detect_file_type(data)
        if not kind and self._suffix in {*NOTE_SUFFIXES, *PAGES, *EXPORTS}:
            return None
        if self._of_folder and not (kind and kind.is_typed):
            return Skipped(self._origin, 1, kind.name if kind else f"{self._suffix} file")
        message, hint = f"‘{self._suffix}’ is not read", "save it as .txt or .md"
        if kind:
            message, hint = f"this is not text but: {kind.name}", kind.advice
        return Problem.of(ImportCode.NOT_TEXT, self._origin, message, hint)

    def _posts(self, data: bytes) -> list[SourcePost]:
        """Split the file at its posts; a text file of a single post keeps every byte."""
        if self._suffix in PAGES or _HTML.match(data):
            html = _archived(data) if self._suffix in ARCHIVES else data
            return html_page.html_posts(
                html, self._origin, self._target(".txt"), named=self._of_folder, known=self._known
            )
        suffix = _SUFFIXES[markup_from_suffix(self._relative)]
        path = self._target(suffix)
        posts = text_dump.split_posts(data, self._origin, path, known=self._known)
        if len(posts) == 1 and (self._of_folder or suffix != ".txt"):
            return [
                SourcePost(
                    origin=self._origin, line=1, text=data, path=path, identity=path, named=True
                )
            ]
        return posts

    def _target(self, suffix: str) -> str:
        path, known = self._relative, suffix_of(self._relative)
        is_known = known in NOTE_SUFFIXES or known in PAGES
        return (path.removesuffix(Path(path).suffix) if is_known else path) + suffix

    def _is_export(self, start: bytes) -> bool:
        if self._suffix in EXPORTS:
            return not _HTML.match(start)
        return bool(_XML.match(start)) and self._suffix not in PAGES


def _archived(data: bytes) -> bytes:
    """Return the page in an archive of MIME parts: the first of them that is HTML."""
    parts = message_from_bytes(data).walk()
    html = (part for part in parts if part.get_content_type() == "text/html")
    pages = (part.get_payload(decode=True) for part in html)
    return next((page for page in pages if isinstance(page, bytes)), b"")


def _iter_files(root: Path) -> Iterator[Path | Skipped | Problem]:
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
        yield _unreadable(Path(error.filename), error.strerror or str(error))


def _left_out(path: Path, root: Path) -> Skipped | Problem | None:
    origin = escape_invisible(path.as_posix())
    if path.name.startswith(".") or _OF_REPOSITORY.fullmatch(path.name):
        return Skipped(origin, 1, "file of a repository")
    if path.is_symlink():
        if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            return Skipped(origin, 1, "link inside the folder")
        message = "a link that leads out of the folder; import what it leads to"
        return _unreadable(path, message)
    if path.parent == root and path.stem.casefold() == "readme":
        return Skipped(origin, 1, "readme")
    return None


def _unreadable(path: Path, reason: str, advice: str = "") -> Problem:
    return Problem.of(ImportCode.UNREADABLE, escape_invisible(path.as_posix()), reason, advice)
