"""The language of a note, from its script and its most common words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

from confnotes.notes.languages.phrase_tables import languages

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
)
_MAX_LENGTH = 20_000
"""Characters; the beginning of a long note tells its language."""
_MIN_SCRIPT = 0.08
"""The share of letters in a script that only one language has; names and quotes are less."""
_MIN_COMMON = 0.06
"""The share of words that are among the common words of the language."""
_MIN_WORDS = 40
"""Words; with fewer, a note that fits no table is one in English."""


def guess_language(text: str) -> str:
    """Return the code of the language of ``text``, or nothing if no table has it."""
    text = text[:_MAX_LENGTH]
    words = [word.casefold() for word in _WORD.findall(text)]
    letters = sum(map(len, words))
    for code, pattern in _SCRIPTS if not text.isascii() else ():
        if len(pattern.findall(text)) > _MIN_SCRIPT * letters:
            return code
    shares: defaultdict[str, float] = defaultdict(float)
    distinct: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for code in _codes().get(word, ()):
            shares[code] += count / len(_codes()[word])
            distinct[code] += 1
    code = max(shares, key=lambda code: (shares[code], code == "en"), default="")
    is_long = len(words) >= _MIN_WORDS
    if code and shares[code] >= _MIN_COMMON * len(words) and distinct[code] > 2 * is_long:
        return code
    is_latin = sum(len(word) for word in words if word.isascii()) * 2 >= letters
    return "en" if is_latin and not is_long else ""


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    """Return the languages of each common word."""
    found: dict[str, tuple[str, ...]] = {}
    for table in languages():
        for word in table.phrases("common_words"):
            found[word.casefold()] = (*found.get(word.casefold(), ()), table.code)
    return found
