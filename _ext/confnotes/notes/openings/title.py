"""The title of a talk whose heading is only a name: on the next line, or under the heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from confnotes.model import ListBlock, Markup
from confnotes.notes.entities.affiliations import is_job_title
from confnotes.notes.entities.people import parse_people
from confnotes.notes.entities.talk_kinds import detect_kind
from confnotes.notes.headings.parse import Form, HeadingParse, ParseContext
from confnotes.notes.outline.candidates import Candidate
from confnotes.notes.syntax.fields import parse_field
from confnotes.notes.syntax.inline import clean_heading, emphasised_text, strip_inline_markup
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind

_MIN_PERSON_SCORE = 1.0
"""Log-odds of a name with a title under it."""
_MAX_WORDS = 20


@dataclass(frozen=True, slots=True)
class TalkOpening:
    """How a talk begins: its heading as read, the lines that share its paragraph, what is below."""

    parse: HeadingParse
    lead: tuple[Line, ...]
    below: Sequence[Segment]
    title: tuple[Line, ...] = ()
    """Lines that became the title."""


def resolve_title(
    candidate: Candidate,
    segments: Sequence[Segment],
    markup: Markup,
    context: ParseContext,
    *,
    habit: bool,
) -> TalkOpening:
    """Read how a talk begins; ``habit`` says that all headings of the post are names."""
    segment, *below = segments
    parse, lead = candidate.best_parse, segment.lines[1:]
    if parse.form is Form.SPEAKER and below and below[0].kind is SegmentKind.HEADING:
        return TalkOpening(_titled(parse, below[0].text, markup), lead, below[1:], below[0].lines)
    person = _person(candidate)
    if person is None or not below:
        return TalkOpening(parse, lead, below)
    if len(lead) == 1 and isinstance(below[0].block, ListBlock):
        if _is_title(lead[0], markup, context):
            return TalkOpening(_titled(person, lead[0].text, markup), (), below, lead)
    elif (
        segment.kind is SegmentKind.HEADING
        and len(below[0].lines) == 1
        and len(below) > 1
        and (habit or _stands_out(below[0], below[1]))
        and _is_title(below[0].lines[0], markup, context)
    ):
        return TalkOpening(_titled(person, below[0].text, markup), lead, below[1:], below[0].lines)
    return TalkOpening(parse, lead, below)


def _stands_out(segment: Segment, after: Segment) -> bool:
    """Return True if a line under a heading is more than the first of a text."""
    tight = not segment.blank_lines_before and isinstance(after.block, ListBlock)
    return tight or emphasised_text(segment.text) is not None


def _person(candidate: Candidate) -> HeadingParse | None:
    """Return the reading of a heading as a name and nothing else."""
    forms = {Form.SPEAKER, Form.SPEAKER_AFFILIATION}
    found = (r for r in candidate.parses if r.form in forms and not r.title)
    return next((parse for parse in found if parse.score > _MIN_PERSON_SCORE), None)


def _titled(parse: HeadingParse, text: str, markup: Markup) -> HeadingParse:
    title = clean_heading(text, markup)
    return replace(parse, title=title, kind=detect_kind(title))


def _is_title(line: Line, markup: Markup, context: ParseContext) -> bool:
    value = strip_inline_markup(line.text, markup)
    if parse_field(line) or value[:1].islower() or value.endswith((".", ":")):
        return False
    who = parse_people(value, line.number, context.known_names)
    name = who is not None and who.score > 0.0
    return 2 <= len(value.split()) <= _MAX_WORDS and not is_job_title(value) and not name
