"""Talks that sentences name: ``I enjoyed **Queues that never fill** by Ana Ruiz``.

The speaker stands after the title, before it, or is linked in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from confnotes.body import Paragraph
from confnotes.notes import weights
from confnotes.notes.entities.name_shape import FULL_NAME
from confnotes.notes.entities.parse_people import ParsedPeople
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import compile_phrases, phrase_set
from confnotes.notes.openings.quoted_titles import NAMES, QUOTED, people_of_quoted
from confnotes.notes.openings.speaker_sentences import is_sure, people_in
from confnotes.notes.outline.bullet_talks import ListedTalk
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_MIN_WORDS, _MIN_TALKS = 3, 3
_MAX_CLAUSE, _MAX_SENTENCE, _MAX_TEXT = 200, 800, 8000
_MAX_SMALL = 3
"""Words in small letters that follow each other in a title that nothing marks."""
_TITLE = (
    r"^(?P<opening>[^\W_a-z].{4,120}?)"
    rf"(?=(?: \([^()]*\))? <people.by> {NAMES}(?: ?\([^()]*\))?(?: ?[–—-]|:) )"
    rf"|^{NAMES} [–—-] (?P<last>[^:.?!]{{4,100}}[^:.!]?): (?=[^\W\da-z_])"
    r"|\*\*(?P<bold>[^*\n]+)\*\*"
    rf"|\[(?P<link>[^\[\]\n]+)\](?:\([^()\s]*\)|\[[^\[\]]*\])|{QUOTED}"
    rf"|(?<=[^\W_])(?=,? <people.by> {NAMES})(?P<plain>)"
)
_LINKED_NAME = re.compile(rf"\[({FULL_NAME})\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.!?][”\"’)]* (?=\W*[^\W\da-z])|[;:] ")
_FOLLOWING = r"[\s,+&(–—-]*(?:(?i:<people.joiners>)[ ,]+)?(?=[^\W\d_a-z]|[a-z]+[A-Z])"
"""What stands between a talk and the title of the next: ``, and``."""
_ENDS = '.!?…)”"'
_WORD = re.compile(r"\S+")


def exclude_sentences(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Make paragraphs whose sentences name talks, three or more, text that begins no talk."""
    named = [len(talks_in_sentences(segment, context)) for segment in segments]
    if sum(named) < _MIN_TALKS:
        return list(segments)
    return [
        replace(segment, kind=SegmentKind.BLOCK) if is_named else segment
        for segment, is_named in zip(segments, named, strict=True)
    ]


def talks_in_sentences(
    segment: Segment, context: ParseContext, *, quoted: bool = False
) -> list[ListedTalk]:
    """Return the talks that the sentences of a paragraph name with their speakers.

    A title is marked, or opens the paragraph: ``Queues by Ana Ruiz – They fill up``. ``quoted``
    says that other titles are none. Each talk has the text from its sentence to the next.
    """
    if not isinstance(segment.block, Paragraph):
        return []
    text = segment.text.replace("\n", " ")
    found = list(_titles(text, segment.line, context, quoted=quoted))
    starts = [0 if n == 0 else _sentence_start(text, one[0]) for n, one in enumerate(found)]
    talks = []
    for (_, title, parse), (start, end) in zip(found, pairwise([*starts, len(text)]), strict=True):
        line = segment.line + segment.text.count("\n", 0, start)
        said = segment.text[start:end].strip()
        heading = paragraph([Line.of_text(line, title)])
        body = [Segment(SegmentKind.BLOCK, line, Paragraph(line, said))] if said else []
        talks.append(ListedTalk(heading, parse, tuple(body)))
    return talks


def _titles(
    text: str, line: int, context: ParseContext, *, quoted: bool
) -> Iterator[tuple[int, str, HeadingParse]]:
    """Yield where a title is, as typed, and how it reads."""
    end = 0
    for match in compile_phrases(_TITLE).finditer(text[:_MAX_TEXT]):
        named = bool(match["quoted"] or match["opening"])
        if match.start() < end or (not named and (quoted or len(text) < weights.MIN_PROSE)):
            continue
        start = match.start()
        title = match["bold"] or match["link"] or match["quoted"] or match["opening"]
        title = title or match["last"]
        if match["last"]:
            start = match.start("last")
        elif not title and text[-1] in _ENDS:
            start = _plain_start(text, end, match.start())
            title = text[start : match.start()]
        parse = _parse(match, title, text[:start], line, context) if title else None
        alone = start == 0 and match.end() == len(text)
        least = _MIN_WORDS - (not match["bold"] and not match["link"])
        if parse is not None and len(parse.title.split()) >= least and not alone:
            yield start, title, parse
            last = parse.speakers[-1].name
            found = text.find(last, match.end(), match.end() + _MAX_CLAUSE)
            end = match.end() if found < 0 else found + len(last)


def _sentence_start(text: str, place: int) -> int:
    """Return where the sentence begins in which a ``place`` is."""
    first = max(0, place - _MAX_SENTENCE)
    return max((match.end() for match in _SENTENCE.finditer(text, first, place)), default=first)


def _plain_start(text: str, after: int, end: int) -> int:
    """Return where a title begins that nothing marks, and that ends at ``end``.

    It begins with a capital after ``my favourite was``, after the talk before it, or after a comma.
    """
    if following := compile_phrases(_FOLLOWING).match(text, after, end) if after else None:
        return following.end()
    first = _sentence_start(text, end)
    clause = max(first, after)
    before = compile_phrases(r"(?i)<headings.before_titles> ?")
    for match in before.finditer(text, clause, end):
        if match.end() == end or not text[match.end()].islower():
            return match.end()
    start, small, below = end, 0, ""
    for word in reversed([*_WORD.finditer(text, clause, end)]):
        typed = word.group()
        is_small = typed.islower() or typed == "I"
        small = small + 1 if is_small else 0
        if small > _MAX_SMALL or (typed[-1] == "," and below[:1].isupper()):
            break
        below = typed
        if not is_small and not (
            word.start() == first and typed.casefold() in phrase_set("common_words")
        ):
            start = word.start()
    return start


def _only_person(before: str, line: int, context: ParseContext) -> ParsedPeople | None:
    """Return whom alone a sentence names before what it quotes, unless somebody said that."""
    clause = context.strip_markup(before)
    found = [*people_in(clause, line, context)] if clause.rstrip()[-1:].isalpha() else []
    return found[0][2] if len(found) == 1 and is_sure(found[0][2]) else None


def _parse(
    match: re.Match[str], title: str, before: str, line: int, context: ParseContext
) -> HeadingParse | None:
    after = match.string[match.end() :]
    inner = best_parse(title, line, context)
    if match["bold"] and inner.form is Form.TITLE_SPEAKER and inner.score > weights.CONFIDENT:
        return inner
    who = people_of_quoted(before, after, line, context)
    sentence = before[_sentence_start(before, len(before)) :]
    if who is None and match["quoted"] and len(title.split()) >= _MIN_WORDS:
        who = _only_person(sentence, line, context)
    elif who is None and match["bold"]:
        clause = f"{sentence} {after.split('. ', 1)[0]}"
        is_talk = compile_phrases(r"(?i)<kinds.labels>").search(clause)
        names = ", ".join(_LINKED_NAME.findall(clause)) if is_talk else ""
        who = context.parse_people(names, line) if names else None
    return HeadingParse.of_talk(clean_title(title), who.speakers, who.score) if who else None
