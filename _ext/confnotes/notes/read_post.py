"""One post of a source: its heading, its talks, its session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from confnotes.model import FieldValue, Note, Talk, TalkKind
from confnotes.notes.entities.path_clues import (
    event_of_folder,
    is_event_filename,
    is_talk_filename,
    title_from_filename,
)
from confnotes.notes.entities.talk_kinds import detect_kind
from confnotes.notes.entities.words_around_names import has_lead
from confnotes.notes.event_and_date import EventAndDate
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.outline.candidate import Candidate, Label
from confnotes.notes.outline.classify import classify_candidates
from confnotes.notes.outline.exclude_bylines import exclude_bylines
from confnotes.notes.outline.field_headings import unmark_fields
from confnotes.notes.outline.page_frame import part_frame
from confnotes.notes.outline.page_headings import mark_page_headings
from confnotes.notes.outline.post_headings import find_post_heading
from confnotes.notes.outline.promote_items import promote_numbered_items, split_agenda, split_days
from confnotes.notes.outline.split_paragraphs import split_paragraphs
from confnotes.notes.outline.talks_in_sentences import exclude_sentences
from confnotes.notes.source import Source
from confnotes.notes.syntax.fields import Field, has_fields_of_talk, parse_post_fields, talk_fields
from confnotes.notes.syntax.segments import Segment, segment_to_block
from confnotes.notes.talks.build_talks import PostBuilder
from confnotes.notes.talks.split import split_at_headings

MAX_CONFIDENCE_WITHOUT_TABLE = 0.6
"""The confidence in a guess about a note in a language that the reader has no words of."""


def read_post(source: Source, segments: Sequence[Segment], *, is_first: bool = True) -> Note:
    """Return the note of a post; front matter belongs to the first of a file."""
    front = dict(source.fields) if is_first else {}
    above, segments, below = part_frame(segments, source.dropped)
    segments = exclude_bylines(split_agenda(segments), source.context)
    segments = mark_page_headings(segments, source.context)
    segments = split_paragraphs(segments, source.context)
    place, session = find_post_heading(source, segments)
    heading = None if place is None else segments[place]
    rest = segments if place is None else segments[place + 1 :]
    fields = parse_post_fields(rest[0].lines) if rest and rest[0].lines else []
    marked = (segment.text for segment in segments if segment.level)
    context = replace(
        source.context,
        keynotes=detect_kind(session.session) is TalkKind.KEYNOTE,
        headings=frozenset(map(source.context.heading_key, marked)),
    )
    rest = split_days(rest[1:] if fields else rest, source.parse_session)
    rest = promote_numbered_items(rest, context)
    rest = unmark_fields(rest, is_headed=heading is not None)
    rest = exclude_sentences(rest, context)
    found = _talk_headings(source, context, front, rest, is_headed=heading is not None)
    start = 0
    first = found[0] if found and found[0].index == 0 else None
    lists_talks = first is not None and first.groups and first.lists_talks
    if heading is None and first and first.label is Label.GROUP and not lists_talks:
        heading, session, start = rest[0], found[0].session_heading, 1
    sections = split_at_headings(rest[start:], found[start:], start)
    called = front["title"].text if "title" in front else ""
    if heading is None and called:
        session = source.parse_session(called)
    title = context.clean_heading(heading.text) if heading else called
    first_line = next((one.line for one in (*above, *segments)), 1)
    line = heading.line if heading else first_line

    def build(stated: Sequence[Field] = ()) -> PostBuilder:
        name = called if heading is None or session.event else called or title
        post = PostBuilder(context, session, line, name, stated)
        post.fields += fields
        post.opening += segments[:place] if place is not None else ()
        if heading is not None:
            post.add_heading(heading, title)
        post.add_sections(sections)
        return post

    post = build()
    stated = talk_fields({**dict(post.fields), **front})
    if stated and len(post.talks) == 1:
        post = build(stated)
    post.opening[:0] = above
    post.outro += map(segment_to_block, below)
    return _note(source, post, title, [*(source.fields if is_first else ()), *post.fields])


def _talk_headings(
    source: Source,
    context: ParseContext,
    front: Mapping[str, FieldValue],
    segments: Sequence[Segment],
    *,
    is_headed: bool,
) -> list[Candidate]:
    """Return the candidates of a post; those of a file that is one talk are few."""
    path = PurePosixPath(source.path)
    of_event = is_headed or is_event_filename(path, source.known.events)
    found = classify_candidates(segments, context, source.parse_session, of_event=of_event)
    has_byline = bool(segments) and has_lead(segments[0].text)
    of_talk = (
        ("title" in front and has_byline) or has_fields_of_talk(front) or is_talk_filename(path)
    )
    if is_headed or not of_talk or any(c.is_full for c in found):
        return found
    titles = [candidate for candidate in found if candidate.level == 1]
    return titles if len(titles) == 1 else []


def _note(
    source: Source, post: PostBuilder, title: str, fields: Sequence[tuple[str, FieldValue]]
) -> Note:
    path = PurePosixPath(source.path)
    stated = {
        name: replace(value, text=source.context.strip_markup(value.text)) for name, value in fields
    }
    heading = post.session
    if len(post.talks) == 1 and not (heading.event or {"event", "conference"} & {*stated}):
        found = source.parse_session(source.context.strip_markup(post.talks[0].heading))
        if found.event and found.unparsed:
            heading = replace(heading, event=found.event, series=found.series, year=found.year)
    session = EventAndDate(source.path, post.line, heading, stated, post.guesses, post.problems)
    session.resolve(event_of_folder(path, source.known.events), source.known.events)
    only = post.talks[0].title if len(post.talks) == 1 else ""
    return Note(
        path=source.path,
        line=post.line,
        markup=source.context.markup,
        title=title or only or title_from_filename(path),
        event=session.name,
        series=session.series,
        year=session.year,
        day=session.day,
        date=session.on,
        session=session.session,
        language=source.language,
        intro=tuple(map(segment_to_block, post.opening)),
        talks=tuple(post.talks if source.language else map(_doubted, post.talks)),
        closing=tuple(post.outro),
        fields=tuple(fields),
        guesses=tuple(post.guesses),
        problems=tuple(post.problems),
        dropped=tuple(post.dropped),
        name_candidates=frozenset(post.names),
    )


def _doubted(talk: Talk) -> Talk:
    """Return a talk of a note whose language has no table, with little confidence in guesses."""
    guesses = (
        replace(guess, confidence=min(guess.confidence, MAX_CONFIDENCE_WITHOUT_TABLE))
        for guess in talk.guesses
    )
    return replace(talk, guesses=tuple(guesses))
