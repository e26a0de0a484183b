"""Words around names: between two people, before them, between a person and an employer."""

from __future__ import annotations

import re
from functools import cache

from confnotes.names import normalize
from confnotes.notes.languages.patterns import (
    UNSPACED,
    alternatives,
    any_of,
    expand_phrases,
    is_unspaced,
    phrase_set,
)
from confnotes.notes.languages.phrase_tables import languages, phrases

_KATAKANA = "\u30a1-\u30fa\u30fc"
_SIGNS = " -–—:@,;|(["
_LEAD = re.compile(
    r"^(?:(?:and|with|from|w/|ft\.?|featuring|co-?presented by|hosted by|moderated by|panel)"
    r"(?::|\s)+\s*|[-–—:@,;|]\s+)+",
    re.IGNORECASE,
)


@cache
def joiner_pattern() -> re.Pattern[str]:
    """Return the pattern of the words and signs between two people."""
    weak = ambiguous_joiners()
    words = [word for word in phrases("people.joiners") if re.fullmatch(r"[^\W\d_]+", word)]
    inner = [word for word in words if is_unspaced(word) and not "\uac00" <= word[0] <= "\ud7af"]
    spaced = alternatives(word for word in words if word not in inner and word not in weak)
    return re.compile(
        r"\s*(?:,\s*and\b|;|，|、|＆"
        r"|,(?!\s*(?:Jr|Sr|PhD|Ph\.D|DPhil|MBA|MD|M\.?Sc|B\.?Sc|M\.?Eng|II|III|Inc|Ltd|LLC)\.?"
        r"\s*(?:$|[,;()&]))"
        rf"|\s*—\s*|\s(?:{spaced}|&(?!\s(?:Sons|Co|Partners|Associates)\b)|\+|/|\||w/|feat\.|[-–—])"
        rf"(?=\s)|\s{alternatives(weak)}(?=\s\S+\s\S)|(?<=\w)/(?=[^\W\d_a-z])"
        rf"|(?<=[{UNSPACED}]{{2}}){alternatives(inner)}(?=[{UNSPACED}]{{2}})"
        rf"|(?<![{_KATAKANA}])・|・(?![{_KATAKANA}])|(?<=[{UNSPACED}])·(?=[{UNSPACED}])|(?<=[{UNSPACED})）])／)\s*"
    )


@cache
def ambiguous_joiners() -> frozenset[str]:
    """Return joiners that may stand in one name, or mean something else in another language."""
    particles = phrase_set("names.particles")
    return frozenset(
        word
        for word in phrases("people.joiners")
        if word in particles
        or any(
            word in table.phrases("common_words") and word not in table.phrases("people.joiners")
            for table in languages()
        )
    )


def strip_lead(text: str) -> str:
    """Return ``text`` without words that lead to people: ``by``, ``Vortrag von``, ``Speakers:``."""
    text = _lead().sub("", _LEAD.sub("", text))
    first, *rest = text.split(maxsplit=2)[:3] or [""]
    is_by = normalize(first) in ambiguous_by()
    if not (is_by or normalize(first) in phrase_set("people.with")) or len(rest) < 2:
        return text
    more = text[len(first) :].lstrip()
    is_sure = is_by and first.islower() and normalize(rest[0]) not in phrase_set("names.particles")
    return more if is_sure or begins_with_frequent_name(more) else text


def begins_with_frequent_name(text: str) -> bool:
    """Return True if the first word of ``text`` is one of the frequent given names."""
    return any(normalize(word) in phrase_set("names.given") for word in text.split(maxsplit=1)[:1])


def has_lead(text: str) -> bool:
    """Return True if ``text`` announces people: ``by Ana Ruiz``, ``Referentin: Ana Ruiz``."""
    text = text.lstrip(_SIGNS)
    return strip_lead(text) != text


@cache
def _lead() -> re.Pattern[str]:
    ambiguous = phrase_set("fields.ambiguous")
    fields = any_of(name for name in phrases("fields.speakers") if normalize(name) not in ambiguous)
    strong = any_of(word for word in phrases("people.by") if word not in ambiguous_by())
    by = expand_phrases(r"(?:(?:<kinds.before>|[^\W\d_]{1,4})\s+)?<kinds.labels>\s+<people.by>\s+")
    return re.compile(rf"(?i)^(?:{by}|(?:{fields}|{strong})\s*[:：]?\s*(?=\S))")


@cache
def ambiguous_by() -> frozenset[str]:
    """Return the words for ``by`` that may as well begin a name: ``von``, ``de``."""
    words = {*phrases("people.by")}
    return frozenset(words & {*phrases("names.particles")})


@cache
def before_employer_pattern() -> re.Pattern[str]:
    """Return the pattern of the word between a person and an employer."""
    other = {*phrases("names.particles"), *phrases("people.joiners")}
    words = alternatives(word for word in phrases("people.at") if word not in other)
    return re.compile(rf"\s+(?:@|chez|{words})\s+(?=[^\W\d_a-z\d])|\s@(?=[A-Z])")
