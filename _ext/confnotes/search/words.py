"""Words of the index: folded, and each Chinese or Japanese character a word.

``static/search/words.js`` does the same with queries.
"""

from __future__ import annotations

import re
import unicodedata

from confnotes.names import LETTER_MARKS, normalize

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Han: scripts without blanks between words."""
_SIGN = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(rf"(?:[^\W_]|[{LETTER_MARKS}])+")
_NO_APOSTROPHES = str.maketrans("", "", "'’‘`´")


def segment(text: str) -> str:
    """Return ``text`` with blanks around each character of a script without blanks."""
    return text if text.isascii() else _SIGN.sub(r" \g<0> ", text)


def split_words(text: str) -> list[str]:
    """Return the words of ``text`` in their order, without case, accents and punctuation."""
    folded = normalize(segment(text)).translate(_NO_APOSTROPHES)
    if not folded.isascii():
        folded = "".join(c for c in folded if c in LETTER_MARKS or not _is_mark(c))
    return _WORD.findall(folded)


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")
