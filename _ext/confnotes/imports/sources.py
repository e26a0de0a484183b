"""What somebody names on the command line, as posts: a dump, a folder, an export, a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from confnotes.imports import dump, folder, page, wordpress
from confnotes.imports.codes import Code, problem
from confnotes.imports.post import LeftOut, Post, SourceError
from confnotes.notes import NOTHING_KNOWN, Known

_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<(?:\?xml|rss\b)", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<(?:!doctype\s+html|html\b)", re.IGNORECASE)
_START = 1024


def read(source: Path, *, known: Known = NOTHING_KNOWN) -> Iterator[Post | LeftOut | SourceError]:
    """Yield what ``source`` holds; what cannot be read or holds nothing is yielded as an error."""
    something = False
    for one in _held(source, known):
        something = something or not isinstance(one, LeftOut)
        yield one
    if not something:
        kinds = "text, Markdown, reStructuredText, saved HTML and WordPress exports can be imported"
        origin = source.as_posix()
        yield SourceError(problem(Code.NO_POST, origin, "there is no note in it", kinds))


def _held(source: Path, known: Known) -> Iterator[Post | LeftOut | SourceError]:
    if not source.is_dir():
        yield from _file(source, source.name, known, of_folder=False)
        return
    top = source.resolve()
    for path, why_not in folder.files(source):
        if why_not:
            yield LeftOut(path.as_posix(), 1, why_not)
        else:
            relative = f"{top.name}/{path.relative_to(source).as_posix()}"
            yield from _file(path, relative, known, of_folder=True)


def _file(
    path: Path, relative: str, known: Known, *, of_folder: bool
) -> Iterator[Post | LeftOut | SourceError]:
    origin = path.as_posix()
    try:
        with path.open("rb") as stream:
            start = stream.read(_START)
            stream.seek(0)
            if _is_export(path, start):
                yield from wordpress.posts(stream, origin)
                return
            if of_folder and not path.suffix and b"\0" in start:
                yield LeftOut(origin, 1, "program or picture")
                return
            data = stream.read()
    except SourceError as error:
        yield error
        return
    except OSError as error:
        yield SourceError(problem(Code.UNREADABLE, origin, error.strerror or str(error)))
        return
    if _is_page(path, start):
        html = _archived(data) if path.suffix.casefold() in folder.ARCHIVES else data
        found = page.posts(
            html, origin, _with_suffix(relative, ".txt"), named=of_folder, known=known
        )
    else:
        found = _notes(data, origin, relative, known, of_folder=of_folder)
    if not found:
        yield LeftOut(origin, 1, "empty file")
    yield from found


def _archived(data: bytes) -> bytes:
    """Return the page in an archive of MIME parts: the first of them that is HTML."""
    parts = message_from_bytes(data).walk()
    pages = (part.get_payload(decode=True) for part in parts if _is_html(part))
    return next((page for page in pages if isinstance(page, bytes)), b"")


def _is_html(part: Message) -> bool:
    return part.get_content_type() == "text/html"


def _notes(data: bytes, origin: str, relative: str, known: Known, *, of_folder: bool) -> list[Post]:
    """Split a text file at its posts; one that holds a single post of its own keeps every byte."""
    suffix = folder.SUFFIXES.get(Path(relative).suffix.casefold(), ".txt")
    path = _with_suffix(relative, suffix)
    posts = dump.split(data, origin, path, known=known)
    if len(posts) == 1 and (of_folder or suffix != ".txt"):
        return [Post(origin, 1, data, path, path, named=True)]
    return posts


def _with_suffix(relative: str, suffix: str) -> str:
    known = Path(relative).suffix.casefold()
    is_known = known in folder.SUFFIXES or known in folder.PAGES
    return (relative.removesuffix(Path(relative).suffix) if is_known else relative) + suffix


def _is_export(path: Path, start: bytes) -> bool:
    if path.suffix.casefold() in folder.EXPORTS:
        return not _HTML.match(start)
    return bool(_XML.match(start)) and path.suffix.casefold() not in folder.PAGES


def _is_page(path: Path, start: bytes) -> bool:
    return path.suffix.casefold() in folder.PAGES or bool(_HTML.match(start))
