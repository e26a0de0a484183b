"""Words for what people do and whom they do it for."""

from __future__ import annotations

import re
from functools import lru_cache

from confnotes.names import normalize
from confnotes.notes.languages.patterns import compile_phrases, phrase_set

_CHIEF = re.compile(r"\bC[A-Z]O\b")
_DOMAIN = re.compile(r"\.(?:com|org|net|io|ai|dev)\b", re.IGNORECASE)
_AFTER_ROLE = re.compile(r",|\s(?:[@–-]|at|of)\s", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_affiliation(text: str) -> bool:
    """Return True if ``text`` holds a word that only companies and institutions have."""
    return bool(_DOMAIN.search(text) or compile_phrases(r"(?i)<people.organisations>").search(text))


def may_be_affiliation(text: str) -> bool:
    """Return True if ``text`` holds a word that companies, institutions and titles have."""
    return is_affiliation(text) or bool(compile_phrases(r"(?i)<people.groups>").search(text))


def may_be_company(text: str) -> bool:
    """Return True if ``text`` has the shape of a company's name: ``City of Brookhaven``."""
    words = [word for word in text.split() if word not in {"of", "and", "the", "for", "de"}]
    return 1 <= len(words) <= 4 and not any(w[0].islower() for w in words) and text[-1] not in "?!"


def is_no_company(text: str) -> bool:
    """Return True if what follows a name is too long, or too like a sentence, for a company."""
    return bool(text) and not may_be_company(text) and not may_be_affiliation(text)


@lru_cache(maxsize=4096)
def has_role(text: str) -> bool:
    """Return True if ``text`` has a word of job titles: ``senior``, ``Leiterin``."""
    words = compile_phrases(r"(?i)<people.roles,people.words_of_roles>")
    return bool(words.search(text) or _CHIEF.search(text))


def is_job_title(text: str) -> bool:
    """Return True if ``text`` is a job title, ``Chief Architect, Acme``, and not that of a talk."""
    words = normalize(_AFTER_ROLE.split(text, maxsplit=1)[0]).split()
    is_short = len(words) < 6 and len(text.split()) < 8
    return is_short and bool(words) and words[-1] in phrase_set("people.roles")
