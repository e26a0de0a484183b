"""Talks that sentences name: ``I enjoyed **Queues that never fill** by Ana Ruiz``.

The speaker stands after the title, before it, or is linked in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias

from confnotes.body import Paragraph
from confnotes.notes import weights
from confnotes.notes.entities.name_shape import FULL_NAME
from confnotes.notes.entities.parse_people import ParsedPeople
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import compile_phrases, count_words, phrase_set
from confnotes.notes.languages.times import match_time
from confnotes.notes.openings.quoted_titles import NAMES, QUOTED, may_be_title, people_of_quoted
from confnotes.notes.openings.speaker_sentences import is_sure, people_in
from confnotes.notes.outline.bullet_talks import ListedTalk
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_MIN_WORDS, _MIN_MORE = 3, 15
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
_CAPITAL = r"[^\W_a-zß-ÿ][\w'’+#&/-]*(?:\.\w+)*"
_CASED = (
    rf"{_CAPITAL}(?:[:,]?\s(?:[a-zß-ÿ]{{1,4}}\s){{0,2}}{_CAPITAL}"
    r"|\s\((?:[a-zß-ÿ]+\s)?[^\W\d_a-z][^()]*\))+[!?]*"
)
"""Words with capitals, and short ones in small letters between them."""
_ABOUT = "(?i:<headings.about,people.with,kinds.titled>)"
_OF_PERSON = (
    rf"(?P<who>{NAMES})(?:['’]s? (?:\w+ ){{0,2}}?(?i:<kinds.labels>)(?:[,:]?| {_ABOUT})"
    rf"|(?: \w+){{0,3}}? (?i:<people.verbs>)(?: [\w'’]+){{0,8}}? {_ABOUT}):?"
    rf" (?P<cased>{_CASED})(?!\w)"
)
"""A title that only capitals show: ``Ana Ruiz’s talk on Queues in Practice was``."""
_LINKED_NAME = re.compile(rf"\[({FULL_NAME})\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.!?][”\"’)]* (?=\W*[^\W\da-z])|[;:] ")
_FOLLOWING = r"[\s,+&(–—-]*(?:(?i:<people.joiners>)[ ,]+)?(?=[^\W\d_a-z]|[a-z]+[A-Z])"
"""What stands between a talk and the title of the next: ``, and``."""
_Found: TypeAlias = tuple[int, str, HeadingParse, str]
_ENDS = '.!?…)”"'
_WORD = re.compile(r"\S+")


def exclude_sentences(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Make paragraphs whose sentences name talks beyond doubt text that begins no talk."""
    named = [_evidence(segment, context) for segment in segments]
    if sum(named) < weights.MIN_IN_SENTENCES:
        return list(segments)
    return [
        replace(segment, kind=SegmentKind.BLOCK) if is_named else segment
        for segment, is_named in zip(segments, named, strict=True)
    ]


def _evidence(segment: Segment, context: ParseContext) -> float:
    """Return how surely a paragraph names talks; one that says no more than one is a heading."""
    found = talks_in_sentences(segment, context)
    said = len(segment.block.text) if isinstance(segment.block, Paragraph) else 0
    for talk in found:
        said -= len(talk.heading.text) + sum(len(one.name) for one in talk.parse.speakers)
    return sum(weights.IN_SENTENCE[talk.evidence] for talk in found) if said > _MIN_MORE else 0.0


def talks_in_sentences(
    segment: Segment, context: ParseContext, *, quoted: bool = False
) -> list[ListedTalk]:
    """Return the talks that the sentences of a paragraph name with their speakers.

    A title is marked, or opens the paragraph: ``Queues by Ana Ruiz – They fill up``. ``quoted``
    says that other titles are none. Each talk has the text from its sentence to the next.
    """
    if not isinstance(segment.block, Paragraph):
        return []
    typed = segment.block.text
    text = typed.replace("\n", " ")
    found = list(_titles(text, segment.line, context, quoted=quoted))
    if found and found[0][0] == 0 and "\n" in typed[: len(found[0][1])]:
        del found[0]
    if not quoted:
        found = _with_cased(text, segment.line, context, found)
    starts = [0 if n == 0 else _sentence_start(text, one[0]) for n, one in enumerate(found)]
    talks = []
    for one, (start, end) in zip(found, pairwise([*starts, len(text)]), strict=True):
        _, title, parse, evidence = one
        line = segment.line + typed.count("\n", 0, start)
        said = typed[start:end].strip()
        heading = paragraph([Line.of_text(line, title)])
        body = [Segment(SegmentKind.BLOCK, line, Paragraph(line, said))] if said else []
        talks.append(ListedTalk(heading, parse, tuple(body), evidence))
    return talks


def _titles(text: str, line: int, context: ParseContext, *, quoted: bool) -> Iterator[_Found]:
    """Yield where a title is, as typed, how it reads, and what shows it."""
    end = 0
    for match in compile_phrases(_TITLE).finditer(text[:_MAX_TEXT]):
        named = bool(match["quoted"] or match["opening"])
        if match.start() < end or (not named and (quoted or len(text) < weights.MIN_PROSE)):
            continue
        start = match.start()
        title = match["bold"] or match["link"] or match["quoted"] or match["opening"]
        title = title or match["last"]
        evidence = "marked" if title else "plain"
        if match["last"]:
            start = match.start("last")
        elif not title and text[-1] in _ENDS and match_time(text) is None:
            start, is_led = _plain_start(text, end, match.start())
            title = text[start : match.start()]
            is_label = compile_phrases(r"(?i)<kinds.labels>$").search(title)
            if is_label and _count_capitals(title) < _MIN_WORDS:
                continue
            evidence = "led" if is_led else evidence
        parse = _parse(match, title, text[end:start], line, context) if title else None
        alone = start == 0 and match.end() == len(text)
        least = _MIN_WORDS - (not match["bold"] and not match["link"])
        if parse is not None and count_words(parse.title) >= least and not alone:
            yield start, title, parse, evidence
            last = parse.speakers[-1].name
            found = text.find(last, match.end(), match.end() + _MAX_CLAUSE)
            end = match.end() if found < 0 else found + len(last)


def _with_cased(
    text: str, line: int, context: ParseContext, found: Sequence[_Found]
) -> list[_Found]:
    """Return the titles ``found`` and those that only their capitals show, by place."""
    more: list[_Found] = []
    for match in compile_phrases(_OF_PERSON).finditer(text[:_MAX_TEXT]):
        title, start = match["cased"], match.start("cased")
        is_title = "(" in title or ":" in title
        is_title |= not phrase_set("common_words").isdisjoint(title.casefold().split())
        is_known = any(abs(one[0] - start) < _MIN_WORDS for one in found)
        if is_known or not is_title or _count_capitals(title) < _MIN_WORDS:
            continue
        who = context.parse_people(match["who"], line)
        if who and (who.score > weights.CONFIDENT or is_sure(who)):
            parse = HeadingParse.of_talk(clean_title(title), who.speakers, who.score)
            more.append((start, title, parse, "cased"))
    return sorted([*found, *more], key=itemgetter(0))


def _sentence_start(text: str, place: int) -> int:
    """Return where the sentence begins in which a ``place`` is, or the name before it."""
    place = len(text[:place].rstrip(' :«“„"'))
    first = max(0, place - _MAX_SENTENCE)
    return max((match.end() for match in _SENTENCE.finditer(text, first, place)), default=first)


def _plain_start(text: str, after: int, end: int) -> tuple[int, bool]:
    """Return where a title begins that nothing marks and that ends at ``end``, and if that is sure.

    It begins with a capital after ``my favourite was``, after the talk before it, or after a comma.
    """
    if following := compile_phrases(_FOLLOWING).match(text, after, end) if after else None:
        return following.end(), True
    first = _sentence_start(text, end)
    clause = max(first, after)
    before = compile_phrases(r"(?i)<headings.before_titles> ?")
    for match in before.finditer(text, clause, end):
        if match.end() == end or not text[match.end()].islower():
            return match.end(), True
    start, small, below = end, 0, ""
    for word in reversed([*_WORD.finditer(text, clause, end)]):
        typed = word.group()
        is_small = typed.islower() or typed == "I"
        small = small + 1 if is_small else 0
        if small > _MAX_SMALL or (typed[-1] == "," and below[:1].isupper()):
            break
        below = typed
        opens = word.start() == first and text[:first].rstrip()[-1:] != ":"
        if not is_small and not (opens and typed.casefold() in phrase_set("common_words")):
            start = word.start()
    return start, start == 0 and _count_capitals(text[:end]) > 1


def _count_capitals(text: str) -> int:
    """Return how many words begin with a capital."""
    return sum(word.lstrip('(“"')[:1].isupper() for word in text.split())


def _only_person(before: str, line: int, context: ParseContext) -> ParsedPeople | None:
    """Return whom alone a sentence names before what it quotes, unless somebody said that."""
    clause = context.strip_markup(before).rstrip()
    tells = clause[-1:] == ":" and compile_phrases(r"(?i)<people.verbs>").search(clause)
    found = [*people_in(clause, line, context)] if tells or clause[-1:].isalpha() else []
    return found[0][2] if len(found) == 1 and is_sure(found[0][2]) else None


def _parse(
    match: re.Match[str], title: str, before: str, line: int, context: ParseContext
) -> HeadingParse | None:
    after = match.string[match.end() :]
    inner = best_parse(title, line, context)
    if match["bold"] and inner.form is Form.TITLE_SPEAKER and inner.score > weights.CONFIDENT:
        return inner
    is_linked = bool(match["link"]) and not title[0].islower()
    if match["quoted"] and not may_be_title(title, before):
        return None
    who = people_of_quoted(before, after, line, context, linked=is_linked)
    sentence = before[_sentence_start(before, len(before)) :]
    if who is None and match["quoted"] and len(title.split()) >= _MIN_WORDS:
        who = _only_person(sentence, line, context)
    elif who is None and match["bold"]:
        clause = f"{sentence} {after.split('. ', 1)[0]}"
        is_talk = compile_phrases(r"(?i)<kinds.labels>").search(clause)
        names = ", ".join(_LINKED_NAME.findall(clause)) if is_talk else ""
        who = context.parse_people(names, line) if names else None
    return HeadingParse.of_talk(clean_title(title), who.speakers, who.score) if who else None
