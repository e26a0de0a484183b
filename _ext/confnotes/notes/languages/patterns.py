"""Lookups over the phrases of all languages: sets for whole lines, patterns for parts of a line."""

from __future__ import annotations

import re
from collections import defaultdict
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
_KEY = re.compile(r"(?<!P)<([a-z_.,]+)>")
_SPELLINGS = frozenset({"numbers", "dates.weekdays", "dates.parts_of_day", "dates.months"})
"""Keys whose phrases are spellings of one word, with blanks between them."""


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
def compile_phrases(template: str) -> re.Pattern[str]:
    """Compile a regular expression in which ``<people.by,people.with>`` stands for any phrase.

    It is compiled when it is first used, since all tables of languages are read for it.
    """
    return re.compile(expand_phrases(template))


def expand_phrases(template: str) -> str:
    """Return the regular expression of a template for :func:`compile_phrases`."""
    return _KEY.sub(lambda match: _any_phrase(match[1]), template)


@cache
def _any_phrase(keys: str) -> str:
    """Return a regular expression that matches each phrase for ``keys`` as whole words."""
    return any_of(
        word
        for key in keys.split(",")
        for phrase in phrases(key)
        for word in (phrase.split() if key in _SPELLINGS else [phrase])
        if "{" not in word
    )


def any_of(values: Iterable[str]) -> str:
    """Return a regular expression that matches each of ``values`` as whole words, longest first.

    A digit may follow: ``Track2``.
    """
    found = {*values}
    spaced = {value for value in found if not is_unspaced(value)}
    words = rf"(?<!\w){alternatives(spaced)}(?![^\W\d])" if spaced else ""
    others = alternatives(found - spaced) if found > spaced else ""
    return f"(?:{'|'.join(filter(None, (words, others)))})"


def alternatives(values: Iterable[str]) -> str:
    """Return a regular expression for ``values``, longest first.

    Those with the same first character are one branch, since each branch is tried wherever the
    pattern is searched: it saves a tenth of the time of reading a note.
    """
    branches: defaultdict[str, list[str]] = defaultdict(list)
    for value in sorted({*values}, key=lambda value: (-len(value), value)):
        branches[value[0]].append(escape_phrase(value[1:]))
    tried = (f"{escape_phrase(at)}(?:{'|'.join(ends)})" for at, ends in branches.items())
    return f"(?:{'|'.join(tried)})"


def escape_phrase(phrase: str) -> str:
    """Return a regular expression for one phrase, with any blanks, apostrophes, and last stop."""
    pattern = _BLANKS.sub(r"\\s+", re.escape(phrase)).replace("'", "['’]")
    return f"{pattern}?" if phrase.endswith(".") else pattern
