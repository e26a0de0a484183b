"""Fields of a person's page that are about the person: ORCID iD and picture."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath

from confnotes.catalogue.front_matter import FrontMatter

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})


def orcid(page: FrontMatter) -> str:
    """Return the ORCID iD that a page says, empty where there is none or it cannot be one."""
    value = page.scalar("orcid")
    if value is None:
        return ""
    match = _ORCID.fullmatch(value.text)
    if match is None:
        page.add_error(value, f"‘{value.text}’ is no ORCID iD", "type it as 0000-0002-1825-0097")
    elif _check_digit(match[1]) != match[1][-1]:
        message = f"‘{value.text}’ is no ORCID iD: its last digit does not fit the others"
        page.add_error(value, message, "copy it from orcid.org")
    else:
        return match[1]
    return ""


def _check_digit(digits: str) -> str:
    """Return the last digit of an ORCID iD by the others (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits[:-1].replace("-", ""):
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def picture(page: FrontMatter) -> str:
    """Return the path of a person's picture, which is typed as it is reached from the page."""
    value = page.scalar("picture")
    if value is None:
        return ""
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.path), value.text))
    if ":" in value.text or PurePosixPath(path).suffix.lower() not in _PICTURES:
        hint = "type the path of a PNG, JPEG, WebP, GIF, AVIF or SVG file in the project"
        page.add_error(value, f"‘{value.text}’ is no picture", hint)
        return ""
    return path.removeprefix("/")
