"""Names of people: keys that all spellings of a name share, and sort keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_ASIA = (*range(0x900, 0x10A0), *range(0x1780, 0x1800))
LETTER_MARKS = "".join(sign for sign in map(chr, _ASIA) if unicodedata.category(sign)[0] == "M")
"""Marks from Devanagari to Myanmar, and Khmer: vowels and other letters, which are no accents."""


class _Folding(dict[int, str | None]):
    """A table for ``str.translate`` that removes accents."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        is_accent = unicodedata.combining(sign) and sign not in LETTER_MARKS
        self[code] = None if is_accent else sign
        return self[code]


# Letters that NFKD leaves whole although a reader types them without their stroke.
_STROKES = zip("øđðłıæœþß", "o d d l i ae oe th ss".split(), strict=True)
_FOLD = _Folding((ord(sign), plain) for sign, plain in _STROKES)
_WORD = re.compile(rf"[\w{LETTER_MARKS}]+")
_NO_MARKS = str.maketrans("_", " ", "'’‘`´.")
PARTICLES = frozenset(
    "al af av da das de del della den der di dos du el la le las los".split()
    + "ten ter van von zu zum zur".split()
)
_TITLES = frozenset("dr prof professor".split())
DEGREES = frozenset("phd dphil msc bsc mba meng beng".split())
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})


def normalize(text: str) -> str:
    """Return ``text`` without case, accents and width, for comparing and for addresses."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_FOLD)


@cache
def name_key(name: str) -> str:
    """Return what all spellings of one name share: folded words, punctuation gone.

    ``O'Brien, Zoë`` and ``o’brien zoe`` have one key; the order of words counts. Titles before
    a whole name and degrees after it do not: ``Dr. Ana Ruiz, PhD``.
    """
    folded = normalize(name)
    if folded.isascii() and folded.replace(" ", "").isalpha():
        words = folded.split()
    else:
        words = _WORD.findall(folded.translate(_NO_MARKS))
    return " ".join(_without_honorifics(words, words))


def family_key(name: str) -> str:
    """Return the last word of a name's key: ``T. Baker`` and ``Thomas Baker`` share it."""
    return name_key(name).rpartition(" ")[2]


def bare_name(name: str) -> str:
    """Return a name without titles and degrees: ``Dr. Ana Ruiz, PhD`` → ``Ana Ruiz``."""
    words = name.split()
    return " ".join(_without_honorifics(words, list(map(name_key, words)))).removesuffix(",")


def _without_honorifics(words: Sequence[str], keys: Sequence[str]) -> Sequence[str]:
    """Return ``words``, whose keys are ``keys``, without titles and degrees; two words are left."""
    first, last = 0, len(words)
    while last - first > 2 and keys[first] in _TITLES:
        first += 1
    while last - first > 2 and keys[last - 1] in DEGREES:
        last -= 1
    return words[first:last]


def has_only_honorifics(text: str) -> bool:
    """Return True if each word, if any, is a title before a name or a degree after it."""
    return all(name_key(word) in _TITLES | DEGREES for word in text.split())


@cache
def sort_key(name: str) -> tuple[str, str]:
    """Return (family, given), folded. Particles stay with the family: ``van Rossum``."""
    words = name_key(name).split()
    first = _family_start(words)
    return " ".join(words[first:]), " ".join(words[:first])


def split_name(name: str) -> tuple[str, str]:
    """Return (family, given) as ``name`` spells them; a single word is all family."""
    words = name.replace(",", " ").split()
    first = _family_start([name_key(word) for word in words])
    return " ".join(words[first:]), " ".join(words[:first])


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of ``name``, without brackets."""
    letters = [word[0] for word in re.findall(r"[^\W\d_]+", name.partition(" (")[0])]
    return "".join(letters[:1] + letters[1:][-1:]).upper()


def _family_start(words: Sequence[str]) -> int:
    """Return the index of the first word of the family name among folded ``words``."""
    first = len(words) - 1
    while first > 0 and words[first] in _SUFFIXES:
        first -= 1
    while first > 1 and words[first - 1] in PARTICLES:
        first -= 1
    return max(first, 0)


@cache
def identity_key(name: str) -> str:
    """Return what all spellings of ``name`` share; never empty."""
    return name_key(name) or normalize(name)
