"""The people a phrase names: ``Ana Ruiz (Acme) and Bo Li, CTO at Initech``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from confnotes.model import Speaker
from confnotes.names import name_key
from confnotes.notes.entities.affiliations import has_role, may_be_affiliation
from confnotes.notes.entities.name_model import has_given_name, name_score
from confnotes.notes.entities.name_shape import is_possible_name
from confnotes.notes.entities.people_words import (
    before_employer,
    joiner_pattern,
    strip_lead,
    titles,
)
from confnotes.notes.entities.unspaced_names import is_employer_first, strip_honorific
from confnotes.notes.languages.patterns import is_unspaced, phrase_set

_BRACKET = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]")
_EMPTY_BRACKET = re.compile(r"\s*[(\[（]\s*[)\]）]")
_IN_THE_MIDDLE = re.compile(r"\w \([^\W\d_][\w'’.-]{0,20}\) [^\W\d_a-z]")
_HALF_CAPITAL = re.compile(
    r"^[^\W\da-z_]\S* (?:\S+ )*?(?!(?:the|van|von|de|der|den|da|di|del|della|dos|du|la|le|el|al|"
    r"bin|ten|ter|zu|y)\b)[a-z]"
)
_BYNAME = re.compile(r"(?P<name>[^\W\da-z_]\w+) the [^\W\da-z_]\w+")
_ACRONYM = re.compile(r"[A-Z]{2,4} ")
_WHEN = re.compile(
    r"\b\d{1,2}:\d\d\b|\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)[a-z]*\b"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d+ min",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"^(?:he|she|they|him|her|them|xe|ze|any|all)\b[\w\s/,]*$", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?:sp\??|spelling\??|\?+|remote|remotely|[A-Z]{2}|male|female|part \d)$", re.IGNORECASE
)
_HANDLE = re.compile(r"(?<![\w.])@([A-Za-z0-9_][\w.-]{0,38})")
_NICKNAME = re.compile(r"\s*[\"“”‘'«*]([^\"“”’'»*]{1,24})[\"“”’'»*]+(?=\s|$)")
_EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]+")
_ANOTHER = re.compile(
    r"^(?:\d+ (?:students?|others?|more|friends)|others|et al\.?|friends|team)$", re.IGNORECASE
)
_COLLECTIVE = re.compile(
    r"^(?:various|multiple|several|many|different) (?:speakers|presenters|people|authors)$",
    re.IGNORECASE,
)
"""Speakers whom nobody counted; they are shown as typed."""


_LONGEST, _MOST = 700, 60
_HONORIFIC = 2.0
"""Log-odds for a name with a title after it: ``森田千尋さん``."""
_SMALL = 2.5
"""Log-odds that a name in small letters loses among words with capitals."""
_MAY_BE_COMPANY = 1.5
"""Log-odds that a second person after a comma loses who may be the company of the first."""
_UNKNOWN_SMALL, _KNOWN = 2.0, 4.0
"""What it loses besides when its first word is no given name and all of it less like a name than
this: ``città aperta``."""


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
    found = _parse_people(text, known, small) if len(text) <= _LONGEST else None
    if found is None:
        return None
    speakers = tuple(Speaker(line, s.name, s.affiliation, s.role, s.handle) for s in found.speakers)
    return ParsedPeople(speakers, found.score)


@lru_cache(maxsize=4096)
def _parse_people(text: str, known: frozenset[str], small: bool) -> ParsedPeople | None:
    text = strip_lead(_EMOJI.sub(" ", text).strip(" \t.,;:-–—|：　")).strip()
    if not text:
        return None
    if _COLLECTIVE.match(text):
        return ParsedPeople((Speaker(0, text),), 4.0)
    readers: list[_PersonParser] = []
    parts = _parts(text)
    lower = text.islower()
    in_role = False
    row = len(parts) > 3
    ends = any(joiner in {"and", "&"} for _, joiner in parts)
    row_of_full = row and sum(" " not in part for part, _ in parts) * 3 <= len(parts)
    for part, joiner in parts:
        if not part:
            continue
        if _ANOTHER.match(part) and readers:
            continue
        fresh = _PersonParser.person(part, known, small=small, lower=lower)
        joined = joiner in {"and", "&", "with", "+"}
        works = bool(readers and readers[-1].speaker.role)
        placed = bool(readers and readers[-1].speaker.affiliation) and joiner == "-"
        goes_on = (
            placed
            or (in_role and joiner in {"-", "with"})
            or ((in_role or works) and has_role(_BRACKET.sub("", part)))
        )
        if readers and (
            goes_on
            or (
                not joined
                and _belongs(part, readers[-1], fresh, row=row, full=row_of_full, ends=ends)
            )
        ):
            readers[-1].add_detail(part, joiner=joiner if joined else "")
            in_role = goes_on or joiner == "-"
        elif fresh is not None:
            readers.append(fresh)
            in_role = bool(fresh.speaker.role)
        elif readers and joiner in {",", "-", "|", "/"} and len(part) <= 60:
            readers[-1].add_detail(part, sure=False)
            in_role = joiner == "-"
        else:
            return None
    if not readers or len(readers) > _MOST:
        return None
    if len({reader.speaker.name.casefold() for reader in readers}) < len(readers):
        return None
    scores = [reader.score for reader in readers]
    mean = sum(scores) / len(scores)
    lone = all(reader.is_single_word(known) for reader in readers)
    score = min(mean, min(scores) + 2) - 1.5 * lone
    if len(readers) == len(parts) == 2 and parts[1][1] == ",":
        last = readers[1]
        is_name = last.likeness > _KNOWN or has_given_name(last.speaker.name)
        score -= _MAY_BE_COMPANY * (not is_name)
    return ParsedPeople(tuple(reader.speaker for reader in readers), score)


def _parts(text: str) -> list[tuple[str, str]]:
    """Split at joiners that stand outside brackets; each part with the joiner before it."""
    parts: list[tuple[str, str]] = []
    start, before = 0, ""
    brackets = [match.span() for match in _BRACKET.finditer(text)]
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


def _belongs(
    part: str,
    last: _PersonParser,
    fresh: _PersonParser | None,
    *,
    row: bool,
    full: bool,
    ends: bool,
) -> bool:
    """Return True if ``part`` tells more of the person before it and is not the next in a ``row``.

    In a row of mostly ``full`` names a single word is a name, too. A list ``ends`` in ``and``.
    """
    outside = _BRACKET.sub("", part)
    if part.startswith("@") or has_role(outside) or may_be_affiliation(outside):
        return True
    if fresh is None:
        return False
    words = len(part.split())
    if words > 1 and _ACRONYM.match(part) and not row:
        return True
    if words > 1 and not row and (last.speaker.role or last.speaker.affiliation):
        return fresh.likeness < 2.0
    lone = -2.5 if full else 0.5 if row else 1.5
    bar = lone if words == 1 else -3.0 if row else -0.75 if ends else 0.3
    return fresh.likeness < bar and len(last.speaker.name.split()) > 1


class _PersonParser:
    """One person being read."""

    def __init__(self, speaker: Speaker, score: float, likeness_: float) -> None:
        self.speaker, self.score, self.likeness = speaker, score, likeness_

    @classmethod
    def person(
        cls, part: str, known: frozenset[str], *, small: bool, lower: bool
    ) -> _PersonParser | None:
        """Read ``part`` as one person with brackets, handle and employer, or return nothing.

        ``lower`` says that the phrase has no capital, ``small`` that nothing near it has.
        """
        bonus = 0.0
        speaker = Speaker(0, "")
        rest = part
        more: list[str] = []
        middle = _IN_THE_MIDDLE.search(part)
        if middle and len(part[middle.end() :].split()) > 2:
            return None
        for inside in _BRACKET.findall(part) if not middle else []:
            if not _PRONOUNS.match(inside) and not _ASIDE.match(inside) and inside.strip(" ?"):
                more.append(inside.strip())
            bonus += 0.5
        if not middle:
            rest = _BRACKET.sub(" ", rest)
        if match := _HANDLE.search(rest):
            speaker = replace(speaker, handle=match.group(1).rstrip(".-"))
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
            bonus += 1.5
        if match := before_employer().search(rest):
            more.append(rest[match.end() :].strip())
            rest = rest[: match.start()]
            said_of = match.group().strip() in {"of", "for", "via"}
            bonus -= 1.5 if said_of else -0.5
        typed = " ".join(rest.split()).strip(" ,.-–—|:\"“”'*：／「」『』")
        name = strip_honorific(typed)
        bonus += _HONORIFIC * (name != typed)
        before, _, last = name.rpartition(" ")
        if is_employer_first(before, last):
            more.append(before)
            name = last
        unnicked = " ".join(_NICKNAME.sub(" ", _BRACKET.sub(" ", titles().sub("", name))).split())
        if not name and speaker.handle:
            name = unnicked = speaker.handle
            return cls(replace(speaker, name=f"@{name}"), 1.0, 1.0)
        cased = unnicked.title() if small else unnicked
        if not is_possible_name(cased):
            return None
        like = name_score(cased)
        if lower:
            titled = name_score(cased.title())
            is_known = titled > _KNOWN or has_given_name(cased)
            like = max(like, titled - _SMALL - _UNKNOWN_SMALL * (not is_known))
        if (match := _BYNAME.fullmatch(unnicked)) and name_score(match["name"]) > -1.0:
            like = max(like, 1.0)
        if _HALF_CAPITAL.search(unnicked):
            bonus -= 3.0
        if known and name_key(name) in known:
            bonus += 4
        reader = cls(replace(speaker, name=name), min(like, 5) + bonus, like)
        for inside in more:
            reader.add_detail(inside)
        return reader

    def is_single_word(self, known: frozenset[str]) -> bool:
        """Return True if this is one word, with nothing that shows it to be a person."""
        speaker = self.speaker
        one = (
            " " not in speaker.name
            and not is_unspaced(speaker.name)
            and not speaker.handle
            and not speaker.role
        )
        return one and not (known and name_key(speaker.name) in known)

    def add_detail(self, part: str, *, sure: bool = True, joiner: str = "") -> None:
        """Add a role, a handle or an employer to this person; ``joiner`` stands before it."""
        speaker = self.speaker
        if match := _HANDLE.search(part):
            speaker = replace(speaker, handle=speaker.handle or match.group(1).rstrip(".-"))
            part = f"{part[: match.start()]} {part[match.end() :]}"
            part = _EMPTY_BRACKET.sub("", part).strip(" ,|/")
            self.score += 1
        part = part.strip(" ,;|-–—")
        role, _, employer = part.partition(" at ")
        if not employer:
            role, _, employer = part.partition(" @ ")
        another = bool(speaker.role and joiner and has_role(role))
        if joiner and speaker.affiliation and not speaker.role and has_role(role):
            role = f"{speaker.affiliation} {joiner} {role.strip()}"
            speaker = replace(speaker, role=role, affiliation="")
            part = employer.strip()
        elif another:
            speaker = replace(speaker, role=f"{speaker.role} {joiner} {role.strip()}")
            part = employer.strip()
        elif has_role(role) and not speaker.role:
            if not employer and ", " in role:
                role, _, employer = role.partition(", ")
            speaker = replace(speaker, role=role.strip())
            part = employer.strip()
            self.score += 1
        if _WHEN.search(part):
            part = ""
        if part and not speaker.affiliation:
            speaker = replace(speaker, affiliation=part)
            self.score += 0.5 if sure else -0.5
        elif part:
            speaker = replace(speaker, affiliation=f"{speaker.affiliation}, {part}")
        self.speaker = speaker
