"""Bylines: who wrote a post and when, as a blog shows it around the post."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from confnotes.body import ListBlock, Paragraph
from confnotes.names import name_key
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.dates import match_date
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.syntax.boilerplate import is_line_of_page
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.lists import item_lines
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_MAX_BYLINE, _MAX_DATELINE = 120, 40
_MAX_LINES = 8
_MAX_BETWEEN, _MAX_WORDS_BETWEEN = 4, 2
"""How many lines may part a name from its date, and their words: ``Follow``."""
_MAX_AUTHORS = 2
_PART = re.compile(r"\s+[·•∙|–—-]+\s+|\s*[|·•∙]\s*")
_PUBLISHED = r"(?i)^<dates.published>\s*[:：]?(?P<rest>.*)"
_WEEKDAY = r"(?i)<dates.weekdays,dates.short_weekdays>"
_CLOCK = re.compile(r"\d[:.]\d\d")
_TWEET = re.compile(r"^(?:[—–-] ?)?\S.{0,60} \(@\w{1,20}\)\s(?P<date>.+)$")
"""Whose tweet is above: ``— Ana Ruiz (@ana) March 3, 2031``."""
_LENGTH = re.compile(r"~?\d{1,3}[ -]?min(?!\w*\d).{0,20}|\d{1,5} words", re.IGNORECASE)
"""How long it takes to read a post, in any language: ``6 min čtení``."""
_SOME_DATE = re.compile(r"\D{0,20}\d{1,2}\D{1,15}(?:19|20)\d\d")
_LETTER = re.compile(r"[^\W\d_]")


class _Byline(NamedTuple):
    """A line, the key of the name in it or an empty one; a sure one has no other use."""

    line: int
    author: str = ""
    is_sure: bool = False


def exclude_bylines(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Make each byline, and each line that only repeats its name, text that begins no talk."""
    found = list(_bylines(segments, context))
    authors = {byline.author for byline in found} - {""}
    if len(authors) > _MAX_AUTHORS:  # a list of talks with their dates
        return list(segments)
    lines, sure = {line for line, *_ in found}, {line for line, _, is_sure in found if is_sure}
    parts: list[Segment] = []
    for segment in segments:
        if isinstance(segment.block, ListBlock) and segment.line in sure:
            text = "\n".join(f"— {item.text}" for item in segment.block.items)
            below = (child for item in segment.block.items for child in item.children)
            parts.append(replace(segment, block=Paragraph(segment.line, text)))
            parts += (Segment(SegmentKind.BLOCK, child.line, child) for child in below)
            continue
        is_author = name_key(segment.text) in authors
        if segment.kind is SegmentKind.PARAGRAPH and (is_author or segment.line in lines):
            parts.append(replace(segment, kind=SegmentKind.BLOCK))
        else:
            parts += split_rows(segment, sure)
    return parts


def split_rows(segment: Segment, rows: Container[int], level: int = 0) -> Iterator[Segment]:
    """Yield the parts of a segment, of which the lines ``rows`` are headings of a ``level``.

    Where that is 0 they begin no talk.
    """
    if not any(line.number in rows for line in segment.lines):
        yield segment
        return
    gap = segment.blank_lines_before
    for is_off, lines in groupby(segment.lines, key=lambda line: line.number in rows):
        for run in [[line] for line in lines] if is_off and level else [[*lines]]:
            part = paragraph(run, gap)
            if is_off and level:
                part = replace(part, kind=SegmentKind.HEADING, block=None, level=level)
            yield replace(part, kind=SegmentKind.BLOCK) if is_off and not level else part
            gap = 0


def _bylines(segments: Sequence[Segment], context: ParseContext) -> Iterator[_Byline]:
    above: list[Line] = []
    yield from _tweets(segments)
    for segment, following in pairwise([*segments, None]):
        for line, below in pairwise(segment.lines if segment else ()):
            if line.text == below.text and (author := _author(line.text, line.number, context)):
                yield from (_Byline(one.number, author, is_sure=True) for one in (line, below))
        is_paragraph = segment is not None and segment.kind is SegmentKind.PARAGRAPH
        if segment is None or not is_paragraph or len(segment.lines) > _MAX_LINES:
            above = []
            continue
        has_body = following is not None and following.kind is SegmentKind.BLOCK
        for line in segment.lines:
            parts = _PART.split(line.text) if len(line.text) <= _MAX_BYLINE else []
            if _is_published(line.text) or any(map(is_post_metadata, parts)):
                yield from _name_above(above, context)
                byline = _read_byline(line, parts, context)
                if byline and not (byline.author and has_body and not byline.is_sure):
                    yield byline
                if following and _CLOCK.search(line.text) and line is segment.lines[-1]:
                    yield from _name_below(following, context)
            above.append(line)


def _tweets(segments: Sequence[Segment]) -> Iterator[_Byline]:
    """Yield the last line of each tweet that a post shows, and the line that says whose it is."""
    for above, segment in pairwise(segments):
        signed = (segment.lines or item_lines(segment.block))[:1]
        match = _TWEET.match(signed[0].text) if signed and above.lines else None
        if match and match_date(match["date"]):
            yield from (_Byline(line.number, is_sure=True) for line in (above.lines[-1], *signed))


def _read_byline(line: Line, parts: Sequence[str], context: ParseContext) -> _Byline | None:
    """Return the byline that a line with a date is, None if it may be something else."""
    if _is_published(line.text):
        return _Byline(line.number, is_sure=True)
    has_length = any(map(_is_length, parts))
    rest = [part for part in parts if not is_post_metadata(part)]
    rest = [part for part in rest if not (has_length and _SOME_DATE.fullmatch(part))]
    authors = [key for part in rest if (key := _author(part, line.number, context))]
    if len(parts) == 1 or len(rest) - len(authors) > has_length:
        return None
    return _Byline(line.number, "".join(authors[:1]), has_length)


def _name_above(above: Sequence[Line], context: ParseContext) -> Iterator[_Byline]:
    """Yield the line with the name that the date below it belongs to."""
    for line in reversed(above[-_MAX_BETWEEN - 1 :]):
        if author := _author(line.text, line.number, context):
            yield _Byline(line.number, author)
            return
        if len(line.text.split()) > _MAX_WORDS_BETWEEN:
            return


def _name_below(segment: Segment, context: ParseContext) -> Iterator[_Byline]:
    """Yield the name between a time of publication and a title: a planet of blogs has both."""
    name, *title = segment.lines or [None]
    if name and title and (author := _author(name.text, name.number, context)):
        yield _Byline(name.number, author, is_sure=True)


def _author(text: str, line: int, context: ParseContext) -> str:
    """Return the key of the name that a part of a line consists of, perhaps with a role."""
    people = context.parse_people(text, line) if len(text) <= _MAX_DATELINE else None
    if people is None or len(people.speakers) != 1 or people.score < 0:
        return ""
    speaker = people.speakers[0]
    is_whole = speaker.name == text or speaker.role or speaker.affiliation
    return name_key(speaker.name) if is_whole else ""


def is_post_metadata(text: str) -> bool:
    """Return True if a part of a line says when a post was published, or how long it is."""
    found = match_date(text) if len(text) <= _MAX_DATELINE else None
    dated = found and not _LETTER.search(compile_phrases(_WEEKDAY).sub("", text[: found.start]))
    return bool(dated) or _is_length(text)


def _is_length(text: str) -> bool:
    return bool(_LENGTH.fullmatch(text)) or is_line_of_page(text, "pages.length")


def _is_published(text: str) -> bool:
    """Return True if a line begins with a word such as “posted” and has a date."""
    match = compile_phrases(_PUBLISHED).match(text) if len(text) <= _MAX_BYLINE else None
    return match is not None and match_date(match["rest"]) is not None
