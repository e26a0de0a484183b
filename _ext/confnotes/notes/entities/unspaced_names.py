"""Names in scripts without blanks: Chinese, Japanese and Korean."""

from __future__ import annotations

import re
from functools import cache

from confnotes.notes.entities.roles_and_employers import is_affiliation
from confnotes.notes.languages.patterns import alternatives, is_unspaced
from confnotes.notes.languages.tables import phrases

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
    common = 2.0 * bool(_common().search(bare[1:]))
    family = _family().match(bare)
    if _SEPARATED.fullmatch(bare):
        return 1.5 * (bare[0] not in _LOANWORD) + 1.5 * bool(family) - common
    if family is None or len(bare) > _MAX_LENGTH or " " in bare:
        return _NO_NAME
    given = bare[family.end() :]
    if len(family.group()) > 1 and re.fullmatch(rf"[{_HAN}]{{1,3}}|[\u3041-\u309f]{{2,4}}", given):
        return 2.5 - common
    if re.fullmatch(rf"[{_HAN}]{{1,2}}|[{_HANGUL}]{{1,2}}", given):
        return (2.0 if len(given) == 2 else -2.5) - common
    return _NO_NAME


def is_employer_first(before: str, name: str) -> bool:
    """Return True if ``name`` follows an employer: ``Acme 김정민``, ``株式会社湯気 山田太郎``."""
    if not before or not is_unspaced(name) or unspaced_name_score(name) < _SURE_NAME:
        return False
    return not is_unspaced(before) or is_affiliation(before)


def employer_last(text: str) -> str:
    """Return ``山田太郎 (湯気社)`` for ``湯気社 山田太郎``, any other value as it is."""
    before, _, name = text.rpartition(" ")
    if not before or unspaced_name_score(name) < _SURE_NAME or _family().match(before):
        return text
    return text if _common().search(before) else f"{name} ({before})"


def strip_honorific(text: str) -> str:
    """Return a name without the title after it: ``森田千尋さん`` → ``森田千尋``."""
    return _honorific().sub("", text) if is_unspaced(text) else text


def split_at_honorific(text: str) -> tuple[str, str]:
    """Return a name with the title after it, and the employer after that: ``森田氏 湯気社``."""
    name, blank, employer = text.replace("\u3000", " ").partition(" ")
    is_titled = bool(blank) and is_unspaced(name) and strip_honorific(name) != name
    return (name, employer.strip()) if is_titled else (text, "")


@cache
def _honorific() -> re.Pattern[str]:
    return re.compile(rf"[ \u3000]?{alternatives(phrases('names.titles_after'))}$")


@cache
def _family() -> re.Pattern[str]:
    return re.compile(alternatives(phrases("names.family")))


@cache
def _common() -> re.Pattern[str]:
    return re.compile(alternatives(word for word in phrases("common_words") if is_unspaced(word)))
