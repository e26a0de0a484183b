"""Bullets that are talks: ``Queues – Ana Ruiz``, ``[Queues](…), by Ana Ruiz``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from confnotes.body import ListBlock, ListEntry, Paragraph
from confnotes.model import Markup, Talk
from confnotes.notes import weights
from confnotes.notes.entities.name_model import find_given_name
from confnotes.notes.entities.name_shape import FULL_NAME
from confnotes.notes.entities.parse_people import ParsedPeople, parse_people
from confnotes.notes.entities.words_around_names import has_lead
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import parse_heading
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.openings.quoted_titles import NAMES, QUOTED, people_of_quoted
from confnotes.notes.openings.speaker_lines import people_of_line
from confnotes.notes.openings.unshown_words import unshown_words
from confnotes.notes.syntax.fields import FieldName, parse_field
from confnotes.notes.syntax.inline import strip_inline_markup
from confnotes.notes.syntax.lines import Line, lines_of_text
from confnotes.notes.syntax.lists import first_line, item_lines
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

MAX_ITEMS = 400
MIN_SHARE = 0.6
"""The share of a list that must be like talks."""
_MAX_PEOPLE, _MAX_FIELDS = 120, 6
_MARKED_TITLE = re.compile(
    r"^(?P<title>\[[^\[\]]+\](?:\([^()\s]*\))?|\*\*[^*]+\*\*|__[^_]+__|[“\"][^“”\"]+[”\"]|「[^「」]+」)"
    r"(?P<rest>.*)$"
)
_TRACK_FIRST = re.compile(r"^(?:\d{1,2}[:.]\d\d:? )?\*\*[^*]{2,30}\*\*: ")
"""What bullets begin with: ``10:15 **Kitchen**: Queues (Ana Ruiz)``."""
_NAMES_LAST = re.compile(r"[(（][^\W\da-z_][^()]{1,80}[)）]$")
_REFERENCE = re.compile(r"\[([^\[\]]+)\](?:\[[^\[\]]*\])?")
_ASIDE = re.compile(r"^\([^()]{1,12}\)[\s,:–—-]*")
_CLAUSE_END = re.compile(r":\s|(?<!\b[A-Z])\.\s|\s[-–—]\s|$", re.MULTILINE)
_BEFORE_COMMENT = re.compile(r" ?[:：]\s|(?<!\b[A-Z])\.\s|\s[-–—]\s|(?<=\))\s|[”」]\s")
_MIN_COMMENT, _MAX_HEADING = 5, 250
"""Words of what was said of a talk, and characters in front of it."""

_RUN_ON = (
    rf"^(?P<title>[^\W_a-z](?:(?![.;] ).){{8,120}}?\w[?!]?) (?P<who>{NAMES})"
    r"(?:, [^,.]{3,40},)? (?i:<people.verbs>)(?!\w)"
)
"""``Queues that never fill Ana Ruiz explained``, of which only the name parts title and text."""
_LABEL = r"(?i)^\d{1,2}[.)]\s*<kinds.labels>\s*[:：][\s_]*"
_END = r"(?:\s*[;,])?(?:\s+<people.joiners>)?\s*$"
"""What ends an item of a sentence: ``; and``."""
_PARTED = r"(?i)\S(?: [-–—|] |,? <people.by,people.with> | \()\S"
"""What may part a title and a speaker."""
_BY = r"(?i)^(?:\w+ )?<people.by>\s*:?\s*"
"""What stands before a speaker: ``by``, ``de``, ``Présentation par:``."""


@dataclass(frozen=True, slots=True)
class ListedTalk:
    """A talk found inside a block: its heading, how that reads, and what is below it."""

    heading: Segment
    parse: HeadingParse
    body: tuple[Segment, ...]
    evidence: str = ""
    """What shows the title in a sentence, if it stands in one."""

    def with_more(self, below: Segment) -> ListedTalk:
        """Return the talk with a segment that follows it."""
        return replace(self, body=(*self.body, below))

    def with_item(self, item: ListEntry, block: ListBlock) -> ListedTalk:
        """Return the talk with an item that follows it in a list."""
        below = replace(block, line=item.line, items=(item,))
        return self.with_more(Segment(SegmentKind.BLOCK, item.line, below))


def talks_of_bullets(block: ListBlock, context: ParseContext, least: int) -> list[ListedTalk]:
    """Read each bullet as a talk when most of them have the shape of a heading with a speaker."""
    if len(block.items) > MAX_ITEMS:
        return []
    parses = [_parse_item(item, context) for item in block.items]
    sure = sum(map(_is_sure, parses))
    if sure < least or sure < MIN_SHARE * len(parses):
        return []
    return [
        listed_talk(item, parse, context) for item, parse in zip(block.items, parses, strict=True)
    ]


def is_contents(block: ListBlock, context: ParseContext) -> bool:
    """Return True if most items of a list repeat headings of the note, or lead to them."""
    texts = (first_line(item).text for item in block.items)
    repeated = sum("](#" in text or context.repeats_heading(text) for text in texts)
    return 2 * repeated > len(block.items)


def count_talks_of_bullets(block: ListBlock, context: ParseContext) -> int:
    """Return how many items of a list surely name a talk and its speaker."""
    if len(block.items) > MAX_ITEMS:
        return 0
    items = [item for item in block.items if _MARKED_TITLE.match(flat_text(item))]
    if len(items) < MIN_SHARE * len(block.items):
        items = list(block.items)
        if not all(
            compile_phrases(_PARTED).search(_text_of_heading(item)[:200])
            or _named_below(item, context)
            or (item.children and isinstance(item.children[0], Paragraph))
            for item in items
        ):
            return 0
    return sum(_is_sure(_parse_item(item, context)) for item in items)


def _is_sure(parse: HeadingParse) -> bool:
    return bool(parse.speakers and parse.title) and parse.score > weights.CONFIDENT


def listed_talk(item: ListEntry, parse: HeadingParse, context: ParseContext) -> ListedTalk:
    """Return the talk of a bullet; what its text says besides title and speakers is the body."""
    rows = lines_of_text(item.line, item.text)
    heading, first = paragraph(rows[:1]), rows[0].text
    body = [Segment(SegmentKind.BLOCK, child.line, child) for child in item.children]
    shown = Talk(item.line, first, parse.title, speakers=parse.speakers, kind=parse.kind)
    is_broken = first.count("[") > first.count("]")
    if not is_broken and not unshown_words(first, shown, context.markup):
        del rows[0]
    return ListedTalk(heading, parse, (*([paragraph(rows)] if rows else []), *body))


def _parse_item(item: ListEntry, context: ParseContext) -> HeadingParse:
    return parses_of_item(item, context)[0]


def parses_of_item(item: ListEntry, context: ParseContext) -> Sequence[HeadingParse]:
    flat = flat_text(item)
    if label := _TRACK_FIRST.match(flat):
        parses = _parses_of_text(context.strip_markup(flat[label.end() :]), item.line, context)
        if parses[0].form is Form.TITLE_SPEAKER and _is_sure(parses[0]):
            return parses
    marked = _MARKED_TITLE.match(flat)
    if marked and (parse := _marked_item(marked, item.line, context)):
        return [parse]
    typed = (flat, first_text(item)[:400])
    for text in typed if _NAMES_LAST.search(flat) else typed[1:]:
        plain = context.strip_markup(compile_phrases(_END).sub("", text))
        parses = _parses_of_text(plain, item.line, context)
        if parses[0].form is Form.TITLE_SPEAKER and _is_sure(parses[0]):
            break
    who = _named_below(item, context)
    if who and not (parses[0].speakers and parses[0].score >= who.score):
        title = next(parse.title for parse in parses if parse.form is Form.TITLE)
        return [HeadingParse.of_talk(title, who.speakers, who.score), *parses]
    return parses


def _parses_of_text(text: str, line: int, context: ParseContext) -> Sequence[HeadingParse]:
    """Read the title and its speaker that a text begins with or quotes, before what it says."""
    for end in _BEFORE_COMMENT.finditer(text[:_MAX_HEADING]):
        heading, comment = text[: end.start() + (end[0][0] in "”」")], text[end.end() :]
        if not heading or not comment:
            continue
        parses = parse_heading(heading, line, context)
        is_complete = parses[0].form is Form.TITLE_SPEAKER or heading[-1] in '”“"»」'
        is_sentence = comment[-1] in ".!?…)" and not comment[0].islower()
        is_sentence &= len(comment.split()) >= _MIN_COMMENT
        if (is_complete or is_sentence) and _is_sure(parses[0]):
            return parses
    parses = parse_heading(text, line, context)
    for match in re.finditer(QUOTED, text[:_MAX_HEADING]) if not _is_sure(parses[0]) else ():
        before, after = text[: match.start()], text[match.end() :]
        if who := people_of_quoted(before, after, line, context):
            title = clean_title(match["quoted"])
            return [HeadingParse.of_talk(title, who.speakers, who.score), *parses]
    run_on = None if _is_sure(parses[0]) else parse_run_on(text, line, context)
    return [run_on, *parses] if run_on else parses


def parse_run_on(text: str, line: int, context: ParseContext) -> HeadingParse | None:
    """Read a text that a title and a name begin, with no sign between them and what it says."""
    match = compile_phrases(_RUN_ON).match(text[:_MAX_HEADING])
    if match is None:
        return None
    first = compile_phrases(FULL_NAME).match(match["who"])
    words = first.group().split() if first else []
    place = find_given_name(words, max(len(words) - 2, 0))
    title = " ".join([match["title"], *words[:place]])
    who = context.parse_people(match["who"].split(" ", place)[place], line)
    if who is None or who.score <= weights.CONFIDENT:
        return None
    return HeadingParse.of_talk(clean_title(title), who.speakers, who.score)


def _named_below(item: ListEntry, context: ParseContext) -> ParsedPeople | None:
    """Return the people of a field or of ``by Ana Ruiz`` below an item, or of its second line."""
    first, *rows = item.text.split("\n")
    below = item.children[0] if item.children else None
    lines = [Line.of_text(item.line + n, row.lstrip("> ")) for n, row in enumerate(rows, 1)]
    for line in [*lines, *item_lines(below)][:_MAX_FIELDS]:
        said = parse_field(line)
        if said and said.name is FieldName.SPEAKERS and said.is_unambiguous:
            who = context.parse_people(said.value.text, line.number)
            return replace(who, score=weights.FIELD) if who else None
    if len(rows) == 1 and not first.endswith((".", ",", ":")):
        who = context.parse_people(rows[0], item.line + 1)
        return who if who and who.score > weights.MIN_LONE_SPEAKER else None
    if not isinstance(below, Paragraph) or not has_lead(below.text):
        return None
    return people_of_line(lines_of_text(below.line, below.text)[0], context, ())


def flat_text(item: ListEntry) -> str:
    """Return the text of an item on one line, without ``3. Talk:`` in front of it."""
    return " ".join(compile_phrases(_LABEL).sub("", item.text[:400]).split())


def _text_of_heading(item: ListEntry) -> str:
    """Return the first line of an item, or all of one that ends in names in brackets."""
    flat = flat_text(item)
    return flat if _NAMES_LAST.search(flat) else first_line(item).text


def first_text(item: ListEntry) -> str:
    """Return the first line of an item without ``3. Talk:`` in front of it."""
    return compile_phrases(_LABEL).sub("", first_line(item).text)


def _marked_item(match: re.Match[str], line: int, context: ParseContext) -> HeadingParse | None:
    """Read ``[Queues](…), by Ana Ruiz: a talk on waiting``."""
    title, rest = (
        _REFERENCE.sub(r"\1", strip_inline_markup(part, Markup.MARKDOWN))
        for part in match.group("title", "rest")
    )
    rest = compile_phrases(_BY).sub("", _ASIDE.sub("", rest.lstrip(" -–—,:|")), count=1)
    who = None
    for end in _CLAUSE_END.finditer(f"{rest}\n"):
        people = rest[: end.start()].strip()
        if people[:1] + people[-1:] == "()":
            people = people[1:-1]
        if who := parse_people(people, line, context.known_names):
            break
        if end.start() > _MAX_PEOPLE:
            break
    if who is None or who.score < 0:
        return None
    return HeadingParse.of_talk(clean_title(title), who.speakers, who.score + weights.MARKED_TITLE)
