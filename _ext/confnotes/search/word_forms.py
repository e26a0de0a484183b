"""The forms in which the index has a word, so that Pagefind's search finds it.

A word is lower case, without punctuation and accents, and stemmed; parts of a compound as
``HTML5Parser`` and ``cloud-native`` are words, too. A word with accents is remembered with them,
and ranks first where a query has them. Pagefind does the same to a query, in the browser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TypeAlias, cast

from Stemmer import Stemmer  # type: ignore[import-not-found]

_PART = re.compile("0+|A+(?!a)|A?a+")
_CLASSES = {"Lu": "A", "Ll": "a", "Nd": "0", "Nl": "0", "No": "0", "Pc": "_", "So": "*"}
_JOINERS = frozenset({7, 9})
"""Combining classes of nuktas and viramas, of which Pagefind keeps a word with and without."""


WordKey: TypeAlias = tuple[str, str]
"""A stem without accents, and the word with its accents, empty without any."""
WordForms: TypeAlias = Callable[[str], tuple[tuple[WordKey, int], ...]]
"""From a word, as typed, to its forms: a key, and 0 for the whole word, for a part their number."""


def stemmer(language: str) -> Callable[[str], str] | None:
    """Return the function that stems words as Pagefind does, None without one."""
    name = language.partition("-")[0]
    try:
        known = Stemmer("no" if name in {"nb", "nn"} else name)
    except KeyError:
        return None
    return cast("Callable[[str], str]", known.stemWord)


def word_forms(stem: Callable[[str], str]) -> WordForms:
    """Return the function from words to their forms; ``stem`` is the function that stems."""

    def key(word: str) -> WordKey:
        plain = _without_accents(word)
        return stem(plain), word if plain != word else ""

    @cache  # most words occur often
    def forms(typed: str) -> tuple[tuple[WordKey, int], ...]:
        if typed.isascii() and typed.isalpha() and typed.islower():
            return (((stem(typed), ""), 0),)
        word = unicodedata.normalize("NFC", typed)
        shape = "".join(map(_class, word))
        kept = (c for c, kind in zip(word, shape, strict=True) if kind in "Aa0_")
        whole = "".join(c for c in kept if unicodedata.combining(c) not in _JOINERS).lower()
        found = [word[part.start() : part.end()].lower() for part in _PART.finditer(shape)]
        is_one = len(found) == 1 and whole.startswith(found[0])
        parts = [] if is_one else [part for part in found if len(part.encode()) > 1]
        signs = [((c, ""), 0) for c, kind in zip(word, shape, strict=True) if kind == "*"]
        made = [(key(whole), 0), *((key(part), len(parts)) for part in parts), *signs]
        return tuple(each for each in made if each[0][0])

    return forms


@cache
def _class(char: str) -> str:
    category = unicodedata.category(char)
    return _CLASSES.get(category) or ("a" if category[0] in "LM" else " ")


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return "".join(c for c in apart if unicodedata.category(c)[0] != "M")
