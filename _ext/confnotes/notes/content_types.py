"""What a file is by its content: text, or a format in which nobody types notes.

Most formats begin with a signature. Without one, a file is text unless it holds NUL or many
control characters once it is decoded. Nothing is unpacked, whatever a file says of itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from confnotes.notes.syntax.lines import decode

HEAD_SIZE = 1 << 16
"""Bytes from the start of a file that hold its signature."""
MAX_CONTROLS = 2
MAX_CONTROL_SHARE = 0.01
"""Text may have up to this share of control characters, and a few in any case."""
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


FORMATS = "import text, Markdown, reStructuredText, Org, AsciiDoc, saved HTML or a WordPress export"


@dataclass(frozen=True, slots=True)
class FileType:
    """A format that is not read, and what to do instead. ``is_typed``: people write text in it."""

    name: str
    advice: str = FORMATS
    is_typed: bool = False


_AS_TEXT = "save it as text or HTML and import that file"
_PROGRAMME = "a programme is read as a file of its own: schedule.json, pyvideo’s, iCalendar"
_IMAGE = FileType("image")
_AUDIO = FileType("audio file")
_VIDEO = FileType("video")
_PROGRAM = FileType("program")
_DATABASE = FileType("database")
_BINARY = FileType("binary file")
_ARCHIVE = FileType("archive", "unpack it and import the folder")
_JSON = FileType("JSON data", _PROGRAMME)
_WORD = FileType("Word document", _AS_TEXT, is_typed=True)
_OPEN_DOCUMENT = FileType("OpenDocument file", _AS_TEXT, is_typed=True)
_OFFICE = FileType("office document", _AS_TEXT, is_typed=True)
_RTF = FileType("RTF document", _AS_TEXT, is_typed=True)
_WEB_ARCHIVE = FileType("web archive or property list", "save the page as HTML", is_typed=True)
_CALENDAR = FileType("calendar (iCalendar)", _PROGRAMME, is_typed=True)
_MAILBOX = FileType("mailbox", "save the text of each message as a file", is_typed=True)
_LATEX = FileType("LaTeX document", _AS_TEXT, is_typed=True)
_KEY = FileType("key or encrypted text", "keep it out of what is published", is_typed=True)
_MAIL = FileType("e-mail message", "save its text as a file", is_typed=True)

_BINARY_SIGNATURES = (
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|8BPS\x00|\x00\x00\x01\x00", _IMAGE),
    (rb"BM.{4}\x00{4}|RIFF.{4}WEBP|.{4}ftyp(?:hei[cx]|mif1|avif)", _IMAGE),
    (
        rb"RIFF.{4}WAVE|ID3[\x02-\x04]\x00|\xff[\xf1-\xfb]|OggS\x00|fLaC\x00|MThd\x00|.{4}ftypM4A",
        _AUDIO,
    ),
    (rb"RIFF.{4}AVI |.{4}ftyp|\x1aE\xdf\xa3|\x00\x00\x01[\xb3\xba]|FLV\x01", _VIDEO),
    (rb"\x7fELF|MZ.{0,64}?\x00|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|\x00asm", _PROGRAM),
    (rb"SQLite format 3\x00|\x00\x01\x00\x00Standard ", _DATABASE),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (rb"bplist0", _WEB_ARCHIVE),
    (rb"%PDF-\d", FileType("PDF document", _AS_TEXT)),
    (rb"%!PS", FileType("PostScript document", _AS_TEXT)),
    (rb"\{\\rtf\d", _RTF),
    (rb"PK\x03\x04.{26}mimetypeapplication/epub", FileType("EPUB book", _AS_TEXT)),
    (rb"PK\x03\x04.{26}mimetypeapplication/", _OPEN_DOCUMENT),
    (rb"PK\x03\x04(?=.*?PK\x03\x04.{26}word/)", _WORD),
    (rb"PK\x03\x04(?=.*?PK\x03\x04.{26}xl/)", FileType("spreadsheet", _AS_TEXT)),
    (rb"PK\x03\x04(?=.*?PK\x03\x04.{26}ppt/)", FileType("presentation", _AS_TEXT)),
    (rb"PK\x03\x04|PK\x05\x06|\x1f\x8b|BZh\d1AY|\xfd7zXZ\x00|7z\xbc\xaf|Rar!\x1a", _ARCHIVE),
    (rb"\x28\xb5\x2f\xfd|.{257}ustar", _ARCHIVE),
)
_TEXT_SIGNATURES = (
    (r"BEGIN:VCALENDAR\b", _CALENDAR),
    (r"BEGIN:VCARD\b", FileType("address card (vCard)")),
    (r"From \S+ .*\d{4}\r?\n[\w-]+: ", _MAILBOX),
    (r"(?:[A-Z][\w-]*: .*\r?\n(?:[ \t].*\r?\n)*)*?(?:Received|Message-ID|Return-Path): ", _MAIL),
    (r"(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?(?:<!doctype svg[^>]*>\s*)?<svg\b", _IMAGE),
    (r"#!\s?/", FileType("script")),
    (r"-----BEGIN [A-Z ]+-----", _KEY),
    (r"\\documentclass\b", _LATEX),
    (r"WEBVTT\b", FileType("subtitles")),
)
_BINARIES = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _BINARY_SIGNATURES)
_TEXTS = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _TEXT_SIGNATURES)


def detect_binary(data: bytes) -> FileType | None:
    """Return the format whose signature is at the start of ``data``, None if it may be text."""
    start = data[:HEAD_SIZE]
    return next((kind for signature, kind in _BINARIES if signature.match(start)), None)


def detect_file_type(data: bytes) -> FileType | None:
    """Return the format of ``data``, or None if it is text: a note, HTML or XML."""
    if kind := detect_binary(data):
        return kind
    text, _ = decode(data, "")
    start = text[:HEAD_SIZE].lstrip()
    for beginning, kind in _TEXTS:
        if beginning.match(start):
            return kind
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > max(MAX_CONTROLS, MAX_CONTROL_SHARE * len(text)):
        return _BINARY
    return _JSON if _is_json(text) else None


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except RecursionError:
        return True
    except ValueError:
        return False
