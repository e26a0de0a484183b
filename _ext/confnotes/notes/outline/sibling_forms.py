"""Headings read by what their siblings are like: companies and names at their ends, names alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from confnotes.model import Speaker
from confnotes.notes import weights
from confnotes.notes.entities.name_model import has_given_name, name_score
from confnotes.notes.entities.roles_and_employers import (
    has_role,
    is_affiliation,
    may_be_affiliation,
)
from confnotes.notes.entities.talk_kinds import match_kind_label
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_heading import apply_prior
from confnotes.notes.headings.separators import clean_title, find_separators
from confnotes.notes.languages.patterns import is_unspaced
from confnotes.notes.outline.candidate import PLAIN_LEVEL, Candidate
from confnotes.notes.outline.candidates import by_level

_SIGNS = frozenset({"dash", "comma", "pipe"})
_NICKNAME = r"(?P<{}>@?\w[\w.-]{{0,19}})"
_NICKNAME_LAST = re.compile(
    rf"^(?P<title>.+?)(?:\s*[(（]{_NICKNAME.format('inner')}[)）]"
    rf"|\s[-–—|/]\s{_NICKNAME.format('last')})$"
)
_SHORT_NAME_FIRST = re.compile(
    r"^(?P<name>\w{2,4}|\w{2,3}[ \u3000]\w{1,3})"
    r"(?:\s[-–—|/]\s|\s?[:：]\s*|\s?(?=[「『《“]))(?P<title>\S.+)$"
)
_NAME_FIRST = re.compile(r"^(?P<name>[^\W\d_]\S*(?: \S+)?) [-–—] (?P<title>\S.*)$")
_MAX_UNSPACED = 4
_COMPANY = re.compile(r"(?:[^\W_][\w.&'’-]*|&)(?: (?:[^\W_][\w.&'’-]*|&)){0,2}")


def strip_trailing_companies(siblings: Sequence[Candidate]) -> None:
    """Take the company off the titles of headings of one level that are sure to name nobody."""
    ends = [(candidate, *_split(candidate)) for candidate in siblings]
    found = [(candidate, title) for candidate, title, company in ends if company]
    named = sum(is_affiliation(company) for _, _, company in ends if company)
    if len(found) < 2 or (len(found) < weights.MIN_ENDING * len(siblings) and not named):
        return
    for candidate, title in found:
        whole = next(p for p in candidate.parses if p.form is Form.TITLE)
        rest = [p for p in candidate.parses if p is not whole]
        company: HeadingParse = replace(whole, title=clean_title(title))
        candidate.parses = sorted([company, *rest], key=lambda parse: -parse.score)


def read_nicknames(siblings: Sequence[Candidate]) -> None:
    """Read ``Queues (nameko)`` as a title and a nickname where most siblings end in another.

    Those that end in the name of a speaker count as well.
    """
    ends = [(c, _NICKNAME_LAST.match(c.whole.title)) for c in siblings if not c.is_never_talk]
    unnamed = [(c, match) for c, match in ends if match and not c.has_speaker]
    names = [match["inner"] or match["last"] for _, match in unnamed]
    small = sum(map(_is_nickname, names))
    named = sum(c.has_speaker and c.best_parse.form is Form.TITLE_SPEAKER for c, _ in ends)
    is_habit = small + named >= weights.MIN_REGULAR and 2 * (small + named) > len(ends)
    if not small or not is_habit or 4 * len({*names}) < 3 * len(names):
        return
    for (candidate, match), name in zip(unnamed, names, strict=True):
        if _is_nickname(name) or small > named:
            speakers = (Speaker(candidate.segment.line, name),)
            title = clean_title(match["title"])
            parse = HeadingParse.of_talk(title, speakers, weights.NICKNAME_LAST)
            candidate.parses = [parse, *candidate.parses]


def read_unspaced_names(siblings: Sequence[Candidate]) -> None:
    """Read names without blanks alone where most siblings are names."""
    level = [c for c in siblings if not c.is_never_talk]
    prior = {Form.SPEAKER: weights.UNSPACED_NAME_ALONE + weights.NAME_ALONE}
    alone = [(c, p) for c in level if is_unspaced(c.text) and (p := apply_prior(c.parses, prior))]
    alone = [(c, p) for c, p in alone if p[0].is_name and p[0].score > weights.MIN_PERSON_HEADING]
    if len(alone) >= max(weights.MIN_REGULAR, weights.ONLY_NAMES * len(level)):
        for candidate, parses in alone:
            candidate.parses = parses


def read_names_first(siblings: Sequence[Candidate]) -> None:
    """Read ``Ana – Queues`` as a name and a title where most siblings are such."""
    level = [c for c in siblings if not c.is_never_talk]
    named = sum(c.best_parse.form is Form.SPEAKER_TITLE for c in level)
    sure = sum(c.best_parse.form is Form.SPEAKER_TITLE and c.has_speaker for c in level)
    is_habit = sure >= max(weights.MIN_REGULAR, weights.HABITUAL_FIRST * len(level))
    for candidate in level if named > 1 and 2 * named >= len(level) else ():
        best, title = candidate.best_parse, candidate.whole.title
        match = None if best.speakers else _SHORT_NAME_FIRST.match(title)
        if not (match and is_unspaced(match["name"])):
            is_free = is_habit and not candidate.has_speaker
            match = _NAME_FIRST.match(title) if is_free else None
        if match and not match_kind_label(candidate.text):
            speakers = (Speaker(candidate.segment.line, match["name"]),)
            title = clean_title(match["title"])
            parse = HeadingParse.of_talk(title, speakers, weights.NICKNAME_LAST)
            candidate.parses = [replace(parse, form=Form.SPEAKER_TITLE), *candidate.parses]


def _is_nickname(name: str) -> bool:
    """Return True if a word is a given name, in small letters, or short and without them."""
    is_small = not (name[0].isupper() or name[0].isdecimal())
    is_short = is_small and (name.isascii() or len(name) <= _MAX_UNSPACED)
    return is_short or has_given_name(name)


def prefer_titles(siblings: Sequence[Candidate]) -> None:
    """Read ``Ana Ruiz, Queues`` as a name and a title where most named siblings have titles.

    ``Ana Ruiz, Queues: how they fill`` has all of it for a title where most have no company.
    """
    named = [c for c in siblings if c.best_parse.names_talk]
    employed = [
        c
        for c in siblings
        if c.best_parse.form is Form.SPEAKER_AFFILIATION
        and c.best_parse.title in {"", c.whole.label}
        and not may_be_affiliation(c.best_parse.speakers[0].affiliation)
    ]
    if len(employed) < len(named):
        for candidate in employed:
            candidate.parses = apply_prior(
                candidate.parses, {Form.SPEAKER_AFFILIATION: -weights.TITLED_SIBLINGS}
            )
    first = [c for c in siblings if c.best_parse.form is Form.SPEAKER_TITLE]
    companies = [c for c in first if c.best_parse.speakers[0].affiliation]
    for candidate in companies if 2 * len(companies) < len(first) else ():
        best = candidate.best_parse
        who = best.speakers[0]
        longer = (
            parse
            for parse in candidate.parses
            if parse.form is Form.SPEAKER_TITLE
            and parse.speakers[0].name == who.name
            and parse.title.startswith(who.affiliation)
            and parse.title.endswith(best.title)
        )
        if not is_affiliation(who.affiliation) and (parse := next(longer, None)):
            candidate.parses = [replace(parse, score=best.score), *candidate.parses]


def _split(candidate: Candidate) -> tuple[str, str]:
    """Return the text before the last separator, and after it the company, if it may be one."""
    best = candidate.best_parse
    separators = find_separators(candidate.text)
    if best.speakers or not separators or separators[-1].lastgroup not in _SIGNS:
        return candidate.text, ""
    title = candidate.text[: separators[-1].start()]
    last = candidate.text[separators[-1].end() :].strip()
    short = bool(_COMPANY.fullmatch(last)) and name_score(last) < weights.MAX_COMPANY_NAME_SCORE
    one = separators[-1].lastgroup != "comma" or " " not in last
    proper = is_affiliation(last) or (one and (last[:1].isupper() or " " not in last))
    return title, last if short and proper and len(title.split()) > 1 else ""


def read_roles(plain: Sequence[Candidate]) -> None:
    """Read ``Ana Ruiz – Engineer, Acme`` as a speaker where such lines are right below titles."""
    above = {c.index: c for c in plain if c.is_short and not c.best_parse.speakers}
    named = [
        c for c in plain if c.best_parse.form in {Form.SPEAKER_TITLE, Form.SPEAKER_AFFILIATION}
    ]
    below = [c for c in named if c.index - 1 in above]
    titled = [c for c in below if c.best_parse.form is Form.SPEAKER_TITLE]
    roles = len(below) - sum(not has_role(c.best_parse.title) for c in titled)
    if roles < weights.MIN_REGULAR or 2 * roles < len(below) or 3 * len(below) < 2 * len(named):
        return
    for candidate in titled:
        best = candidate.best_parse
        speakers = tuple(replace(one, role=best.title) for one in best.speakers)
        who = replace(best, form=Form.SPEAKER_AFFILIATION, title="", speakers=speakers)
        candidate.parses = [who, *candidate.parses]


def mark_name_headings(found: Sequence[Candidate], by_index: dict[int, Candidate]) -> None:
    """Mark the names among the candidates ``found`` that are headings by themselves."""
    _find_lone_names(found, by_index)
    for siblings in by_level(found):
        _find_names_above_titles(siblings, by_index)
        _find_names_below_titles(siblings, by_index)


def _find_lone_names(found: Sequence[Candidate], by_index: dict[int, Candidate]) -> None:
    """Find names over bullets that are headings: at least half have no line above for a title."""
    plain = [c for c in found if c.level == PLAIN_LEVEL]
    names = [c for c in plain if c.is_name_only and c.bullets]
    below_lists = sum(c.index > 0 and c.index - 1 not in by_index for c in names)
    for candidate in names:
        candidate.heads_alone = 2 * below_lists >= len(names) > 1


def _find_names_above_titles(siblings: Sequence[Candidate], by_index: dict[int, Candidate]) -> None:
    """Find headings that are only names where each, two or more, is right above a title."""
    names = [c for c in siblings if c.is_name_only and c.level < PLAIN_LEVEL]
    above = [by_index.get(c.index - 1) for c in names]
    below = [by_index.get(c.index + 1) for c in names]
    inner = sum(
        other is not None and other.level < c.level for other, c in zip(above, names, strict=True)
    )
    titled = sum(
        other is not None
        and other.level == c.level
        and not (other.best_parse.speakers or other.is_never_talk)
        for other, c in zip(below, names, strict=True)
    )
    if titled == len(names) > 1 and inner < 2:
        for candidate in names:
            candidate.is_above_title = True


def _find_names_below_titles(siblings: Sequence[Candidate], by_index: dict[int, Candidate]) -> None:
    """Find headings that are only names right below a title, which are most such headings."""
    names = [
        c
        for c in siblings
        if c.is_name_only and c.level < PLAIN_LEVEL and c.has_speaker and not c.is_above_title
    ]
    titled = []
    for candidate in names:
        above, below = by_index.get(candidate.index - 1), by_index.get(candidate.index + 1)
        is_title = above is not None and above.level == candidate.level
        is_over_heading = below is not None and below.level < PLAIN_LEVEL
        if is_title and above and not (above.best_parse.speakers or above.is_never_talk):
            titled += [candidate] if not is_over_heading else []
    if 2 * len(titled) > len(names):
        for candidate in titled:
            candidate.is_below_title = True
