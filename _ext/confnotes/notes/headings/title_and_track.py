"""A title without the quotes, the signs and the track around it."""

from __future__ import annotations

import re

from confnotes.notes.headings.separators import separator_pattern

_TRACK = re.compile(
    r"\b(?:mini-?conf(?:erence)?|track|devroom|dev room|room|stage|stream|symposium|"
    r"hall|theat(?:er|re))\b|^(?:session|block|slot) ?\w?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"^(?:\"(?P<straight>[^\"]+)\"|[“”„«「『《](?P<curly>[^“”„«»「」『』《》]+)[“”»」』》])$"
)
_HANDLE_LAST = re.compile(
    r"^(?P<title>[^@]*[^@\s(–—|-])\s*[–—|(-]?\s*@(?P<handle>(?![A-Z][a-z]+\b)\w[\w.]*)\)?"
    r"(?: \((?P<company>[^()@]+)\))?$"
)
"""``@Globex`` is a company."""


def clean_title(text: str) -> str:
    """Return a title without the signs and quotes around it."""
    text = text.strip().strip("|–—｜").strip(" ,:-：／") if text.strip("-–—|,: ") else text
    quoted = _QUOTED.match(text)
    return (quoted["straight"] or quoted["curly"]).strip() if quoted else text


def split_handle(text: str) -> tuple[str, str, str]:
    """Split ``Queues @ana (Acme)``, after a name, into the title, the handle and the company."""
    match = _HANDLE_LAST.match(text)
    return (match["title"], match["handle"], match["company"] or "") if match else (text, "", "")


def split_track(left: str) -> tuple[str, str]:
    """Split ``Open Cloud Miniconf – Title`` into the title and the track."""
    for separator in separator_pattern().finditer(left):
        before = left[: separator.start()].strip()
        if separator.lastgroup in {"dash", "pipe"} or (
            separator.lastgroup == "colon" and "onf" in before
        ):
            if _TRACK.search(before) and len(before.split()) <= 6:
                return left[separator.end() :], before
            break
    return left, ""
