"""The name and the public URLs of the site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True)
class Site:
    """``base_url`` is the public URL of the root, with a slash at its end, or empty.

    ``uri`` turns a docname into the address of its page, relative to the root.
    """

    name: str
    base_url: str
    uri: Callable[[str], str]
    _: KW_ONLY
    language: str = "en"
    picture_path: Callable[[str], str] = str
    """From the path of a picture in the project to its path in the output, empty without one."""

    def page(self, docname: str, anchor: str = "") -> str:
        """Return the address of a page or of an anchor on it, absolute if ``base_url`` is set."""
        fragment = f"#{anchor}" if anchor else ""
        return f"{self.base_url}{self.uri(docname)}{fragment}"

    def picture(self, path: str) -> str:
        """Return the address of a picture, empty if there is none."""
        found = self.picture_path(path) if path else ""
        return self.file(found) if found else ""

    def file(self, path: str) -> str:
        """Return the address of a file below the root of the output."""
        return self.base_url + path
