"""What can be the name of one person at all, whoever it is."""

from __future__ import annotations

import re
from functools import lru_cache

from confnotes.names import normalize
from confnotes.notes.entities.name_model import has_given_name, name_score
from confnotes.notes.entities.roles_and_employers import has_role, may_be_affiliation
from confnotes.notes.languages.patterns import phrase_set

_ACRONYM = re.compile(r"(?<![\w'’.-])(?!I{1,3}\b|PhD)[A-Z]{3,}(?![\w'’.-])")
_FAMILY_NAME_LAST = re.compile(r"[A-Z][a-z'’-]+ [A-Z]{2,}")
"""``Haruto ONO``, as typed in Japan and France."""
FAMILY_NAME_FIRST = re.compile(r"[A-Z]{3,} [A-Z][a-z'’-]+")
_NEVER = re.compile(r"[?!;:{}<>=%$\\_*`\"“”]|https?:|\d|\.\.")
_SMALL = "ß-öø-ÿά-ώа-џ" + "".join(filter(str.islower, map(chr, range(0x100, 0x180))))
"""Small letters of Latin, Greek and Cyrillic, in few ranges: many patterns hold them."""
NAME_WORD = (
    rf"[^\W\da-z_{_SMALL}](?:[^\W\d_]{{0,2}}\.(?!\w)|(?:[\w\u0300-\u036f-]|['’](?!s\b)|\.(?=\w))*)"
)
NEXT_NAME_WORD = rf"\s(?:(?:van|von|de|der|den|da|di|del|la|le|el|al|bin|ter)(?!\w)|{NAME_WORD})"
NAME, FULL_NAME = (
    rf"{NAME_WORD}(?:{NEXT_NAME_WORD}){{0,4}}",
    rf"{NAME_WORD}(?:{NEXT_NAME_WORD}){{1,3}}",
)
"""For a pattern: a name in running text, and one of several words."""


@lru_cache(maxsize=4096)
def is_possible_name(text: str) -> bool:
    """Return True if ``text`` has the shape of one name: words, signs, capitals, no plain words."""
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 60 or len(text) < 2 or _NEVER.search(text):
        return False
    score = name_score(text)
    least = 0.0 if _FAMILY_NAME_LAST.fullmatch(text) else 1.5
    if _ACRONYM.search(text) and not text.isupper() and name_score(text.title()) < least:
        return False
    if len(words) > 1 and (
        (score < 0.0 and has_role(text)) or (score < 2.0 and may_be_affiliation(text))
    ):
        return False
    if not any(c.isalpha() for c in text) or text.endswith(("'s", "’s")):
        return False
    if words[0].lower() == "the" or "U" in {words[0], words[-1]} or _has_common_word(words):
        return False
    is_given = has_given_name(text)
    return not any(
        word.lower().strip(".,") in phrase_set("names.stop_words")
        and not (
            len(word.strip(".")) == 1
            and word[0].isupper()
            and len(words) < 5 - 2 * (word == words[0])
        )
        and not (words[1:] == [word] and word[0].isupper() and is_given and score > 1.0)
        for word in words
    )


def names_nobody(text: str) -> bool:
    """Return True if ``text`` is a placeholder for a name: ``TBA``, ``n/a``, ``–``."""
    words = normalize(text).strip(" .()")
    return not any(map(str.isalnum, words)) or words in phrase_set("people.unnamed")


def _has_common_word(words: list[str]) -> bool:
    """Return True if a word in small letters is a common one of a language, and no particle.

    The first may have a capital, too, unless it is a given name somewhere, as in ``Dan Scott``.
    """
    first, *rest = words
    common, given = phrase_set("common_words"), phrase_set("names.given")
    particles = phrase_set("names.particles")
    typed = {normalize(word.strip(".,")) for word in rest if word.islower() and word != "the"}
    words_of_text = typed - particles
    if first.islower() or (len(first) > 2 and rest):
        words_of_text.add(normalize(first.strip(".,")))
    return bool((words_of_text & common) - given)
