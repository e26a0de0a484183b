"""What a blog leaves around a post: lines that nobody typed as notes."""

from __future__ import annotations

import re

from confnotes.notes.codes import DropReason

_ALONE: tuple[tuple[DropReason, re.Pattern[str]], ...] = (
    (
        DropReason.SHARING,
        re.compile(
            r"share(?: this| \d{1,5}|:| this:)?|tweet(?: \d+)?|like this:?|like loading\.*|"
            r"loading\.{3}|(?:\d+ )?likes?:?|liked by .{1,60}|pin it|"
            r"share on \w+(?: \w+)?|click to (?:share|"
            r"email|print)\b.*|"
            r"email this post|print this post|facebook twitter.*|like \d+|"
            r"share(?:\s*[|•·]\s*(?:tweet|print|email|facebook|twitter))+",
            re.IGNORECASE,
        ),
    ),
    (
        DropReason.NAVIGATION,
        re.compile(
            r"(?:←|«|<<) ?[^»]{0,80}|[^«>]{0,80} (?:→|»|>>)|(?:older|newer) (?:posts|entries)|"
            r"leave a (?:comment|reply)|"
            r"(?:no|\d+) comments?|comments? (?:off|closed|are closed)|read more|continue "
            r"reading.*|"
            r"skip to (?:main )?content|back to top|post navigation|permalink|"
            r"(?:posted|published) (?:in|on|by) .{1,80}|filed under .{1,80}|tagged (?:with "
            r")?.{1,80}|"
            r"(?:previous|next)(?: post| article| entry)|related(?: posts)?:?|syndicated .*|"
            r"this entry was posted .*|advertisements?|report this ad",
            re.IGNORECASE,
        ),
    ),
    (
        DropReason.READING_TIME,
        re.compile(
            r"\d{1,3}[ -]min(?:ute)?s?(?: read)?|\d[\d,.]* words|"
            r"(?:estimated )?reading time:? .{1,20}|\d+ views?",
            re.IGNORECASE,
        ),
    ),
)
_MAX_LENGTH = 120


def boilerplate_reason(text: str) -> DropReason | None:
    """Return why a line that stands alone is no part of the notes, if it is none."""
    if len(text) > _MAX_LENGTH:
        return None
    for reason, pattern in _ALONE:
        if pattern.fullmatch(text):
            return reason
    return None
