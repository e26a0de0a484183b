"""Talks that have no heading of their own: a bullet, a table's row, a quoted block is the talk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from confnotes.model import (
    Block,
    ListBlock,
    ListEntry,
    Markup,
    Paragraph,
    Preformatted,
    Quote,
    Table,
    Talk,
)
from confnotes.notes.entities.people import parse_people
from confnotes.notes.entities.section_words import says_talks
from confnotes.notes.entities.talk_kinds import detect_kind
from confnotes.notes.headings import weights
from confnotes.notes.headings.annotations import strip_annotations
from confnotes.notes.headings.context import ParseContext
from confnotes.notes.headings.parse import Form, HeadingParse, best_parse, parse_heading
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import alternation
from confnotes.notes.openings.shown_words import unshown_words
from confnotes.notes.openings.speaker_sentences import speaker_of_sentence
from confnotes.notes.syntax.inline import strip_inline_markup
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.segments import Segment, SegmentKind, paragraph

_TITLE_COLUMN = re.compile(
    r"\b(?:title|talk|topic|session|presentation|subject|name of talk|paper|what)s?\b",
    re.IGNORECASE,
)
_SPEAKER_COLUMN = re.compile(
    r"\b(?:speaker|presenter|who|by|author|name|panelist)s?\b", re.IGNORECASE
)
_MARKED_TITLE = re.compile(
    r"^(?P<title>\[[^\[\]]+\](?:\([^()\s]*\))?|\*\*[^*]+\*\*|__[^_]+__|[“\"][^“”\"]+[”\"]|「[^「」]+」)"
    r"(?P<rest>.*)$"
)
_LINKED_TITLE = re.compile(r"^\[([^\[\]]+)\]\([^()\s]*\)(?:: | [–—-] )\S")
_PARTED = re.compile(r"\S(?: [-–—|] | by |, by | \()\S")
_REFERENCE = re.compile(r"\[([^\[\]]+)\](?:\[[^\[\]]*\])?")
_EMOJI = re.compile(r"[\s\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]+$")
_SUMMARY = re.compile(
    r"^(?P<title>[^\W_a-z](?:(?! [-–—:] |: ).){2,90}?)(?: [-–—:] |: )(?P<rest>.{25,})$"
)
_MIN_SUMMARIES = 3
_PHOTO = re.compile(r"\bphoto of (?P<name>[^\W\d_].{2,60})$", re.IGNORECASE | re.MULTILINE)
_ASIDE = re.compile(r"^\([^()]{1,12}\)[\s,:–—-]*")
_CLAUSE_END = re.compile(r":\s|(?<!\b[A-Z])\.\s|\s[-–—]\s|$", re.MULTILINE)
_MAX_PEOPLE = 120
_TITLE_SPEAKER_TEXT = re.compile(r"^([^():]{3,160}\([^()]{3,80}\)):\s+(\S.*)$")
_NUMBER = re.compile(r"\d{1,3}[.)] ")
_CONFIDENT = 2.0
_MOST_OF, _MOST_ROWS = 0.6, 400


@dataclass(frozen=True, slots=True)
class ListedTalk:
    """A talk found inside a block: its heading as a piece, how that reads, and what is below it."""

    heading: Segment
    parse: HeadingParse
    body: tuple[Segment, ...]


def talks_in_listing(
    segment: Segment,
    context: ParseContext,
    least: int = 2,
    *,
    expected: bool = False,
    introduced: bool = False,
) -> list[ListedTalk]:
    """Return the talks that ``segment`` lists, none if it is no list of talks.

    ``least`` is how many bullets must surely be talks; where talks are ``expected``, those that
    begin with a title need no speaker; so do linked titles where a line has ``introduced`` talks.
    """
    match segment.block:
        case ListBlock() as block:
            found = _bullets(block, context, least)
            found = found or (_linked_titles(block, context) if introduced else [])
            return found or (_summaries(block, context) if expected or introduced else [])
        case Preformatted() as block:
            return list(_programme(block, context))
        case Table() as block:
            return list(_table(block, context))
        case Quote() as block:
            return _quote(block, context)
    return []


def introduces_talks(segment: Segment) -> bool:
    """Return True if a paragraph announces a list of talks: ``On Saturday I heard two talks:``."""
    return (
        segment.kind is SegmentKind.PARAGRAPH
        and segment.lines[-1].text.endswith((":", "："))
        and says_talks(segment.lines[-1].text)
    )


def promote_numbered_items(segments: Sequence[Segment], context: ParseContext) -> list[Segment]:
    """Turn ``3. Queues – Ana Ruiz`` with bullets below it from a list of one into a heading."""
    found: list[Segment] = []
    for place, segment in enumerate(segments):
        block = segment.block
        if head := _numbered_heading(found[-1:], segment, context):
            found[-1] = head
            continue
        if isinstance(block, ListBlock) and len(block.items) <= _MOST_ROWS and _is_numbered(block):
            listed = _bullets(block, context, least=1)
            beside = len(block.items) == 1 and _is_body(segments[place + 1 : place + 2])
            bodies = beside or all(item.children for item in block.items)
            if len(listed) == len(block.items) and bodies:
                for row in listed:
                    found += [row.heading, *row.body]
                continue
        found.append(segment)
    return found


def _is_body(segments: Sequence[Segment]) -> bool:
    """Return True if there is a piece and it is a paragraph or a list without numbers."""
    return any(
        segment.kind is SegmentKind.PARAGRAPH
        or (isinstance(segment.block, ListBlock) and not _is_numbered(segment.block))
        for segment in segments
    )


def _is_numbered(block: ListBlock) -> bool:
    return all(block.ordered or _NUMBER.match(item.text) for item in block.items)


def _numbered_heading(
    above: Sequence[Segment], below: Segment, context: ParseContext
) -> Segment | None:
    """Return a heading for ``1. Queues`` when the line right under it names the speaker."""
    block = above[0].block if above else None
    if (
        not isinstance(block, ListBlock)
        or below.kind is not SegmentKind.PARAGRAPH
        or below.blank_lines_before
    ):
        return None
    item = block.items[0]
    if len(block.items) > 1 or item.children or not _is_numbered(block):
        return None
    who = context.parse_people(below.text[:200], below.line)
    if who is None or who.score < 0.5:
        return None
    own = _NUMBER.sub("", item.text, count=1).split("\n")
    return paragraph(
        [*(Line.of_text(item.line + n, row) for n, row in enumerate(own)), *below.lines]
    )


def count_listed(segment: Segment, context: ParseContext) -> int:
    """Return how many items of a list surely name a talk and its speaker."""
    block = segment.block
    if isinstance(block, Preformatted):
        return sum(1 for _ in _programme(block, context))
    if not isinstance(block, ListBlock) or len(block.items) > _MOST_ROWS:
        return 0
    items = [item for item in block.items if _MARKED_TITLE.match(_flat(item))]
    if len(items) < _MOST_OF * len(block.items):
        items = list(block.items)
        if not all(_PARTED.search(item.text[:200].split("\n", 1)[0]) for item in items):
            return 0
    return sum(_is_sure(_item_reading(item, context)) for item in items)


def _bullets(block: ListBlock, context: ParseContext, least: int) -> list[ListedTalk]:
    """Read each bullet as a talk when most of them have the shape of a heading with a speaker."""
    if len(block.items) > _MOST_ROWS:
        return []
    parses = [_item_reading(item, context) for item in block.items]
    sure = sum(map(_is_sure, parses))
    if sure < least or sure < _MOST_OF * len(parses):
        return []
    return [_listed(item, parse, context) for item, parse in zip(block.items, parses, strict=True)]


def _summaries(block: ListBlock, context: ParseContext) -> list[ListedTalk]:
    """Read ``Queues – how they fill and why nobody counts``: a title and what was said."""
    items = [(item, _SUMMARY.match(item.text.split("\n", 1)[0])) for item in block.items]
    found = [(item, match) for item, match in items if match]
    if len(found) < _MIN_SUMMARIES or len(found) < _MOST_OF * len(items):
        return []
    talks = []
    for item, match in found:
        text = context.strip_markup(match["title"])
        parse = parse_heading(text, item.line, context)[0]
        by = parse_heading(match.group(), item.line, context)[0]
        said = speaker_of_sentence(match["rest"], item.line, context)
        if not parse.speakers and (said or (by.form is Form.TITLE_SPEAKER and by.title == text)):
            who = said.speakers if said else by.speakers
            parse = replace(parse, form=Form.TITLE_SPEAKER, speakers=who, score=1.0)
        talks.append(_listed(item, parse, context))
    return talks


def _linked_titles(block: ListBlock, context: ParseContext) -> list[ListedTalk]:
    """Read ``[Queues](…): how they fill``, where each item begins with a link."""
    titles = [(item, match) for item in block.items if (match := _LINKED_TITLE.match(_flat(item)))]
    if len(titles) < _MIN_SUMMARIES or len(titles) < len(block.items):
        return []
    texts = [(item, context.strip_markup(match[1])) for item, match in titles]
    return [
        _listed(item, parse_heading(text, item.line, context)[0], context) for item, text in texts
    ]


def _is_sure(parse: HeadingParse) -> bool:
    return bool(parse.speakers and parse.title) and parse.score > _CONFIDENT


def _listed(item: ListEntry, parse: HeadingParse, context: ParseContext) -> ListedTalk:
    """Return the talk of a bullet; what its text says besides title and speakers is the body."""
    first, *more = item.text.split("\n")
    body = [Segment(SegmentKind.BLOCK, child.line, child) for child in item.children]
    shown = Talk(item.line, first, parse.title, speakers=parse.speakers, kind=parse.kind)
    broken = first.count("[") > first.count("]")
    whole = broken or unshown_words(first, shown, context.markup)
    rows = enumerate([first, *more] if whole else more)
    start = item.line if whole else item.line + 1
    if lines := [Line.of_text(start + offset, row) for offset, row in rows]:
        body.insert(0, paragraph(lines))
    return ListedTalk(paragraph([Line.of_text(item.line, first)]), parse, tuple(body))


def _item_reading(item: ListEntry, context: ParseContext) -> HeadingParse:
    marked = _MARKED_TITLE.match(_flat(item))
    if marked and (parse := _marked_item(marked, item.line, context)):
        return parse
    first = item.text.split("\n", 1)[0][:400]
    if match := _TITLE_SPEAKER_TEXT.match(first):
        first = match[1]
    return best_parse(first, item.line, context)


def _flat(item: ListEntry) -> str:
    return " ".join(item.text[:400].split())


def _marked_item(match: re.Match[str], line: int, context: ParseContext) -> HeadingParse | None:
    """Read ``[Queues](…), by Ana Ruiz: a talk on waiting``."""
    title, rest = (
        _REFERENCE.sub(r"\1", strip_inline_markup(part, Markup.MARKDOWN))
        for part in match.group("title", "rest")
    )
    title = clean_title(_EMOJI.sub("", title))
    rest = _ASIDE.sub("", rest.lstrip(" -–—,:|"))
    rest = by_words().sub("", rest, count=1)
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
    score = who.score + weights.MARKED_TITLE
    return HeadingParse(Form.TITLE_SPEAKER, title, who.speakers, score, "", detect_kind(title))


@cache
def by_words() -> re.Pattern[str]:
    """Return the pattern of what stands before a speaker: ``by``, ``de``, ``Présentation par:``."""
    return re.compile(rf"^(?:\w+ )?{alternation('people.by')}\s*:?\s*", re.IGNORECASE)


def _programme(block: Preformatted, context: ParseContext) -> Iterator[ListedTalk]:
    """Read entries pasted from a programme: a title, ``Photo of Ana Ruiz``, her name, a room."""
    if block.language or not _PHOTO.search(block.text):
        return
    rows = [
        Line.of_text(block.line + n, row.strip()) for n, row in enumerate(block.text.split("\n"))
    ]
    entries = [list(run) for full, run in groupby(rows, key=lambda row: bool(row.text)) if full]
    for title, *rest in entries:
        photos = [match["name"] for row in rest if (match := _PHOTO.search(row.text))]
        who = [parse_people(name, title.number, context.known_names) for name in photos]
        speakers = tuple(speaker for people in who if people for speaker in people.speakers)
        if speakers:
            kind = detect_kind(title.text)
            parse = HeadingParse(Form.TITLE_SPEAKER, title.text, speakers, 4.0, "", kind)
            yield ListedTalk(paragraph([title]), parse, (paragraph(rest),))


def _table(block: Table, context: ParseContext) -> Iterator[ListedTalk]:
    """Read each row as a talk when one column holds titles and another the speakers."""
    if not block.header or len(block.rows) < 2:
        return
    names = block.rows[0]
    speaker = next((i for i, cell in enumerate(names) if _SPEAKER_COLUMN.search(cell)), None)
    title = next(
        (i for i, cell in enumerate(names) if i != speaker and _TITLE_COLUMN.search(cell)), None
    )
    if title is None or speaker is None:
        return
    for number, row in enumerate(block.rows[1:], 2):
        if max(title, speaker) >= len(row) or not row[title]:
            continue
        line = block.line + number
        who = context.parse_people(row[speaker], line)
        value = context.clean_heading(row[title])
        parse = HeadingParse(
            Form.TITLE_SPEAKER, value, who.speakers if who else (), 3.0, "", detect_kind(value)
        )
        rest = [
            f"{names[i]}: {cell}" if i < len(names) and names[i] else cell
            for i, cell in enumerate(row)
            if cell and i != title and (i != speaker or not who or "://" in cell)
        ]
        body = tuple(Segment(SegmentKind.BLOCK, line, Paragraph(line, text)) for text in rest)
        head = Segment(SegmentKind.PARAGRAPH, line, None, (Line.of_text(line, row[title]),))
        yield ListedTalk(head, parse, body)


def _quote(block: Quote, context: ParseContext) -> list[ListedTalk]:
    """Read a quoted programme entry: its title, what it is about, its speaker."""
    lines = [line for child in block.children for line in _quoted_lines(child)]
    if len(lines) < 2 or len(lines[0].text) > 160:
        return []
    title = best_parse(lines[0].text, lines[0].number, context)
    if title.speakers and title.score > _CONFIDENT and title.form is not Form.SPEAKER:
        parse = title
    else:
        for line in (lines[1], lines[-1]):
            who = context.parse_people(line.text[:200], line.number)
            known = any(speaker.role or speaker.handle for speaker in who.speakers) if who else 0
            if who and who.score > (0.5 if known else 1.5):
                break
        else:
            return []
        bare = strip_annotations(title.title).text if not title.speakers else ""
        value = bare or context.clean_heading(lines[0].text)
        parse = HeadingParse(
            Form.TITLE_SPEAKER, value, who.speakers, who.score, "", detect_kind(value)
        )
    rest = _without_first_line(block)
    body = (Segment(SegmentKind.BLOCK, rest.line, rest),) if rest else ()
    head = Segment(SegmentKind.PARAGRAPH, lines[0].number, None, (lines[0],))
    return [ListedTalk(head, parse, body)]


def _quoted_lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        for offset, text in enumerate(block.text.split("\n")):
            yield Line.of_text(block.line + offset, text)
    elif isinstance(block, Quote):
        for child in block.children:
            yield from _quoted_lines(child)


def _without_first_line(block: Quote) -> Quote | None:
    first, *others = block.children
    if not isinstance(first, Paragraph):
        return block
    _, _, rest = first.text.partition("\n")
    kept: tuple[Block, ...] = (Paragraph(first.line + 1, rest),) if rest else ()
    children = (*kept, *others)
    return Quote(children[0].line, children) if children else None
