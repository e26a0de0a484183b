"""Names in scripts without blanks: Chinese, Japanese and Korean."""

from __future__ import annotations

import re
from functools import cache

from confnotes.notes.entities.roles_and_employers import has_role, is_affiliation
from confnotes.notes.languages.patterns import any_of, compile_phrases, is_unspaced
from confnotes.notes.languages.phrase_tables import phrases

_HAN = "\u3005\u3400-\u9fff"
_HANGUL = "\uac00-\ud7af"
_KATAKANA = "\u30a1-\u30fa\u30fc"
_SEPARATED = re.compile(
    rf"(?:[{_HAN}]{{1,3}}[ \u3000](?:[{_HAN}]{{1,3}}|[\u3041-\u309f]{{2,4}})"
    rf"|[{_KATAKANA}]{{2,9}}(?:[ \u3000・＝=][{_KATAKANA}]{{2,9}}){{1,2}})"
)
"""A family name and a given name with a sign between them."""
_LOANWORD = "".join(map(chr, range(0x30A1, 0x30FD)))
"""Katakana writes foreign names and foreign words."""
_OF_EMPLOYER = re.compile(
    r"是?(?P<employer>[^\s的の、,，()（）]{2,24})[的の](?P<name>[^\s的の、,，()（）]{2,8})$"
)
_EMPLOYER_AND_NAME = re.compile(
    r"(?P<before>[^。、，;；]{2,40}) (?P<name>[^\s、，/／]{2,8})(?P<rest>[、，/／].*)?$"
)
_FAMILY = "<names.family>"
_SYLLABLE = re.compile(f"[{_HANGUL}]")
"""Common words of one syllable are in many Korean names, too."""
_HONORIFIC = r"[ \u3000]?<names.titles_after>$"
_MAX_LENGTH = 6
_NO_NAME = -4.0
_SURE_NAME = 1.5
"""Log-odds of a name that may follow an employer without any sign between them."""


def unspaced_name_score(text: str) -> float:
    """Return the log-odds that a phrase in a script without blanks is one person's name.

    The weights are reasoned: three characters that begin with one of the frequent family names
    are a name more often than a title, and a longer phrase is a title.
    """
    text = text.strip()
    bare = text.replace("\u3000", " ")
    word = _common().search(bare[1:])
    common = 0.0 if word is None else 0.5 if _SYLLABLE.fullmatch(word.group()) else 2.0
    family = compile_phrases(_FAMILY).match(bare)
    if _SEPARATED.fullmatch(bare):
        return 1.5 * (bare[0] not in _LOANWORD) + 1.5 * bool(family) - common
    if family is None or len(bare) > _MAX_LENGTH:
        return _NO_NAME
    given = bare[family.end() :]
    long_family = rf"[{_HAN}]{{1,3}}|[\u3041-\u309f]{{2,4}}| ?[{_HANGUL}]{{1,2}}"
    if len(family.group()) > 1 and re.fullmatch(long_family, given):
        return 2.5 - common
    if re.fullmatch(rf"[{_HAN}]{{1,2}}|[{_HANGUL}]{{1,2}}", given):
        return (2.0 if len(given) == 2 else -2.5) - common
    return _NO_NAME


def split_details(text: str) -> tuple[str, str]:
    """Return a name, and the employer or role that no sign parts from it.

    ``Acme 김정민``, ``김정민 CTO 증기사``, ``森田氏 湯気社``, ``株式会社湯気の森田千尋さん``.
    """
    if not is_unspaced(text):
        return text, ""
    if (match := _OF_EMPLOYER.match(text)) and _is_of(match["employer"], match["name"]):
        return match["name"], match["employer"]
    first, _, after = text.replace("\u3000", " ").partition(" ")
    before, _, last = text.rpartition(" ")
    if after and is_unspaced(first) and strip_honorific(first) != first:
        return first, after.strip()
    if before and is_unspaced(last) and unspaced_name_score(strip_honorific(last)) >= _SURE_NAME:
        is_detail = not is_unspaced(before) or is_affiliation(before) or has_role(before)
        return (last, before) if is_detail else (text, "")
    is_named = bool(after) and unspaced_name_score(first) >= _SURE_NAME and has_role(after)
    return (first, after) if is_named else (text, "")


def _is_of(employer: str, name: str) -> bool:
    bare = strip_honorific(name)
    is_from = employer.startswith(("来自", "來自")) or is_affiliation(employer) or bare != name
    return is_from and unspaced_name_score(bare) >= _SURE_NAME


def employer_last(text: str) -> str:
    """Return ``山田太郎 (湯気社)、林さくら`` for ``湯気社 山田太郎、林さくら``: all are people."""
    match = _EMPLOYER_AND_NAME.match(text)
    if match is None or unspaced_name_score(strip_honorific(match["name"])) <= _NO_NAME:
        return text
    is_name = _SEPARATED.fullmatch(text) and compile_phrases(_FAMILY).match(text)
    return text if is_name else f"{match['name']} ({match['before']}){match['rest'] or ''}"


def strip_honorific(text: str) -> str:
    """Return a name without the title after it: ``森田千尋さん`` → ``森田千尋``."""
    return compile_phrases(_HONORIFIC).sub("", text) if is_unspaced(text) else text


@cache
def _common() -> re.Pattern[str]:
    return re.compile(any_of(word for word in phrases("common_words") if is_unspaced(word)))
