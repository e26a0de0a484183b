"""Headings that are parts of a talk or of a day, whoever speaks."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from confnotes.names import normalize
from confnotes.notes.languages.patterns import EMOJI, any_of, compile_phrases, phrase_set

_MAX_LENGTH, _MAX_ANNOUNCEMENT = 80, 160
_BELOW = r"(?i)<headings.below>"
_SIGNS = re.compile(rf"^[\s{EMOJI}]+|[\s{EMOJI}]+$")
_JOINER = r"\s*[/,+&、・]\s*|\s+<people.joiners>\s+"
"""What joins the names of parts: ``Links / tips and tools``."""
_AROUND_PART = re.compile(r"(?:\d+[.)] )?(?:the )?(?P<part>.*?)[:.!：。！]?")


@lru_cache(maxsize=256)
def is_subheading(text: str) -> bool:
    """Return True if ``text`` heads a part of a talk: ``Questions & ideas 💡``, ``Step 2``."""
    match = _AROUND_PART.fullmatch(_bare(text[:_MAX_LENGTH]))
    part = match["part"] if match else ""
    return _is_part(part) or all(map(_is_part, compile_phrases(_JOINER).split(part)))


def _bare(text: str) -> str:
    """Return a heading without case and without pictures around it."""
    return _SIGNS.sub("", normalize(text))


def _is_part(text: str) -> bool:
    parts = phrase_set("headings.parts")
    bare = compile_phrases(r"(?i)^(?:<headings.around_groups>\s+)+").sub("", text)
    return text in parts or bare in parts or bool(_numbered_part().fullmatch(text))


@cache
def _numbered_part() -> re.Pattern[str]:
    exact = [part for part in phrase_set("headings.parts") if "{n}" in part]
    counted = "|".join(map(re.escape, sorted(phrase_set("headings.counted"), reverse=True)))
    numbered = "|".join(re.escape(part).replace(r"\{n\}", r"\s?\d+") for part in sorted(exact))
    return re.compile(rf"(?:{counted}) ?#?\d+.*|{numbered}")


@lru_cache(maxsize=256)
def is_group_heading(text: str) -> bool:
    """Return True if ``text`` heads several talks: ``Sessions``, ``Keynotes and talks``."""
    if len(text) >= _MAX_LENGTH:
        return False
    return all(map(_group().fullmatch, compile_phrases(_JOINER).split(_bare(text))))


@cache
def _group() -> re.Pattern[str]:
    """Return a pattern of one phrase for groups with qualifiers around it."""
    group, around = (
        "|".join(map(re.escape, sorted(phrase_set(key), key=len, reverse=True)))
        for key in ("headings.groups", "headings.around_groups")
    )
    return re.compile(rf"(?:(?:{around}) )*(?:{group})(?: (?:{around}|\d+))*[:.：]?")


def mentions_talks(text: str) -> bool:
    """Return True if ``text`` has a word for several talks: ``Saturday had fine talks:``."""
    return bool(compile_phrases(r"(?i)<headings.talks>").search(text))


def announces_talks(line: str) -> bool:
    """Return True if ``line`` has a word for several talks, and says that they follow."""
    if not mentions_talks(line):
        return False
    says_below = len(line) <= _MAX_ANNOUNCEMENT and compile_phrases(_BELOW).search(line)
    return line.endswith((":", "：")) or bool(says_below)


def is_plenary_item(text: str) -> bool:
    """Return True if ``text`` names a session of its own kind: ``Conference closing``."""
    is_short = len(text.split()) <= 6 and len(text) < _MAX_LENGTH
    return is_short and bool(compile_phrases(r"(?i)<kinds.occasions>").search(text))


@lru_cache(maxsize=256)
def is_break(text: str) -> bool:
    """Return True if ``text`` is a break, ``Coffee / tea break``: nobody speaks at lunch."""
    breaks = phrase_set("kinds.breaks")
    bare = _bare(text).strip(" .:!")
    return bare in breaks or all(part in breaks for part in compile_phrases(_JOINER).split(bare))


def is_missed(text: str) -> bool:
    """Return True if ``text`` says that its author did not hear the talk."""
    said = normalize(text).strip(" ()[].*_").removeprefix("i ")
    bracketed = text[:1] in "([（" and text[-1:] in ")]）"
    return bool((_missed().search if bracketed else _missed().match)(said))


@cache
def _missed() -> re.Pattern[str]:
    return re.compile(any_of(phrase_set("headings.missed")), re.IGNORECASE)
