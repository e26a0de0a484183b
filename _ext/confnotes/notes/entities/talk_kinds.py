"""Kinds of session, by the words that name them."""

from __future__ import annotations

import re

from confnotes.model import TalkKind

_KINDS = (
    (TalkKind.PANEL, re.compile(r"\bpanel(?: discussion)?\b|\bfireside chat\b", re.IGNORECASE)),
    (TalkKind.KEYNOTE, re.compile(r"\b(?:keynotes?|plenary)\b", re.IGNORECASE)),
    (
        TalkKind.LIGHTNING,
        re.compile(r"\b(?:lightning(?: talks?)?|ignites?|flash talks?)\b", re.IGNORECASE),
    ),
    (
        TalkKind.WORKSHOP,
        re.compile(r"\b(?:workshop|tutorial|hands[- ]on|training)\b", re.IGNORECASE),
    ),
    (
        TalkKind.QUESTIONS,
        re.compile(r"\b(?:q ?(?:&|and|n|\+) ?a|ask me anything|ama)\b", re.IGNORECASE),
    ),
)
KIND_LABEL = re.compile(
    r"^[\[(]?(?P<kind>(?:(?:opening|closing|morning|afternoon|evening|final|invited)\s+)?"
    r"(?:keynote|lightning talk|lt|panel(?: discussion)?|workshop|tutorial|talk|session|"
    r"presentation|plenary|q&a|sponsor talk|fireside chat|demo|poster))(?:\s+#?\d{1,2})?[\])]?"
    r"\s*(?:[-–—:|]\s*|\s+(?=[\"“]))(?=\S)|^[\[(](?P<kind2>keynote|lightning talk|panel|workshop|"
    r"tutorial|talk)[\])]\s+",
    re.IGNORECASE,
)
"""``Keynote:`` and the like before a title or a name."""


def detect_kind(text: str) -> TalkKind:
    """Return the kind of session that ``text`` names, an ordinary talk if none."""
    label = KIND_LABEL.match(text)
    value = (label["kind"] or label["kind2"] if label else "") or (text if len(text) < 30 else "")
    for kind, pattern in _KINDS:
        if pattern.search(value):
            return kind
    return TalkKind.TALK
