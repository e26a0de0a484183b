"""Talks that sentences name: ``I enjoyed **Queues that never fill** by Ana Ruiz``.

The speaker stands after the title, before it, or is linked in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from confnotes.body import Paragraph
from confnotes.notes import weights
from confnotes.notes.entities.name_shape import FULL_NAME
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.openings.quoted_titles import BY, NAMES, QUOTED, people_of_quoted
from confnotes.notes.outline.bullet_talks import ListedTalk
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_MIN_WORDS, _MIN_PARAGRAPHS = 3, 3
_MAX_CLAUSE = 200
_TITLE = (
    r"^(?P<opening>[^\W_a-z].{4,120}?)"
    rf"(?=(?: \([^()]*\))? <people.by> {NAMES}(?: ?\([^()]*\))?(?: ?[–—-]|:) )"
    r"|\*\*(?P<bold>[^*\n]+)\*\*"
    rf"|\[(?P<link>[^\[\]\n]+)\](?:\([^()\s]*\)|\[[^\[\]]*\])|{QUOTED}"
)
_OF = (
    rf"(?P<who>{NAMES})(?:['’]s? |,? (?i:<people.verbs>) )"
    r"(?:[\w-]+ ){0,4}?(?i:<kinds.labels>)\b[^.;:!?]{0,30}[:,]?\W*$"
)
"""What ends in front of a title: ``Ana Ruiz gave a talk on``."""
_LINKED_NAME = re.compile(rf"\[({FULL_NAME})\](?:\([^()\s]*\)|\[[^\[\]]*\])")


def exclude_sentences(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Make paragraphs whose sentences name talks, three or more, text that begins no talk."""
    named = [bool(talk_in_sentence(segment, context)) for segment in segments]
    if sum(named) < _MIN_PARAGRAPHS:
        return list(segments)
    return [
        replace(segment, kind=SegmentKind.BLOCK) if is_named else segment
        for segment, is_named in zip(segments, named, strict=True)
    ]


def talk_in_sentence(
    segment: Segment, context: ParseContext, *, quoted: bool = False
) -> list[ListedTalk]:
    """Return the first talk that a paragraph of prose names with its speaker, if any.

    Its title is marked, or opens the paragraph: ``Queues by Ana Ruiz – They fill up``. ``quoted``
    says that a bold or linked one is none.
    """
    if not isinstance(segment.block, Paragraph):
        return []
    text = segment.text.replace("\n", " ")
    for match in compile_phrases(_TITLE).finditer(text[: weights.MIN_PROSE * 10]):
        named = bool(match["quoted"] or match["opening"])
        if not named and (quoted or len(text) < weights.MIN_PROSE):
            continue
        parse = _parse(match, segment.line, context)
        alone = match.start() == 0 and match.end() == len(text)
        least = _MIN_WORDS - named
        if parse is not None and len(parse.title.split()) >= least and not alone:
            heading = paragraph([Line.of_text(segment.line, match.group())])
            return [ListedTalk(heading, parse, (replace(segment, kind=SegmentKind.BLOCK),))]
    return []


def _parse(match: re.Match[str], line: int, context: ParseContext) -> HeadingParse | None:
    title = match["bold"] or match["link"] or match["quoted"] or match["opening"]
    before, after = match.string[: match.start()], match.string[match.end() :]
    if match["quoted"] or match["opening"]:
        who = people_of_quoted(before, after, line, context)
        return HeadingParse.of_talk(clean_title(title), who.speakers, who.score) if who else None
    inner = best_parse(title, line, context)
    if match["bold"] and inner.form is Form.TITLE_SPEAKER and inner.score > weights.CONFIDENT:
        return inner
    raw = before[max(before.rfind(". ") + 1, len(before) - _MAX_CLAUSE) :]
    before, after = context.strip_markup(raw), after.split(". ", 1)[0][:_MAX_CLAUSE]
    found = compile_phrases(BY).match(context.strip_markup(after))
    found = found or compile_phrases(_OF).search(before)
    people = found["who"] if found else ""
    is_talk = compile_phrases(r"(?i)<kinds.labels>").search(f"{before} {after}")
    if match["bold"] and not people and is_talk:
        people = ", ".join(_LINKED_NAME.findall(f"{raw} {after}"))
    who = context.parse_people(people, line) if people else None
    if who is None or who.score < 0:
        return None
    return HeadingParse.of_talk(clean_title(title), who.speakers, who.score)
