"""Talks that sentences name: ``I enjoyed **Queues that never fill** by Ana Ruiz``.

The speaker stands after the title, before it, or is linked in its sentence.
"""

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
_TITLE = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<link>[^\[\]\n]+)\](?:\([^()\s]*\)|\[[^\[\]]*\])"
)
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
    text = match["bold"] or match["link"]
    inner = best_parse(text, segment.line, context)
    if match["bold"] and inner.form is Form.TITLE_SPEAKER and inner.score > weights.CONFIDENT:
        return inner
    start = segment.text.rfind(". ", 0, match.start()) + 1
    start = max(start, match.start() - _MAX_CLAUSE)
    before = context.strip_markup(segment.text[start : match.start()])
    after = segment.text[match.end() :].split(". ", 1)[0][:_MAX_CLAUSE]
    found = _by().match(context.strip_markup(after)) or _of().search(before)
    people = found["who"] if found else ""
    if match["bold"] and not people and _talk().search(f"{before} {after}"):
        people = ", ".join(_LINKED_NAME.findall(f"{segment.text[start : match.start()]} {after}"))
    who = context.parse_people(people, segment.line) if people else None
    if who is None or who.score < 0:
        return None
    return HeadingParse.of_talk(clean_title(text), who.speakers, who.score)


def _names() -> str:
    return rf"{_NAME}(?:(?:, |,? (?i:{phrase_pattern('people.joiners')}) ){_NAME}){{0,3}}"


@cache
def _talk() -> re.Pattern[str]:
    return re.compile(phrase_pattern("kinds.labels"), re.IGNORECASE)


@cache
def _of() -> re.Pattern[str]:
    """Return the pattern of what ends in front of a title: ``Ana Ruiz gave a talk on``."""
    return re.compile(
        rf"(?P<who>{_names()})(?:['’]s? |,? (?i:{phrase_pattern('people.verbs')}) )"
        rf"(?:[\w-]+ ){{0,4}}?(?i:{phrase_pattern('kinds.labels')})\b[^.;:!?]{{0,30}}[:,]?\W*$"
    )


@cache
def _by() -> re.Pattern[str]:
    """Return the pattern of what stands between a title and its speakers in a sentence."""
    return re.compile(
        rf"^\W*(?:\w+ ){{0,4}}?(?i:{phrase_pattern('people.by')}) "
        rf"(?P<who>{_names()})"
    )
