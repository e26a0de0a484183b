"""One person as a phrase names them: ``Dr Ana Ruiz (Acme)``, ``Bo Li, CTO at Initech @bo``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from confnotes.model import Speaker
from confnotes.names import bare_name, name_key, normalize
from confnotes.notes import weights
from confnotes.notes.entities.name_model import has_given_name, name_score
from confnotes.notes.entities.name_shape import FAMILY_NAME_FIRST, is_possible_name
from confnotes.notes.entities.roles_and_employers import has_role
from confnotes.notes.entities.unspaced_names import split_details, strip_honorific
from confnotes.notes.entities.words_around_names import before_employer_pattern
from confnotes.notes.languages.dates import match_date
from confnotes.notes.languages.patterns import compile_phrases, is_unspaced, phrase_set

BRACKET = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]")
_ID = re.compile(r"\s*\[([a-z0-9]+(?:-[a-z0-9]+)*)\]")
_EMPTY_BRACKET = re.compile(r"\s*[(\[（]\s*[)\]）]")
_IN_THE_MIDDLE = re.compile(r"\w \([^\W\d_][\w'’.-]{0,20}\) [^\W\d_a-z]")
_HALF_CAPITAL = r"^[^\W\da-z_]\S* (?:\S+ )*?(?!(?:the|y|<names.particles>)\b)[a-z]"
_BYNAME = re.compile(r"(?P<name>[^\W\da-z_]\w+) the [^\W\da-z_]\w+")
_WHEN = re.compile(r"\b\d{1,2}:\d\d\b|\b\d+ min", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?:(?:he|she|they|him|her|them|xe|ze|any|all)\b[\w\s/,]*|sp\??|spelling\??|\?+|"
    r"remote|remotely|[A-Z]{2}|male|female|part \d)$",
    re.IGNORECASE,
)
"""What stands in brackets and is no detail of a person: pronouns, a remark."""
_HANDLE = re.compile(
    r"(?<![\w.])@([A-Za-z0-9_][A-Za-z0-9_.-]{0,38})(?: on (?:twitter|github|mastodon|x)\b)?",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"\s*[\"“”‘'«*]([^\"“”’'»*]{1,24})[\"“”’'»*]+(?=\s|$)")
_TITLES = r"(?i)^(?:<names.titles>\.?\s+)+(?=\S+\s)"
_MAX_HANDLED = 6
"""Characters of a name without blanks that a handle shows to be one."""
_TITLED = re.compile(r"[\w.・ー-]{1,16}")
"""What a title may stand after, a nickname as well: ``0yuさん``."""


def _is_aside(text: str) -> bool:
    """Return True if what is in brackets after a name is no employer: ``(she/her)``."""
    materials = phrase_set("fields.slides", "fields.video", "fields.material")
    return not text.strip(" ?") or bool(_ASIDE.match(text)) or normalize(text) in materials


@dataclass(slots=True)
class ParsedPerson:
    """A person being read; ``name_score`` is that of the name alone, ``score`` that of all."""

    speaker: Speaker
    score: float
    name_score: float
    is_titled: bool = False
    """A title stands after the name: ``雨傘さん``."""

    def is_single_word(self, known: frozenset[str]) -> bool:
        """Return True if this is one word, with nothing that shows it to be a person."""
        name = self.speaker.name
        is_shown = (
            self.is_titled or self.speaker.handle or self.speaker.role or name_key(name) in known
        )
        return " " not in name and not is_unspaced(name) and not is_shown

    def add_detail(self, part: str, *, sure: bool = True, joiner: str = "") -> None:
        """Add a role, a handle or an employer to this person; ``joiner`` stands before it."""
        part, handle = _take_handle(part)
        if handle:
            self.speaker = replace(self.speaker, handle=self.speaker.handle or handle)
            part = _EMPTY_BRACKET.sub("", part).strip(" ,|/")
            self.score += weights.DETAIL
        employer = self._add_role(part.strip(" ,;|-–—"), joiner)
        before = self.speaker.affiliation
        if employer and not (_WHEN.search(employer) or match_date(employer)):
            affiliation = f"{before}, {employer}" if before else employer
            self.speaker = replace(self.speaker, affiliation=affiliation)
            if not before:
                self.score += weights.EMPLOYER if sure else -weights.EMPLOYER

    def _add_role(self, part: str, joiner: str) -> str:
        """Add the role that ``part`` begins with; return the employer that is left."""
        speaker = self.speaker
        role, _, employer = part.partition(" at ")
        if not employer:
            role, _, employer = part.partition(" @ ")
        if not has_role(role) or (speaker.role and not joiner):
            return part
        if joiner and (speaker.role or speaker.affiliation):
            role = f"{speaker.role or speaker.affiliation} {joiner} {role.strip()}"
            affiliation = speaker.affiliation if speaker.role else ""
            self.speaker = replace(speaker, role=role, affiliation=affiliation)
            return employer.strip()
        if not employer and ", " in role:
            role, _, employer = role.partition(", ")
        self.speaker = replace(speaker, role=role.strip())
        self.score += weights.DETAIL
        return employer.strip()


def parse_person(
    part: str, known: frozenset[str], *, small: bool, lower: bool
) -> ParsedPerson | None:
    """Read ``part`` as one person with brackets, handle and employer, or return nothing.

    ``lower`` says that the phrase has no capital, ``small`` that nothing near it has.
    """
    typed_part, person_id = split_person_id(part)
    part = strip_honorific(typed_part)
    middle = _IN_THE_MIDDLE.search(part)
    if middle and len(part[middle.end() :].split()) > 2:
        return None
    brackets = BRACKET.findall(part) if not middle else []
    details = [text.strip() for text in brackets if not _is_aside(text)]
    score = weights.BRACKET * (len(brackets) + bool(person_id))
    rest, handle = _take_handle(part if middle else BRACKET.sub(" ", part))
    score += weights.HANDLE * bool(handle)
    if match := before_employer_pattern().search(rest):
        details.append(rest[match.end() :].strip())
        rest = rest[: match.start()]
        is_weak = match.group().strip() in {"of", "for", "via"}
        score += -weights.WEAK_EMPLOYER if is_weak else weights.EMPLOYER
    typed = " ".join(rest.split()).strip(" ,.-–—|:\"“”'*：／「」『』")
    typed, employer = split_details(typed)
    if employer:
        details.append(employer)
    name = bare_name(strip_honorific(compile_phrases(_TITLES).sub("", typed)))
    is_titled = name != typed or part != typed_part
    score += weights.HONORIFIC * is_titled
    bare = " ".join(_NICKNAME.sub(" ", BRACKET.sub(" ", name)).split())
    if not name and handle:
        return ParsedPerson(Speaker(0, f"@{handle}", handle=handle), 1.0, 1.0)
    last_word = normalize(name).rpartition(" ")[2]
    if is_titled and is_unspaced(name) and last_word in phrase_set("common_words"):
        return None
    if is_titled and _TITLED.fullmatch(name):
        bare = name
    elif _is_uncapitalised(name, small=small, lower=lower) or not is_possible_name(
        bare.title() if small else bare
    ):
        return None
    likeness = _score_name(bare, small=small, lower=lower)
    has_handle = bool(handle) or any(map(_HANDLE.search, details))
    if is_titled or (has_handle and is_unspaced(bare) and len(bare) <= _MAX_HANDLED):
        likeness = max(likeness, weights.TITLED_NAME)
    score -= weights.HALF_CAPITAL * bool(compile_phrases(_HALF_CAPITAL).search(bare))
    score += weights.KNOWN_PERSON * (name_key(name) in known)
    score += min(likeness, weights.MAX_NAME_SCORE)
    speaker = Speaker(0, name, handle=handle, id=person_id)
    person = ParsedPerson(speaker, score, likeness, is_titled)
    for detail in details:
        person.add_detail(detail)
    return person


def _is_uncapitalised(name: str, *, small: bool, lower: bool) -> bool:
    """Return True if names have capitals here, and ``name`` begins without: ``first Steps``."""
    first, _, rest = name.partition(" ")
    is_plain = first.islower() and first.isalpha() and first not in phrase_set("names.particles")
    return is_plain and bool(rest) and not (small or lower or has_given_name(name))


def split_person_id(text: str) -> tuple[str, str]:
    """Return ``text`` without the address of a page after a name, and that address.

    It has a hyphen, or is all of the name: ``Ana Ruiz [ana-ruiz-cook]``, ``Ana [ana]``.
    """
    match = _ID.search(text)
    if match is None or ("-" not in match[1] and match[1] != name_key(text[: match.start()])):
        return text, ""
    return text[: match.start()] + text[match.end() :], match[1]


def _take_handle(text: str) -> tuple[str, str]:
    """Return ``text`` without its first handle, and the handle."""
    match = _HANDLE.search(text)
    if match is None:
        return text, ""
    return f"{text[: match.start()]} {text[match.end() :]}", match[1].rstrip(".-")


def _score_name(name: str, *, small: bool, lower: bool) -> float:
    """Return the log-odds that ``name`` is one, however its letters are typed."""
    in_capitals = FAMILY_NAME_FIRST.fullmatch(name) is not None
    score = name_score(name.title() if small or in_capitals else name)
    if lower:
        titled = name_score(name.title())
        is_known = titled > weights.SURE_NAME or has_given_name(name)
        lost = weights.SMALL_NAME + weights.UNKNOWN_SMALL_NAME * (not is_known)
        score = max(score, titled - lost)
    if (match := _BYNAME.fullmatch(name)) and name_score(match["name"]) > -1.0:
        score = max(score, 1.0)
    return score
