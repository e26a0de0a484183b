"""Bytes to lines: any bytes give text, and every line keeps its number.

Blanks are folded once, here: tabs become four columns, every Unicode blank a
space, and characters that are invisible or reorder the text are removed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from confnotes.invisible_characters import strip_invisible
from confnotes.model import FieldValue, Problem
from confnotes.notes.codes import NoteCode

LINE_BREAK = re.compile(r"\r\n|\n|\r")
_BLANK = re.compile(r"\s")
_BLANKS = re.compile(r" {2,}")
_MIN_WIDTH, _SHARE_WITHIN = 50, 0.9
"""The least width at which an editor breaks lines, and the share of long lines up to it."""
_MAX_WORD = 15  # By how many characters broken lines differ
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``raw`` keeps its blanks, one space for each column; ``text`` has them folded.

    ``is_nbsp_only`` marks a line of hard blanks (``&nbsp;``), which a blog puts
    between two parts of a post; it has no text.
    """

    number: int
    raw: str
    text: str
    indent: int
    is_nbsp_only: bool = False

    @classmethod
    def of_text(cls, number: int, text: str) -> Line:
        """Return a line of a block, whose indent is not known."""
        return cls(number, text, text, 0)

    def find(self, value: str) -> FieldValue:
        """Return the ``value`` of the field on this line with its column; it may be empty."""
        column = self.raw.rfind(value) + 1 if value else len(self.raw) + 1
        return FieldValue(self.number, max(column, 1), value)

    def wraps_onto(self, below: Line, width: int) -> bool:
        """Return True if an editor that breaks lines at ``width`` has put ``below`` under it."""
        needed = len(self.raw) + len(below.text.split(" ", 1)[0])
        return needed >= max(width, _MIN_WIDTH)


def lines_of_text(number: int, text: str) -> list[Line]:
    """Return the lines of the text of a block, which begins at line ``number``."""
    return [Line.of_text(at, row) for at, row in enumerate(text.split("\n"), number)]


def wrapped_width(lines: Iterable[Line], least: int = 1) -> int:
    """Return the width at which an editor has broken lines; ``least`` of them must be like it."""
    wide = sorted(len(line.raw) for line in lines if len(line.raw) >= _MIN_WIDTH)
    width = wide[int(_SHARE_WITHIN * len(wide))] if wide else 0
    alike = sum(width - _MAX_WORD < length <= width for length in wide)
    return width if alike >= least else 0


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return the text of ``data``, and a problem where it is not UTF-8."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, path)
    if len(data) > 3 and b"\0" in data and (guess := _unmarked_utf16(data)):
        return _decode_as(data, guess, path)
    return _decode_as(data, "utf-8", path)


def _unmarked_utf16(data: bytes) -> str:
    """Return the byte order that the zero bytes of mostly Latin text betray, or nothing."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    most = 0.4 * min(len(data), 4096) / 2
    if odd > most and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > most and odd == 0 else ""


def _decode_as(data: bytes, encoding: str, path: str) -> tuple[str, list[Problem]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
    if encoding == "utf-8":
        text, read_as = _decode_cp1252(data), "Windows-1252"
    else:
        text, read_as = data.decode(encoding, "replace"), encoding
    earlier = LINE_BREAK.split(before)
    message = f"this file is not valid {encoding.upper()}; it was read as {read_as}"
    place = {"line": len(earlier), "column": len(earlier[-1]) + 1}
    return text, [Problem.of(NoteCode.NOT_UTF8, path, message, "save it as UTF-8", **place)]


def _decode_cp1252(data: bytes) -> str:
    """Decode as Windows-1252; its five undefined bytes become the controls of Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def split_lines(text: str) -> list[Line]:
    """Return the lines of ``text``. LF, CRLF and lone CR end a line, nothing else does."""
    rows = LINE_BREAK.split(text)
    if not rows[-1]:
        rows.pop()
    return [_line(number, row) for number, row in enumerate(rows, 1)]


def _line(number: int, row: str) -> Line:
    if row.isascii() and row.isprintable():
        raw = row.rstrip()
    else:
        hard = "\N{NO-BREAK SPACE}" in row
        raw = _BLANK.sub(" ", strip_invisible(row).expandtabs(4)).rstrip()
        if not raw:
            return Line(number, "", "", 0, hard)
    stripped = raw.lstrip()
    return Line(number, raw, _BLANKS.sub(" ", stripped), len(raw) - len(stripped))
