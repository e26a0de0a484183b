"""Kinds of session, by the words that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from confnotes.model import TalkKind
from confnotes.notes.languages.patterns import phrase_pattern
from confnotes.notes.languages.phrase_tables import phrases

KIND_KEYS = {
    TalkKind.PANEL: "kinds.panel",
    TalkKind.KEYNOTE: "kinds.keynote",
    TalkKind.LIGHTNING: "kinds.lightning",
    TalkKind.WORKSHOP: "kinds.workshop",
    TalkKind.QUESTIONS: "kinds.questions",
}
_FIELD_KEYS = {**KIND_KEYS, TalkKind.TALK: "kinds.labels"}
"""The words of each kind in the tables of languages."""
_MAX_LENGTH = 30
"""Characters; a longer text that names a kind is about it."""


def match_kind_label(text: str) -> re.Match[str] | None:
    """Match ``Keynote:`` and the like before a title or a name; the group ``kind`` is its words."""
    return _label().match(text)


@lru_cache(maxsize=4096)
def detect_kind(text: str) -> TalkKind:
    """Return the kind of session that ``text`` names, an ordinary talk if none."""
    label = match_kind_label(text)
    value = (
        label["kind"] or label["bracketed"] if label else text if len(text) < _MAX_LENGTH else ""
    )
    return next((kind for kind in KIND_KEYS if value and _kind(kind).search(value)), TalkKind.TALK)


@cache
def _kind(kind: TalkKind) -> re.Pattern[str]:
    return re.compile(phrase_pattern(KIND_KEYS[kind]), re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    label, before = phrase_pattern("kinds.labels"), phrase_pattern("kinds.before")
    return re.compile(
        rf"^[\[(]?(?P<kind>(?:{before}\s+)?{label})(?:\s+#?\d{{1,2}})?[\])]?"
        rf"\s*(?:[-–—|]\s*|[:：／]\s*|\s+(?=[\"“„«「『]))(?=\S)"
        rf"|^[\[(【〔［](?P<bracketed>{label})[\])】〕］]\s*",
        re.IGNORECASE,
    )


def parse_kind(value: str) -> TalkKind | None:
    """Return the kind that a ``Kind:`` field names."""
    value = value.strip().casefold()
    return _kinds().get(value) or _kinds().get(value.rstrip("s"))


@cache
def _kinds() -> Mapping[str, TalkKind]:
    """Return kinds by their names in all languages, the first that has a name."""
    found = {kind.value: kind for kind in TalkKind} | {"qa": TalkKind.QUESTIONS}
    for kind, key in _FIELD_KEYS.items():
        for word in phrases(key):
            found.setdefault(word.casefold(), kind)
    return found
