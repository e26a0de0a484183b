"""Speakers whom the running text of a talk names; the text stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from confnotes.model import Speaker
from confnotes.notes import weights
from confnotes.notes.entities.name_model import find_given_name, has_given_name, name_score
from confnotes.notes.entities.name_shape import (
    FULL_NAME,
    NAME_WORD,
    NEXT_NAME_WORD,
    is_possible_name,
)
from confnotes.notes.entities.parse_people import ParsedPeople
from confnotes.notes.entities.words_around_names import strip_lead
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.patterns import any_of, compile_phrases, expand_phrases
from confnotes.notes.languages.phrase_tables import phrases
from confnotes.notes.openings.speaker_lines import linked_names
from confnotes.notes.syntax.lines import Line

_MAX_LENGTH, _MAX_BEFORE = 400, 7
"""Characters of a text, and words before a talk in one that does not open a talk."""
_ANOTHER = rf"(?:(?:, | & |,? (?i:<people.joiners>) ){FULL_NAME}){{0,3}}"
_NAMES = rf"(?<!\w){NAME_WORD}(?:{NEXT_NAME_WORD}){{1,6}}{_ANOTHER}"
"""Names, and words with capitals in front of them."""
_ASIDE = re.compile(r" ?\([^()]*\)")
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[.!?] (?=\W*[^\W\da-z_])|$")
_PROFILE = re.compile(
    rf"\[(?P<who>@\w{{2,30}}|{FULL_NAME})\]\(https?://(?:www\.)?"
    r"(?:(?:twitter|x)\.com/|[\w.-]+/@|linkedin\.com/in/)(?P<handle>[\w.-]+)/?\)"
)
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z]\w{3,29}\b(?![.-]\w)")
_BOLD_NAME = re.compile(rf"\*\*(?P<who>{FULL_NAME})\*\*")
_INTRODUCED = (
    r"(?:(?i:<kinds.labels>(?: [\w'’-]+){0,4}? <people.at>)"
    r"|(?i:<kinds.labels>(?: [\w'’-]+){0,4}? <people.by,people.with>|^\W{0,5}<people.by>|BY,?)"
    r"(?: [a-z][\w-]*){0,3}(?: [A-Z]\w*['’]s)?)\s(?=[^\W\d_a-z])"
)
"""What stands before a speaker: ``The second talk was by``, ``keynote by Acme’s``."""
_VERB_AFTER = (
    r"(?i)^(?:(?:, [^,.;:]{3,60}|,? <people.at>(?: [\w.&'’-]+){1,4}?)?,?(?:(?: [^\W\d_]+){0,2}?"
    r" <people.verbs>| <kinds.labels>)|['’]s? (?:[^\W\d_]+ ){0,2}?<kinds.labels>)"
)
"""What follows a speaker: ``, engineer at Acme, explained``, ``’s last talk``."""
_VERB_BEFORE = r"(?i)^(?:[\w'’-]+ ){0,6}<people.verbs>\s$"
"""``Nach dem Essen sprach``."""


@cache
def _introduction() -> re.Pattern[str]:
    """Return the pattern of what introduces a speaker; a ``by`` of one word is no such phrase."""
    by = (phrase for phrase in phrases("people.by") if " " in phrase)
    labels = {*phrases("fields.speakers")} - {*phrases("fields.ambiguous")}
    return re.compile(expand_phrases(_INTRODUCED).replace("BY", any_of([*by, *labels])))


def speaker_of_sentence(
    text: str, line: int, context: ParseContext, *, first: bool = False
) -> ParsedPeople | None:
    """Return the speaker that ``text`` names; ``first`` says that it begins the talk."""
    plain = _ASIDE.sub("", context.strip_markup(text[:_MAX_LENGTH]).replace("\n", " "))
    introduced = {
        match.end()
        for match in _introduction().finditer(plain)
        if first or plain.count(" ", 0, match.start()) < _MAX_BEFORE
    }
    found = list(people_in(plain, line, context)) if first or introduced else []
    for start, end, who in found:
        is_sure = first and who.score > 0 and _is_likely(who)
        if start in introduced or (is_sure and _has_verb(plain[:start], plain[end:])):
            return who
    if not first:
        return None
    if whole := _only_names(plain, line, context):
        return whole
    raw = text[:_MAX_LENGTH]
    marked = linked_names(Line.of_text(line, raw.split("\n", 1)[0])) or _marked_person(raw, line)
    return marked or _only_person(plain, line, found, context)


def _only_names(text: str, line: int, context: ParseContext) -> ParsedPeople | None:
    """Return the people whose names are all that the first of several sentences says."""
    end = _SENTENCE_END.search(text)
    typed = text[: end.start() + 3] if end and end.group() else ""
    who = context.parse_people(typed, line) if " " in typed else None
    return who if who and who.score > 0 and is_sure(who) else None


def _only_person(
    text: str, line: int, found: Sequence[tuple[int, int, ParsedPeople]], context: ParseContext
) -> ParsedPeople | None:
    """Return the only person of the first sentence, if it begins with the name or others do so."""
    sentence = _SENTENCE_END.search(text)
    named = [one for one in found if sentence and one[0] < sentence.end()]
    if not named and context.speaker_below_prior:
        named = [one for one in found if is_sure(one[2])]
    if context.speaker_below_prior and not found and len(handles := {*_HANDLE.findall(text)}) == 1:
        handle = handles.pop()
        speaker = Speaker(line, handle, handle=handle[1:])
        return ParsedPeople((speaker,), weights.OPENING_NAME)
    if len(named) != 1:
        return None
    start, end, who = named[0]
    goes_on = text[end:].lstrip(", ")[:1].islower()
    if not is_sure(who) or not (goes_on if start == 0 else context.speaker_below_prior):
        return None
    return replace(who, score=min(who.score, weights.OPENING_NAME))


def people_in(
    text: str, line: int, context: ParseContext
) -> Iterator[tuple[int, int, ParsedPeople]]:
    """Yield the full names in ``text``, of which a first word with a capital may be none."""
    for match in compile_phrases(_NAMES).finditer(text):
        typed = match.group()
        while typed.rpartition(" ")[2].islower():
            typed = typed.rpartition(" ")[0]
        name = strip_lead(typed)
        words = name.split(" ")
        if text[: match.start()].rstrip()[-1:] in ("", ".", "!", "?") and not has_given_name(name):
            name = " ".join(words[find_given_name(words, 0) :])
        end = match.start() + len(typed)
        who = context.parse_people(name, line) if " " in name else None
        if who and who.score >= -1.0 and all(" " in one.name for one in who.speakers):
            yield end - len(name), end, who


def _has_verb(before: str, after: str) -> bool:
    """Return True if what stands around a name says that this person speaks."""
    found = compile_phrases(_VERB_AFTER).match(after)
    return bool(found or compile_phrases(_VERB_BEFORE).match(before))


def names_person(text: str, line: int, context: ParseContext) -> bool:
    """Return True if ``text`` begins with sentences that surely name somebody."""
    plain = _ASIDE.sub("", context.strip_markup(text[:_MAX_LENGTH]).replace("\n", " "))
    found = (is_sure(who) for _, _, who in people_in(plain, line, context))
    return bool(_HANDLE.search(plain)) or any(found)


def is_sure(who: ParsedPeople) -> bool:
    """Return True if ``who`` are people beyond doubt."""
    is_given = has_given_name(who.speakers[0].name)
    return _is_likely(who) and (is_given or who.score >= weights.SURE_NAME)


def _is_likely(who: ParsedPeople) -> bool:
    return all(name_score(one.name) >= weights.MIN_NAME_IN_TEXT for one in who.speakers)


def _marked_person(text: str, line: int) -> ParsedPeople | None:
    """Return the one person whose profile ``text`` links, or whose full name it has in bold."""
    profiles = {match["who"]: match["handle"] for match in _PROFILE.finditer(text)}
    people = [
        Speaker(line, who, handle=handle)
        for who, handle in profiles.items()
        if who[0] == "@" or is_possible_name(who)
    ]
    score = weights.LINKED_PROFILE
    if not profiles:
        bold = {match["who"] for match in _BOLD_NAME.finditer(text)}
        people = [Speaker(line, who) for who in bold if is_possible_name(who)]
        score = min((name_score(who) for who in bold), default=0.0)
    if len(people) != 1 or score < weights.MIN_MARKED_NAME:
        return None
    return ParsedPeople(tuple(people), score)
