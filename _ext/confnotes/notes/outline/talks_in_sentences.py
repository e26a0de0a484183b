"""Talks that sentences name: ``I enjoyed **Queues that never fill** by Ana Ruiz``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from confnotes.model import Paragraph
from confnotes.notes import weights
from confnotes.notes.headings.context import ParseContext
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse import best_parse
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import alternation
from confnotes.notes.outline.listed_items import ListedTalk
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_MIN_WORDS, _MIN_PARAGRAPHS = 3, 3
_TITLE = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<link>[^\[\]\n]+)\](?:\([^()\s]*\)|\[[^\[\]]*\])"
)
_NAME = r"[^\W\da-z_][\w'’-]+(?: [^\W\da-z_][\w'’.-]*){1,3}"


def set_sentences_aside(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
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
    text = match["bold"] or match["link"]
    inner = best_parse(text, segment.line, context)
    if match["bold"] and inner.form is Form.TITLE_SPEAKER and inner.score > weights.CONFIDENT:
        return inner
    found = _by().match(context.strip_markup(segment.text[match.end() :][:200]))
    who = context.parse_people(found["who"], segment.line) if found else None
    if who is None or who.score < 0:
        return None
    return HeadingParse.of_talk(clean_title(text), who.speakers, who.score)


@cache
def _by() -> re.Pattern[str]:
    """Return the pattern of what stands between a title and its speakers in a sentence."""
    return re.compile(
        rf"^\W*(?:\w+ ){{0,4}}?(?i:{alternation('people.by')}) "
        rf"(?P<who>{_NAME}(?:(?:, | (?i:{alternation('people.joiners')}) ){_NAME})*)"
    )
