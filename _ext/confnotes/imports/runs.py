"""A run of text that is not typed yet, with marks for what is bold, leads further or is an image.

Control characters mark it: they are never part of what somebody typed.
"""

from __future__ import annotations

import re

from confnotes.notes.fields import Name, field
from confnotes.notes.lines import Line

BOLD, THIN = "\x01", "\x02"
_ADDRESS, _PICTURE, _END = "\x03", "\x05", "\x04"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLANKS = re.compile(r"[ \t\r\n]+")
_BOLD_ROW = re.compile(f"{BOLD}[^{BOLD}{THIN}]+{THIN}[.:]?")
_ADDRESSED = re.compile(f"{_ADDRESS}([^{_END}]*){_END}")
_PICTURED = re.compile(f"{_PICTURE}([^{_END}]*){_END}")
_LINKED = re.compile(f"([^{_ADDRESS}{_PICTURE}]+){_ADDRESS}([^{_END}]*){_END}")
_MATERIALS = frozenset({Name.SLIDES, Name.VIDEO, Name.MATERIAL})
_LONGEST_HEAD = 180


def sound(text: str) -> str:
    """Return ``text`` without control characters."""
    return _CONTROLS.sub("", text)


def joined(text: str) -> str:
    """Return ``text`` with one blank for many, and for line breaks; hard blanks stay."""
    return _BLANKS.sub(" ", text)


def address(url: str) -> str:
    """Return the mark of where the words before it lead."""
    return f"{_ADDRESS}{url}{_END}"


def picture(shown: str) -> str:
    """Return the mark of an image of which ``shown`` is said."""
    return f"{_PICTURE}{shown}{_END}"


def plain(row: str) -> str:
    """Return a row as it is typed; nothing but a link to the slides is a field."""
    if said := _field(row):
        return said
    row = _PICTURED.sub(r" [image: \1] ", row)
    row = _ADDRESSED.sub(r" (\1)", row.replace(BOLD, "").replace(THIN, ""))
    return joined(row).strip(" ")


def head_of(row: str) -> list[str]:
    """Return a head with what would hide its words, links and images, on lines of their own."""
    pictures = [f"[image: {shown}]" for shown in _PICTURED.findall(row)]
    links = [f"Link: {url}" for url in _ADDRESSED.findall(row)]
    text = "" if _field(row) else _words(row)
    return [text, *pictures, *links] if text else [row]


def may_be_head(rows: list[str]) -> bool:
    ends = _words(rows[-1]).endswith((".", ":", ",", ";"))
    return len(plain(rows[0])) <= _LONGEST_HEAD and not ends and not _field(rows[-1])


def is_bold(row: str) -> bool:
    """Say whether all of a row is bold, but for a point or colon at its end."""
    return bool(_BOLD_ROW.fullmatch(row))


def is_shown(row: str) -> bool:
    return bool(row.strip(BOLD + THIN + " \N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}"))


def _field(row: str) -> str:
    linked = _LINKED.fullmatch(row.replace(BOLD, "").replace(THIN, "").strip())
    text = f"{linked[1].strip()}: {linked[2]}" if linked else ""
    said = field(Line(1, text, text, 0))
    return text if said and said.name in _MATERIALS else ""


def _words(row: str) -> str:
    return plain(_PICTURED.sub("", _ADDRESSED.sub("", row)))
