"""Split a text file at the headings of posts, without boilerplate."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise

from confnotes.digests import digest
from confnotes.imports.source_post import SourcePost
from confnotes.model import NO_KNOWN_ENTITIES, KnownEntities
from confnotes.notes.codes import DropReason
from confnotes.notes.pipeline import read_posts
from confnotes.notes.syntax.lines import decode

_BOILERPLATE = frozenset({DropReason.SHARING, DropReason.NAVIGATION, DropReason.READING_TIME})
_BLANK = re.compile(rb"(?:\s|\xc2\xa0)*")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def split_posts(
    data: bytes, origin: str, path: str, *, known: KnownEntities = NO_KNOWN_ENTITIES
) -> list[SourcePost]:
    """Return the posts of ``data``, each line byte for byte as it was typed.

    Only a file in UTF-16 or UTF-32 is converted to UTF-8.
    """
    data = _to_utf8(data, path)
    notes = read_posts(data, path, known=known)
    lines = data.splitlines(keepends=True)
    starts = [0, *(note.line - 1 for note in notes[1:]), len(lines)]
    posts = []
    for note, (start, end) in zip(notes, pairwise(starts), strict=True):
        dropped = {one.line - 1 for one in note.dropped if one.reason in _BOILERPLATE}
        kept = [lines[at] for at in range(start, end) if at not in dropped]
        if text := _trimmed(kept):
            line = max(start, note.line - 1) + 1
            post = SourcePost(origin=origin, line=line, text=text, path=path, identity=digest(text))
            posts.append(post)
    return posts


def _to_utf8(data: bytes, path: str) -> bytes:
    if data.startswith(_WIDE) or b"\0" in data:
        text, _ = decode(data, path)
        if data.startswith(_WIDE) or "\0" not in text:
            return text.encode("utf-8", "surrogatepass")
    return data.removeprefix(codecs.BOM_UTF8)


def _trimmed(lines: list[bytes]) -> bytes:
    """Join ``lines`` without blank ones at the beginning and end."""
    while lines and _BLANK.fullmatch(lines[-1]):
        lines.pop()
    first = next((at for at, line in enumerate(lines) if not _BLANK.fullmatch(line)), len(lines))
    text = b"".join(lines[first:])
    return text if not text or text.endswith((b"\n", b"\r")) else text + b"\n"
