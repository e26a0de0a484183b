"""Codes of the problems of ``redirects.txt`` and published addresses."""

from __future__ import annotations

from confnotes.documented_enum import DocumentedStrEnum


class RedirectCode(DocumentedStrEnum):
    """Codes of problems. The text after a code is what the guide prints."""

    BAD_LINE = "bad-redirect", "a line of redirects.txt is not an old and a new place"
    DUPLICATE = "duplicate-redirect", "redirects.txt names an old place twice"
    GONE = (
        "gone-address",
        "a published address leads nowhere, and no redirect says where it leads now",
    )
    SOURCE_EXISTS = "redirect-source-exists", "the old place of a redirect exists"
    UNWRITABLE = "redirect-unwritable", "the page of a redirect cannot be written"
    TARGET_MISSING = "redirect-target-missing", "the new place of a redirect does not exist"
