"""A person, and the fields of a person's page."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from typing import NamedTuple

from confnotes.catalogue.page_front_matter import FrontMatter
from confnotes.model import Link
from confnotes.names import normalize, sort_key
from confnotes.slugs import slugify

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})


class Person(NamedTuple):
    """A speaker. ``aliases`` are the declared ones and every other spelling in the notes."""

    slug: str
    name: str
    sorted_as: str = ""
    """The family name that a page gives; empty for that of the name."""
    aliases: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    pronouns: str = ""
    website: str = ""
    orcid: str = ""
    picture: str = ""
    """The path of a file, relative to the root."""
    namesakes: tuple[str, ...] = ()
    """The slugs of other people of this name who have pages."""

    @property
    def sort_key(self) -> tuple[str, str]:
        """(family, given), folded."""
        if self.sorted_as:
            return normalize(self.sorted_as), normalize(self.name)
        return sort_key(self.name)

    @property
    def docname(self) -> str:
        return f"speakers/{self.slug}"

    @property
    def orcid_url(self) -> str:
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""

    @property
    def distinction(self) -> str:
        """The part of the slug after the name, empty for a person without namesakes.

        It is ``cook`` for Ana Ruiz at ``ana-ruiz-cook``.
        """
        if not self.namesakes:
            return ""
        name = slugify(self.name)
        return "" if self.slug == name else self.slug.removeprefix(f"{name}-")

    @property
    def label(self) -> str:
        """The name, with the distinction from namesakes."""
        return f"{self.name} ({self.distinction})" if self.distinction else self.name


def orcid_of(page: FrontMatter) -> str:
    """Return the ORCID iD of a page, empty if there is none or it is invalid."""
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
    """Return the check digit of an ORCID iD (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits[:-1].replace("-", ""):
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def picture_of(page: FrontMatter) -> str:
    """Return the path of a person's picture, which is typed relative to the page."""
    value = page.scalar("picture")
    if value is None:
        return ""
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.path), value.text))
    if ":" in value.text or PurePosixPath(path).suffix.lower() not in _PICTURES:
        hint = "type the path of a PNG, JPEG, WebP, GIF, AVIF or SVG file in the project"
        page.add_error(value, f"‘{value.text}’ is no picture", hint)
        return ""
    return path.removeprefix("/")
