"""Talks that sentences name: ``[Ana Ruiz](…) gave a talk on **Queues that never fill**``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from confnotes.body import Paragraph
from confnotes.notes import weights
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.headings.title_and_track import clean_title
from confnotes.notes.languages.patterns import phrase_pattern
from confnotes.notes.outline.listed_items import ListedTalk
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_MIN_WORDS, _MIN_PARAGRAPHS = 3, 3
_TITLE = re.compile(r"\*\*(?P<title>[^*\n]+)\*\*")
_MAX_CLAUSE = 200
_WORD = r"[^\W\da-z_](?:[\w.-]|['’](?!s\b))*"
_NAME = rf"{_WORD}(?: {_WORD}){{1,3}}"
_LINKED_NAME = re.compile(rf"\[({_NAME})\](?:\([^()\s]*\)|\[[^\[\]]*\])")


def exclude_sentences(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Make paragraphs whose sentences name talks, three or more, text that begins no talk."""
    named = [bool(talk_in_sentence(segment, context)) for segment in segments]
    if sum(named) < _MIN_PARAGRAPHS:
        return list(segments)
    return [
        replace(segment, kind=SegmentKind.BLOCK) if is_named else segment
        for segment, is_named in zip(segments, named, strict=True)
    ]


def talk_in_sentence(segment: Segment, context: ParseContext) -> list[ListedTalk]:
    """Return the first talk that a paragraph of prose names with its speaker, if any."""
    if not isinstance(segment.block, Paragraph) or len(segment.text) < weights.MIN_PROSE:
        return []
    for match in _TITLE.finditer(segment.text[: weights.MIN_PROSE * 10]):
        parse = _parse(match, segment, context)
        alone = match.start() == 0 and match.end() == len(segment.text)
        if parse is not None and len(parse.title.split()) >= _MIN_WORDS and not alone:
            heading = paragraph([Line.of_text(segment.line, match.group())])
            return [ListedTalk(heading, parse, (replace(segment, kind=SegmentKind.BLOCK),))]
    return []


def _parse(match: re.Match[str], segment: Segment, context: ParseContext) -> HeadingParse | None:
    inner = best_parse(match["title"], segment.line, context)
    if inner.form is Form.TITLE_SPEAKER and inner.score > weights.CONFIDENT:
        return inner
    start = segment.text.rfind(". ", 0, match.start()) + 1
    start = max(start, match.start() - _MAX_CLAUSE)
    after = segment.text[match.end() :].split(". ", 1)[0][:_MAX_CLAUSE]
    sentence = f"{segment.text[start : match.start()]} {after}"
    names = _LINKED_NAME.findall(sentence) if _talk().search(context.strip_markup(sentence)) else ()
    who = context.parse_people(", ".join(names), segment.line) if names else None
    if who is None or who.score < 0:
        return None
    return HeadingParse.of_talk(clean_title(match["title"]), who.speakers, who.score)


@cache
def _talk() -> re.Pattern[str]:
    return re.compile(phrase_pattern("kinds.labels"), re.IGNORECASE)
