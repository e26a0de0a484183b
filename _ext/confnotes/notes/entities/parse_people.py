"""The people a phrase names: ``Ana Ruiz (Acme) and Bo Li, CTO at Initech``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from confnotes.model import Speaker
from confnotes.notes import weights
from confnotes.notes.entities.name_model import has_given_name
from confnotes.notes.entities.name_shape import names_nobody
from confnotes.notes.entities.parse_person import BRACKET, ParsedPerson, parse_person
from confnotes.notes.entities.roles_and_employers import has_role, may_be_affiliation
from confnotes.notes.entities.words_around_names import joiner_pattern, strip_lead
from confnotes.notes.languages.patterns import EMOJI, is_unspaced, phrase_set

MAX_LENGTH, MAX_PEOPLE = 700, 60
_EMOJI = re.compile(f"[{EMOJI}]+")
_ACRONYM = re.compile(r"[A-Z]{2,4} ")
_COUNTED = re.compile(r"\d+ [a-z]+")
_SIGNS = frozenset({",", "，", "/", "／"})
"""Signs that may stand before an employer; ``、`` and ``・`` stand between people."""

_MAIL = r"(?:mailto:)?\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_ADDRESS = re.compile(rf"[<(\[]{_MAIL}[>)\]]|{_MAIL}|<https?://[^\s<>]*>")
"""An address of somebody, which is no part of the name: ``Ana Ruiz <ana@example.org>``."""


@dataclass(frozen=True, slots=True)
class ParsedPeople:
    """Who a phrase names, in order, and how sure that is (log-odds, 0 is even)."""

    speakers: tuple[Speaker, ...]
    score: float


def parse_people(
    text: str, line: int, known: frozenset[str] = frozenset(), *, small: bool = False
) -> ParsedPeople | None:
    """Read ``text`` as a list of people, or return nothing when it cannot be one.

    ``small`` says that its author types names in small letters like everything else.
    """
    found = _parse_people(text, known, small) if len(text) <= MAX_LENGTH else None
    if found is None:
        return None
    speakers = tuple(replace(speaker, line=line) for speaker in found.speakers)
    return ParsedPeople(speakers, found.score)


@lru_cache(maxsize=4096)
def _parse_people(text: str, known: frozenset[str], small: bool) -> ParsedPeople | None:
    text = _ADDRESS.sub(" ", text) if "@" in text or "://" in text else text
    text = strip_lead(_EMOJI.sub(" ", text).strip(" \t.,;:-–—|：　")).strip()
    parts = _parts(text)
    people = _people_of(parts, known, small=small, lower=text.islower()) if text else []
    names = {(person.speaker.name.casefold(), person.speaker.id) for person in people}
    if not people or len(people) > MAX_PEOPLE or len(names) < len(people):
        return None
    scores = [person.score for person in people]
    score = min(sum(scores) / len(scores), min(scores) + 2)
    score -= weights.SINGLE_WORD * all(person.is_single_word(known) for person in people)
    if len(people) == len(parts) == 2 and parts[1][1] == ",":
        last = people[1]
        is_name = last.name_score > weights.SURE_NAME or has_given_name(last.speaker.name)
        score -= weights.MAY_BE_COMPANY * (not is_name)
    return ParsedPeople(tuple(person.speaker for person in people), score)


def _people_of(
    parts: list[tuple[str, str]], known: frozenset[str], *, small: bool, lower: bool
) -> list[ParsedPerson]:
    """Return the people of ``parts``, each with its details; nobody if a part is neither."""
    people: list[ParsedPerson] = []
    in_role = False
    parts = _with_whole_roles(parts, known)
    row = _Row.of(parts)
    for part, joiner in parts:
        if not part or (people and (_COUNTED.fullmatch(part) or names_nobody(part))):
            continue
        fresh = parse_person(part, known, small=small, lower=lower)
        joined = joiner in {"and", "&", "with", "+"}
        if not people:
            if fresh is None:
                return []
            people.append(fresh)
            in_role = bool(fresh.speaker.role)
            continue
        last = people[-1]
        goes_on = (joiner == "-" and (in_role or bool(last.speaker.affiliation))) or (
            in_role and joiner == "with"
        )
        goes_on |= joiner == "-" and fresh is not None and bool(fresh.speaker.affiliation)
        goes_on |= (in_role or bool(last.speaker.role)) and has_role(BRACKET.sub("", part))
        is_employer = joiner in _SIGNS and _is_employer(part, last, fresh)
        if goes_on or is_employer or (not joined and row.belongs(part, last, fresh)):
            last.add_detail(part, joiner=joiner if joined else "")
            in_role = goes_on or joiner == "-"
        elif fresh is not None:
            people.append(fresh)
            in_role = bool(fresh.speaker.role)
        elif joiner in {",", "-", "|", "/"} and len(part) <= 60:
            last.add_detail(part, sure=False)
            in_role = joiner == "-"
        else:
            return []
    return people


def _is_employer(part: str, last: ParsedPerson, fresh: ParsedPerson | None) -> bool:
    """Return True if no name follows one without blanks: ``김서연, 증기사``."""
    is_name = fresh is not None and fresh.name_score > weights.UNSPACED_NO_NAME
    return is_unspaced(part) and last.score > 0 and is_unspaced(last.speaker.name) and not is_name


def _parts(text: str) -> list[tuple[str, str]]:
    """Split at joiners that stand outside brackets; each part with the joiner before it."""
    parts: list[tuple[str, str]] = []
    start, before = 0, ""
    brackets = [match.span() for match in BRACKET.finditer(text)]
    for match in joiner_pattern().finditer(text):
        if any(left < match.end() and match.start() < right for left, right in brackets):
            continue
        parts.append((text[start : match.start()].strip(), before))
        sign = match.group().strip()
        joins = sign.endswith("and") or (
            sign not in {"with", "&"} and sign in phrase_set("people.joiners")
        )
        before = "and" if joins else "-" if sign in {"-", "–", "—"} else sign
        start = match.end()
    parts.append((text[start:].strip(), before))
    return parts


def _with_whole_roles(parts: list[tuple[str, str]], known: frozenset[str]) -> list[tuple[str, str]]:
    """Return ``parts``, with a role that holds a joiner as one: ``Head of Law & Ethics``."""
    whole = parts[:1]
    for part, joiner in parts[1:]:
        before, sign = whole[-1]
        if joiner in {"and", "&"} and has_role(BRACKET.sub("", before)):
            person = parse_person(part, known, small=False, lower=False)
            if person is None or person.name_score < 0:
                whole[-1] = (f"{before} {joiner} {part}", sign)
                continue
        whole.append((part, joiner))
    return whole


@dataclass(frozen=True, slots=True)
class _Row:
    """The list that a part stands in."""

    is_long: bool
    is_full: bool
    """Most parts are full names, so a single word is a name, too."""
    ends: bool
    """The last part has ``and`` before it."""

    @classmethod
    def of(cls, parts: list[tuple[str, str]]) -> _Row:
        is_long = len(parts) > 3
        is_full = is_long and sum(" " not in part for part, _ in parts) * 3 <= len(parts)
        return cls(is_long, is_full, any(joiner in {"and", "&"} for _, joiner in parts))

    def belongs(self, part: str, last: ParsedPerson, fresh: ParsedPerson | None) -> bool:
        """Return True if ``part`` tells more of the person before it and is not the next."""
        outside = BRACKET.sub("", part)
        if part.startswith("@") or has_role(outside) or may_be_affiliation(outside):
            return True
        if fresh is None:
            return False
        words = len(part.split())
        if words > 1 and _ACRONYM.match(part) and not self.is_long:
            return True
        if words > 1 and (last.speaker.role or last.speaker.affiliation):
            return fresh.name_score < (0 if self.is_long else weights.NAME_AFTER_DETAIL)
        lone = -2.5 if self.is_full and not last.speaker.role else 0.5 if self.is_long else 1.5
        full = -3.0 if self.is_long else -0.75 if self.ends else 0.3
        is_less = fresh.name_score < (lone if words == 1 else full)
        is_whole = " " in last.speaker.name or (
            is_unspaced(last.speaker.name) and last.speaker.role
        )
        return is_less and bool(is_whole)
