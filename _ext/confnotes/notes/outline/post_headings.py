"""Where the posts of a file begin, and the heading of a post: its event, its day, its session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from confnotes.notes.entities.paths import is_index
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.headings.parse import best_parse
from confnotes.notes.outline.meetup import meetup_heading
from confnotes.notes.source import Source
from confnotes.notes.syntax.segments import Segment, SegmentKind

_MAX_LENGTH = 160


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
    """Return which of the first segments is the heading of the post, and what it says."""
    if meetup := meetup_heading(segments, source.context):
        return 0, meetup
    for place, segment in enumerate(segments[:3]):
        if not segment.text or len(segment.text) > _MAX_LENGTH:
            continue
        session = source.parse_session(source.context.strip_markup(segment.text))
        alone = segment.level == 1 or (
            segment.kind is SegmentKind.PARAGRAPH and len(segment.lines) == 1
        )
        is_event = bool(session.event) and not session.unparsed and alone
        if session.is_post_head or (place == 0 and is_event):
            return place, session
        of_index = place == 0 and segment.level and is_index(PurePosixPath(source.path))
        if of_index and not best_parse(segment.text, segment.line, source.context).speakers:
            event = session.event or source.context.strip_markup(segment.text)
            series = session.series or event
            return place, replace(session, event=event, series=series, unparsed="")
    return None, SessionHeading()
