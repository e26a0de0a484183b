"""Evidence that one side of a heading names people, and the other what they spoke about."""

from __future__ import annotations

import re

from confnotes.notes import weights
from confnotes.notes.entities.name_model import has_given_name, name_score
from confnotes.notes.entities.parse_people import ParsedPeople
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import count_words, is_unspaced

STRONG = frozenset({"dash", "pipe", "by", "note", "possessive", "person"})
"""Separators that stand between a title and its speakers more often than inside of either."""
_MAX_QUOTED = 12  # Words of a title in quotes; a longer text is a saying of somebody
_MAX_NICKNAME = 4  # Characters of a name after ``by`` in a script without blanks
_NICKNAME = re.compile(r"\w[\w.-]{1,19}", re.ASCII)


def is_surely_one(who: ParsedPeople) -> bool:
    """Return True if ``who`` is one person with a full name that begins with a given name."""
    name = who.speakers[0].name
    return len(who.speakers) == 1 and " " in name and has_given_name(name)


def is_nickname(title: str, name: str) -> bool:
    """Return True if what follows ``by`` may be a nickname: ``水の話 by onodera``."""
    is_short = is_unspaced(name) and len(name) <= _MAX_NICKNAME
    return is_short or (is_unspaced(title) and bool(_NICKNAME.fullmatch(name)))


def weigh(who: ParsedPeople, title: str, sign: str) -> float:
    """Return the log-odds that ``who`` are people and ``title`` is what they spoke about."""
    least = weights.MIN_NAME_AT_STRONG if sign in STRONG else weights.MIN_NAME_AT_WEAK
    if who.score < least:
        return weights.IMPOSSIBLE
    lowest = weights.TITLE_LIKE_NAME if " " in title.strip() else weights.WORD_LIKE_NAME
    unlike = max(lowest, min(weights.MAX_UNLIKE_NAME, -name_score(title)))
    unlike *= weights.UNLIKE_NAME if unlike > 0 else 1.0
    return who.score + unlike + weights.SEPARATOR[sign]


def is_saying(title: str) -> bool:
    """Return True if all of a title is in quotes, and it is longer than titles are."""
    return count_words(title) > _MAX_QUOTED and clean_title(title) == title[1:-1]
