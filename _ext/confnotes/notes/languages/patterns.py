"""Lookups over the phrases of all languages: sets for whole lines, patterns for parts of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from confnotes.names import normalize
from confnotes.notes.languages.phrase_tables import phrases

UNSPACED = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f"
"""For a class: characters of scripts in which a word may follow another without a blank."""
EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff\ufe0f"
"""For a class: pictures and arrows."""
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_BLANKS = re.compile(r"(?:\\ )+")


def is_unspaced(text: str) -> bool:
    """Return True if ``text`` has a character of a script without blanks."""
    return not text.isascii() and bool(_IS_UNSPACED.search(text))


def count_words(text: str) -> int:
    """Return the words of a text; where no blanks part them, every third character begins one."""
    return len(text) // 3 if is_unspaced(text) else len(text.split())


@cache
def phrase_set(*keys: str) -> frozenset[str]:
    """Return the phrases that all languages have for ``keys``, normalised."""
    return frozenset(normalize(phrase) for key in keys for phrase in phrases(key))


@cache
def phrase_pattern(*keys: str) -> str:
    """Return a regular expression that matches each phrase for ``keys`` as whole words."""
    return any_of(phrase for key in keys for phrase in phrases(key))


def any_of(values: Iterable[str]) -> str:
    """Return a regular expression that matches each of ``values`` as whole words, longest first.

    A digit may follow: ``Track2``.
    """
    found = sorted(dict.fromkeys(values), key=lambda value: (-len(value), value))
    spaced = [escape_phrase(value) for value in found if not is_unspaced(value)]
    others = [escape_phrase(value) for value in found if is_unspaced(value)]
    words = rf"(?<!\w)(?:{'|'.join(spaced)})(?![^\W\d])" if spaced else ""
    return f"(?:{'|'.join(filter(None, (words, *others)))})"


def escape_phrase(phrase: str) -> str:
    """Return a regular expression for one phrase, with any blanks and any apostrophes."""
    return _BLANKS.sub(r"\\s+", re.escape(phrase)).replace("'", "['’]")
