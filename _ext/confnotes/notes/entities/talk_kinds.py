"""Kinds of session, by the words that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from confnotes.model import TalkKind
from confnotes.notes.languages.patterns import compile_phrases
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
_LABEL = (
    r"(?i)^[\[(]?(?P<kind>(?:<kinds.before>\s+)?<kinds.labels>)(?:\s+#?\d{1,2})?[\])]?"
    r"\s*(?:[-–—|]\s*|[:：／]\s*|\s+(?=[\"“„«「『]))(?=\S)"
    r"|^[\[(【〔［](?P<bracketed><kinds.labels>)[\])】〕］]\s*"
)
_MAX_LENGTH = 30
"""Characters; a longer text that names a kind is about it."""


def match_kind_label(text: str) -> re.Match[str] | None:
    """Match ``Keynote:`` and the like before a title or a name; the group ``kind`` is its words."""
    return compile_phrases(_LABEL).match(text)


@lru_cache(maxsize=4096)
def detect_kind(text: str) -> TalkKind:
    """Return the kind of session that ``text`` names, an ordinary talk if none."""
    label = match_kind_label(text)
    value = (
        label["kind"] or label["bracketed"] if label else text if len(text) < _MAX_LENGTH else ""
    )
    kinds = (k for k, key in KIND_KEYS.items() if compile_phrases(f"(?i)<{key}>").search(value))
    return next(kinds, TalkKind.TALK) if value else TalkKind.TALK


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
