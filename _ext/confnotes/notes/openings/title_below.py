"""The title of a talk whose heading is short or only a name: on the line below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from confnotes.body import ListBlock
from confnotes.notes import weights
from confnotes.notes.entities.parse_people import parse_people
from confnotes.notes.entities.roles_and_employers import is_job_title
from confnotes.notes.entities.section_words import is_subheading
from confnotes.notes.entities.talk_kinds import detect_kind, match_kind_label
from confnotes.notes.headings.annotations import strip_annotations
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.openings.speaker_lines import may_precede_speaker
from confnotes.notes.syntax.fields import looks_like_field, parse_field
from confnotes.notes.syntax.inline import emphasised_text
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.links_in_text import iter_texts
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraphs

_MAX_LENGTH = 300
_EMPHASISED = re.compile(r"^(?P<sign>\*\*|__|\*|_)(?P<title>\S.*?)(?P=sign)\s*(?P<rest>.*)$")
_MAX_WORDS = 20
_MAX_EMPLOYER = 40
"""Characters of a line about a person: ``Acme Inc.``"""


@dataclass(frozen=True, slots=True)
class ResolvedTitle:
    """A heading with its title, the other lines of its paragraph, and what is below."""

    parse: HeadingParse
    lead: tuple[Line, ...]
    below: Sequence[Segment]
    title: tuple[Line, ...] = ()
    """Lines that became the title."""


def resolve_title(
    segment: Segment,
    parses: Sequence[HeadingParse],
    below: Sequence[Segment],
    context: ParseContext,
) -> ResolvedTitle:
    """Return the heading of a talk with its title, which may be on a line below it."""
    parse, lead = parses[0], segment.lines[1:]
    if full := _full_title(parse, segment, below[:1], context):
        return ResolvedTitle(
            full, lead[1:], below if lead else _after(below), (_first(lead, below),)
        )
    place = next((n for n, other in enumerate(below[:3]) if not _is_about_person(other)), 3)
    heading = below[place] if len(below) > place else None
    is_title = heading and heading.kind is SegmentKind.HEADING and not is_subheading(heading.text)
    is_title = is_title and heading and heading.level <= segment.level + 1
    if parse.is_name and heading and is_title:
        rest = [*below[:place], *below[place + 1 :]]
        return ResolvedTitle(_titled(parse, heading.text, context), lead, rest, heading.lines)
    person = _person(parses)
    timed = strip_annotations(segment.text).text != segment.text
    timed &= parse.is_name
    listed = len(lead) == 1 and bool(below) and isinstance(below[0].block, ListBlock)
    if person and lead and (timed or listed) and _is_title(lead[0], context, 2 - timed):
        return ResolvedTitle(_titled(person, lead[0].text, context), lead[1:], below, lead[:1])
    if (
        person
        and segment.kind is SegmentKind.HEADING
        and len(below) > 1
        and len(below[0].lines) == 1
        and (
            context.names_only
            or _stands_out(below[0], below[1])
            or match_kind_label(below[0].text) is not None
        )
        and _is_title(below[0].lines[0], context)
    ):
        return ResolvedTitle(
            _titled(person, below[0].text, context), lead, below[1:], below[0].lines
        )
    return ResolvedTitle(parse, lead, below)


def _is_about_person(segment: Segment) -> bool:
    """Return True if a segment may say what the person in the heading above it does, or links."""
    if segment.block and all(may_precede_speaker(text) for _, text in iter_texts([segment.block])):
        return True
    is_line = segment.kind is SegmentKind.PARAGRAPH and len(segment.lines) == 1
    return is_line and len(segment.text) <= _MAX_EMPLOYER and segment.text[-1] not in "!?:。："


def _first(lead: Sequence[Line], below: Sequence[Segment]) -> Line:
    return lead[0] if lead else below[0].lines[0]


def _after(below: Sequence[Segment]) -> Sequence[Segment]:
    """Return what follows the first line of ``below``."""
    rest = below[0].lines[1:]
    return [*paragraphs(rest), *below[1:]]


def _full_title(
    parse: HeadingParse, segment: Segment, below: Sequence[Segment], context: ParseContext
) -> HeadingParse | None:
    """Read the line right below a short heading as the full title, with its speaker."""
    lead = segment.lines[1:]
    if not lead and not (below and below[0].kind is SegmentKind.PARAGRAPH):
        return None
    line = _first(lead, below)
    if len(line.text) > _MAX_LENGTH or looks_like_field(line):
        return None
    marked = _EMPHASISED.match(line.text)
    words, title = _words(parse.title), _words(marked["title"] if marked else line.text)
    begins = bool(words) and title[: len(words)] == words
    if marked and marked["rest"] and begins:
        rest = strip_annotations(context.strip_markup(marked["rest"])).text.lstrip(" -–—|:,")
        who = parse_people(rest, line.number, context.known_names)
        if who is not None:
            full = context.strip_markup(marked["title"])
            return HeadingParse.of_talk(full, who.speakers, who.score + 1.0)
    best = best_parse(line.text, line.number, context)
    whole = marked is not None and not marked["rest"]
    if whole and parse_people(best.title, line.number, context.known_names):
        return None
    is_full = (begins and len(words) > 1 - whole) or (whole and not parse.speakers)
    return best if is_full and best.title and best.form is Form.TITLE_SPEAKER else None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _stands_out(segment: Segment, after: Segment) -> bool:
    """Return True if a line under a heading is more than the first of a text."""
    tight = not segment.blank_lines_before and isinstance(after.block, ListBlock)
    return tight or emphasised_text(segment.text) is not None


def _person(parses: Sequence[HeadingParse]) -> HeadingParse | None:
    """Return the reading of a heading as a name and nothing else."""
    found = (r for r in parses if r.is_name and not r.title)
    return next((parse for parse in found if parse.score > weights.MIN_PERSON_HEADING), None)


def _titled(parse: HeadingParse, text: str, context: ParseContext) -> HeadingParse:
    title = context.clean_heading(text)
    label = match_kind_label(title)
    bare = clean_title(title[label.end() :]) if label else title
    return replace(parse, title=bare, kind=detect_kind(title))


def _is_title(line: Line, context: ParseContext, least: int = 2) -> bool:
    value = context.strip_markup(line.text)
    if parse_field(line) or value[:1].islower() or value.endswith((".", ":")):
        return False
    who = parse_people(value, line.number, context.known_names)
    name = who is not None and who.score > 0.0
    return least <= len(value.split()) <= _MAX_WORDS and not is_job_title(value) and not name
