"""Where the posts of a file begin, and the heading of a post: its event, its day, its session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from confnotes.body import Quote
from confnotes.notes import weights
from confnotes.notes.entities.event_names import is_capitalised
from confnotes.notes.entities.path_clues import is_index, is_named_for
from confnotes.notes.entities.session_heading import SessionHeading, parse_session_heading
from confnotes.notes.entities.talk_kinds import match_kind_label
from confnotes.notes.entities.words_around_names import has_lead
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse, parse_heading
from confnotes.notes.languages.dates import match_date
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.source import Source
from confnotes.notes.syntax.fields import names_speakers
from confnotes.notes.syntax.links_in_text import iter_texts
from confnotes.notes.syntax.segments import Segment, SegmentKind

_MAX_LENGTH, _MAX_DATELINE = 160, 100
_PLACE = (
    r"(?:[\s,–—|·•-]|(?<!\d)\d{1,2}[:.]\d\d(?!\d)|\b(?:in|at|from|to|on|the|of|de|la|am|pm)\b"
    r"|(?i:<dates.weekdays>)|[^\W\d_a-z][\w'’.]*)*"
)
"""Where and when: names, times and what joins them, no sentence."""


def find_post_starts(source: Source, segments: Sequence[Segment]) -> list[int]:
    """Return where posts begin: lines that name an event and a part of it, all of one level.

    Under a heading of a higher level they are days of one post.
    """
    found = [
        place
        for place, segment in enumerate(segments)
        if segment.text
        and len(segment.lines) < 5
        and len(segment.text) <= _MAX_LENGTH
        and source.parse_session(source.context.strip_markup(segment.text)).is_post_head
    ]
    level = min((segments[place].level for place in found), default=0)
    first = found[0] if found else 0
    if level and any(0 < segment.level < level for segment in segments[:first]):
        return []
    return [place for place in found if segments[place].level == level]


def find_post_heading(
    source: Source, segments: Sequence[Segment]
) -> tuple[int | None, SessionHeading]:
    """Return which of the first segments is the heading of the post, and what it says.

    An event right above a byline is in the title of the post.
    """
    if meetup := _meetup_heading(segments, source.context):
        return 0, meetup
    for place, segment in enumerate(segments[:3]):
        if not segment.text or len(segment.text) > _MAX_LENGTH:
            continue
        session = source.parse_session(source.context.strip_markup(segment.text))
        alone = segment.level == 1 or (
            segment.kind is SegmentKind.PARAGRAPH and len(segment.lines) == 1
        )
        is_event = place == 0 and not session.unparsed and alone
        below = segments[place + 1] if place + 1 < len(segments) else segment
        is_event |= (
            bool(below.lines)
            and below.kind is SegmentKind.BLOCK
            and all(map(is_capitalised, session.event.split()))
        )
        if session.is_post_head or (session.event and is_event):
            return place, session
        of_index = place == 0 and segment.level and is_index(PurePosixPath(source.path))
        if of_index and not _is_talk(segments[:2], source.context):
            return place, _as_event(session, source.context.strip_markup(segment.text))
    return None, SessionHeading()


def _as_event(found: SessionHeading, name: str) -> SessionHeading:
    """Return what a heading says, which is the ``name`` of an event if it says of none."""
    event = found.event or name
    return replace(found, event=event, series=found.series or event, unparsed="")


def _is_talk(segments: Sequence[Segment], context: ParseContext) -> bool:
    """Return True if a heading names a talk or its speaker, or the heading or quote below does.

    So does one that has all long words of the folder whose index the file is.
    """
    heading, *below = segments
    if is_named_for(PurePosixPath(context.path), heading.text):
        return True
    if best_parse(heading.text, heading.line, context).speakers or match_kind_label(heading.text):
        return True
    quoted = [s.block for s in below if isinstance(s.block, Quote)]
    rows = [*(s.text for s in below if s.level), *(text for _, text in iter_texts(quoted))]
    who = context.parse_people(rows[0].split("\n")[0], heading.line) if rows else None
    return who is not None and who.score > weights.CONFIDENT


def _meetup_heading(segments: Sequence[Segment], context: ParseContext) -> SessionHeading | None:
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
    found = _as_event(parse_session_heading(name), name)
    return replace(found, year=found.year or on.year, date=on)


def _date_and_place(text: str) -> date | None:
    found = match_date(text) if len(text) <= _MAX_DATELINE else None
    if found is None or not found.year:
        return None
    rest = f"{text[: found.start]} {text[found.end :]}"
    return found.date() if compile_phrases(_PLACE).fullmatch(rest) else None


def _has_speaker(segments: Sequence[Segment], context: ParseContext) -> bool:
    """Return True if a heading names a speaker, or the line below it does."""
    heading, *below = segments
    best = best_parse(heading.text, heading.line, context)
    lines = [s.lines[0] for s in below if s.kind is SegmentKind.PARAGRAPH]
    is_named = bool(best.speakers) and best.score > weights.CONFIDENT
    return is_named or any(names_speakers(line) or has_lead(line.text) for line in lines)
