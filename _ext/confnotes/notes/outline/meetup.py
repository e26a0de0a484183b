"""The heading of a meetup: its name, with its date right below and talks under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from confnotes.notes import weights
from confnotes.notes.entities.session_heading import (
    SessionHeading,
    parse_session_heading,
)
from confnotes.notes.entities.words_around_names import has_lead
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse, parse_heading
from confnotes.notes.languages.dates import match_date
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.syntax.fields import names_speakers
from confnotes.notes.syntax.segments import Segment, SegmentKind

_MAX_LENGTH = 100
_PLACE = (
    r"(?:[\s,–—|·•-]|(?<!\d)\d{1,2}[:.]\d\d(?!\d)|\b(?:in|at|from|to|on|the|of|de|la|am|pm)\b"
    r"|(?i:<dates.weekdays>)|[^\W\d_a-z][\w'’.]*)*"
)
"""Where and when: names, times and what joins them, no sentence."""


def meetup_heading(segments: Sequence[Segment], context: ParseContext) -> SessionHeading | None:
    """Return the event that the first heading names, if it is that of a meetup."""
    if len(segments) < 3 or segments[0].level != 1 or len(segments[1].lines) != 1:
        return None
    name = context.strip_markup(segments[0].text)
    on = _date_and_place(context.strip_markup(segments[1].text))
    if on is None or parse_heading(name, segments[0].line)[0].speakers:
        return None
    inner = [place for place, segment in enumerate(segments) if segment.level > 1]
    if not any(_has_speaker(segments[place : place + 2], context) for place in inner):
        return None
    found = parse_session_heading(name)
    event = found.event or name
    return replace(
        found,
        event=event,
        series=found.series or event,
        year=found.year or on.year,
        date=on,
        unparsed="",
    )


def _date_and_place(text: str) -> date | None:
    found = match_date(text) if len(text) <= _MAX_LENGTH else None
    if found is None or not found.year:
        return None
    rest = f"{text[: found.start]} {text[found.end :]}"
    return found.date() if compile_phrases(_PLACE).fullmatch(rest) else None


def _has_speaker(segments: Sequence[Segment], context: ParseContext) -> bool:
    """Return True if a heading names a speaker, or the line below it does."""
    heading, *below = segments
    best = best_parse(heading.text, heading.line, context)
    if best.speakers and best.score > weights.CONFIDENT:
        return True
    return any(
        segment.kind is SegmentKind.PARAGRAPH
        and (names_speakers(segment.lines[0]) or has_lead(segment.text))
        for segment in below
    )
