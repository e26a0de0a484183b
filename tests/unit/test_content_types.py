"""What a file is by its content."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest
from confnotes.notes.content_types import detect_file_type


def archive(*members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in members:
            text = "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x"
            file.writestr(name, text)
    return data.getvalue()


FORMATS = {
    "Word document": archive("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
    "OpenDocument file": archive("mimetype", "content.xml"),
    "spreadsheet": archive("[Content_Types].xml", "xl/workbook.xml"),
    "archive": archive("notes/a.txt"),
    "PDF document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "RTF document": b"{\\rtf1\\ansi Wells}",
    "calendar (iCalendar)": b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
    "mailbox": b"From ana@example.org Mon Jan  6 10:00:00 2031\nSubject: Wells\n\nDeep\n",
    "e-mail message": b"Subject: Wells\nTo: a@e.org\n\tb@e.org\nMessage-ID: <1@x>\n\nHi\n",
    "image": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "audio file": b"ID3\x03\0\0\0\0\0\x21",
    "video": b"\0\0\0\x20ftypisom\0\0\2\0",
    "program": b"\x7fELF\2\1\1\0",
    "database": b"SQLite format 3\0\x10\0",
    "office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
    "script": b"#!/bin/sh\nrm wells\n",
    "key or encrypted text": b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n",
    "LaTeX document": b"\\documentclass[a4paper]{article}\n\\begin{document}\n",
    "subtitles": b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\nWells\n",
    "JSON data": json.dumps({"talks": []}).encode(),
    "binary file": random.Random(0).randbytes(500),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_told_by_its_content(name: str) -> None:
    kind = detect_file_type(FORMATS[name])
    assert kind is not None
    assert kind.name == name
    assert kind.advice


NOTE = "Quarry Days 2031 – Day 1\n\nWells by Ana Ruiz\n\n• deep — naïve ‘x’\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_in_any_encoding_is_text(encoding: str) -> None:
    assert detect_file_type(NOTE.encode(encoding)) is None


@pytest.mark.parametrize("encoding", ["shift_jis", "gb18030", "euc-jp", "iso2022-jp"])
def test_text_of_other_scripts_is_text(encoding: str) -> None:
    assert (
        detect_file_type("井戸と水のカンファレンス、一日目\n\n・深い\n".encode(encoding) * 50)
        is None
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[Wells]] by Ana Ruiz",
        "{not JSON}",
        "Event: Quarry Days\nDate: 2031-01-02\n\nReceived: nothing",
        "-----BEGIN-----\n\nWells by Ana Ruiz",
        "PK is short for Pam Kwan\n",
        "ID3 tags – Ana Ruiz",
        "From here to 2031\n\nAna Ruiz: wells",
        "a\x07b",
        "\x1b[1mWells\x1b[0m\n" * 100,
    ],
)
def test_text_that_looks_a_little_like_another_format_is_text(text: str) -> None:
    assert detect_file_type(text.encode()) is None


def test_one_zero_byte_is_no_text() -> None:
    assert detect_file_type(NOTE.encode() * 5000 + b"\0") is not None


def test_json_nested_without_end_is_json() -> None:
    assert detect_file_type(b"[" * 100_000 + b"]" * 100_000) is not None
