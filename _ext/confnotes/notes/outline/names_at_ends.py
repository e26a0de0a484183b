"""Names that begin or end headings without a sign: most sibling headings have theirs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from confnotes.notes import weights
from confnotes.notes.entities.name_model import has_given_name
from confnotes.notes.entities.name_shape import NAME_WORD, NEXT_NAME_WORD
from confnotes.notes.entities.roles_and_employers import is_job_title, may_be_affiliation
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.outline.candidate import PLAIN_LEVEL, Candidate

_ANOTHER = rf"(?:(?:, |,? <people.joiners> ){NAME_WORD}(?:{NEXT_NAME_WORD}){{1,2}}){{0,3}}"
_FORMS = {
    Form.TITLE_SPEAKER: r"^(?P<title>\S+ .*[^\s,;:.&–—-])[,:]? (?P<people>{}(?: \([^()]+\))?)$",
    Form.SPEAKER_TITLE: r"^(?P<people>{}(?: \([^()]+\))?)[,:]? (?P<title>[^\W_a-z].*? \S.*)$",
}
_PATTERNS = {
    form: [pattern.format(rf"{NAME_WORD}(?:{NEXT_NAME_WORD}){{{n}}}{_ANOTHER}") for n in (1, 2)]
    for form, pattern in _FORMS.items()
}


def read_names_at_ends(siblings: Sequence[Candidate]) -> None:
    """Read ``Queues Ana Ruiz`` or ``Ana Ruiz, Queues`` where most siblings have a name there."""
    level = [c for c in siblings if _may_be_heading(c)]
    for form in _FORMS:
        named = sum(
            c.best_parse.form is form and c.best_parse.score > weights.CONFIDENT for c in level
        )
        unread = [c for c in level if c.best_parse.score <= weights.CONFIDENT or _is_employed(c)]
        found = [(c, parse) for c in unread if (parse := _name_at_end(c, form))]
        sure = sum(map(_is_sure, (parse for _, parse in found)))
        is_habit = named > 1 and named >= weights.MIN_ENDING * len(level)
        is_habit |= sure > 1 and named + sure >= weights.MIN_ENDING_UNSIGNED * len(level)
        for candidate, parse in found if is_habit else ():
            if _is_sure(parse) or named + sure > weights.MIN_REGULAR:
                is_marked = candidate.level < PLAIN_LEVEL
                score = weights.CONFIDENT if is_marked else parse.score
                candidate.parses = [replace(parse, score=score), *candidate.parses]


def _may_be_heading(candidate: Candidate) -> bool:
    is_line = candidate.is_short and not candidate.is_prose
    return not candidate.is_never_talk and (candidate.level < PLAIN_LEVEL or is_line)


def _is_employed(candidate: Candidate) -> bool:
    """Return True if a title may have been read as the company of a speaker."""
    best = candidate.best_parse
    is_employed = best.form is Form.SPEAKER_AFFILIATION and not best.title
    return is_employed and not may_be_affiliation(best.speakers[0].affiliation)


def _name_at_end(candidate: Candidate, form: Form) -> HeadingParse | None:
    """Return the surest reading of a heading whose name is at one end."""
    found: list[HeadingParse] = []
    for pattern in _PATTERNS[form]:
        match = compile_phrases(pattern).match(candidate.whole.title)
        title = match["title"] if match else ""
        is_role = is_job_title(title) or may_be_affiliation(title)
        if not match or (form is Form.SPEAKER_TITLE and is_role):
            continue
        who = candidate.context.parse_people(match["people"], candidate.segment.line)
        if who and who.score > weights.NEUTRAL:
            parse = HeadingParse.of_talk(clean_title(match["title"]), who.speakers, who.score)
            found.append(replace(parse, form=form))
    return max(found, key=lambda parse: (_is_given(parse), parse.score), default=None)


def _is_given(parse: HeadingParse) -> bool:
    return all(has_given_name(speaker.name) for speaker in parse.speakers)


def _is_sure(parse: HeadingParse) -> bool:
    """Return True if the names that no sign shows are surely names."""
    return parse.score > (weights.CONFIDENT if _is_given(parse) else weights.SURE_LAST_NAME)
