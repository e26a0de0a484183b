"""Talks that have no head of their own: a bullet, a table's row, a quoted block is the talk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from confnotes.model import Block, Bullets, Item, Markup, Paragraph, Quote, Table
from confnotes.notes.heads import Context, Form, Reading, readings
from confnotes.notes.inline import bare, heading
from confnotes.notes.kinds import kind_of
from confnotes.notes.lines import Line
from confnotes.notes.people import people
from confnotes.notes.pieces import Piece, Shape, paragraph

_TITLE_COLUMN = re.compile(
    r"\b(?:title|talk|topic|session|presentation|subject|name of talk|paper|what)s?\b",
    re.IGNORECASE,
)
_SPEAKER_COLUMN = re.compile(
    r"\b(?:speaker|presenter|who|by|author|name|panelist)s?\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,3}[.)] ")
_SURE = 2.0
_MOST_OF, _MOST_ROWS = 0.6, 400


@dataclass(frozen=True, slots=True)
class Row:
    """A talk found inside a block: its head as a piece, how that reads, and what is below it."""

    head: Piece
    reading: Reading
    body: tuple[Piece, ...]


def rows(piece: Piece, markup: Markup, context: Context) -> list[Row]:
    """Return the talks that ``piece`` lists, none if it is no list of talks."""
    match piece.block:
        case Bullets() as block:
            return _bullets(block, markup, context)
        case Table() as block:
            return list(_table(block, markup, context))
        case Quote() as block:
            return _quote(block, markup, context)
    return []


def numbered(pieces: Sequence[Piece], markup: Markup, context: Context) -> list[Piece]:
    """Turn ``3. Queues – Ana Ruiz`` with bullets below it from a list of one into a head."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        block = piece.block
        if head := _numbered_head(found[-1:], piece, markup, context):
            found[-1] = head
            continue
        if isinstance(block, Bullets) and len(block.items) <= _MOST_ROWS and _is_numbered(block):
            listed = _bullets(block, markup, context, least=1)
            beside = len(block.items) == 1 and _is_body(pieces[place + 1 : place + 2])
            bodies = beside or all(item.children for item in block.items)
            if len(listed) == len(block.items) and bodies:
                for row in listed:
                    found += [row.head, *row.body]
                continue
        found.append(piece)
    return found


def _is_body(pieces: Sequence[Piece]) -> bool:
    """Say whether there is a piece and it is a paragraph or a list without numbers."""
    return any(
        piece.shape is Shape.PARAGRAPH
        or (isinstance(piece.block, Bullets) and not _is_numbered(piece.block))
        for piece in pieces
    )


def _is_numbered(block: Bullets) -> bool:
    return all(block.ordered or _NUMBER.match(item.text) for item in block.items)


def _numbered_head(
    above: Sequence[Piece], below: Piece, markup: Markup, context: Context
) -> Piece | None:
    """Return a head for ``1. Queues`` when the line right under it names the speaker."""
    block = above[0].block if above else None
    if not isinstance(block, Bullets) or below.shape is not Shape.PARAGRAPH or below.gap:
        return None
    item = block.items[0]
    if len(block.items) > 1 or item.children or not _is_numbered(block):
        return None
    who = people(bare(below.text[:200], markup), below.line, context.known)
    if who is None or who.score < 0.5:
        return None
    own = _NUMBER.sub("", item.text, count=1).split("\n")
    return paragraph([*(_line(item.line + n, row) for n, row in enumerate(own)), *below.lines])


def _bullets(block: Bullets, markup: Markup, context: Context, least: int = 2) -> list[Row]:
    """Read each bullet as a talk when most of them have the shape of a head with a speaker."""
    if len(block.items) > _MOST_ROWS:
        return []
    heads = [_item_reading(item, markup, context) for item in block.items]
    sure = sum(bool(r.speakers) and r.score > _SURE and r.form is not Form.PERSON for r in heads)
    if sure < least or sure < _MOST_OF * len(heads):
        return []
    found = []
    for item, reading in zip(block.items, heads, strict=True):
        first, *more = item.text.split("\n")
        head = paragraph([_line(item.line, first)])
        body = [Piece(Shape.BLOCK, child.line, child) for child in item.children]
        if more:
            body.insert(0, paragraph([_line(item.line + n, row) for n, row in enumerate(more, 1)]))
        found.append(Row(head, reading, tuple(body)))
    return found


def _item_reading(item: Item, markup: Markup, context: Context) -> Reading:
    return readings(bare(item.text.split("\n", 1)[0][:400], markup), item.line, context)[0]


def _line(number: int, text: str) -> Line:
    return Line(number, text, text, 0)


def _table(block: Table, markup: Markup, context: Context) -> Iterator[Row]:
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
        who = people(bare(row[speaker], markup), line, context.known)
        said = heading(row[title], markup)
        reading = Reading(Form.LAST, said, who.speakers if who else (), 3.0, "", kind_of(said))
        rest = [
            f"{names[i]}: {cell}" if i < len(names) and names[i] else cell
            for i, cell in enumerate(row)
            if cell and i != title and (i != speaker or not who or "://" in cell)
        ]
        body = tuple(Piece(Shape.BLOCK, line, Paragraph(line, text)) for text in rest)
        head = Piece(Shape.PARAGRAPH, line, None, (_line(line, row[title]),))
        yield Row(head, reading, body)


def _quote(block: Quote, markup: Markup, context: Context) -> list[Row]:
    """Read a quoted programme entry: its title, what it is about, its speaker."""
    lines = [line for child in block.children for line in _quoted_lines(child)]
    if len(lines) < 2 or len(lines[0].text) > 160:
        return []
    title = readings(bare(lines[0].text, markup), lines[0].number, context)[0]
    if title.speakers and title.score > _SURE and title.form is not Form.PERSON:
        reading = title
    else:
        for line in (lines[1], lines[-1]):
            who = people(bare(line.text[:200], markup), line.number, context.known)
            if who and who.score > (1.5 if not any(s.role for s in who.speakers) else 0.5):
                break
        else:
            return []
        said = heading(lines[0].text, markup)
        reading = Reading(Form.LAST, said, who.speakers, who.score, "", kind_of(said))
    rest = _without_first_line(block)
    body = (Piece(Shape.BLOCK, rest.line, rest),) if rest else ()
    head = Piece(Shape.PARAGRAPH, lines[0].number, None, (lines[0],))
    return [Row(head, reading, body)]


def _quoted_lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        for offset, text in enumerate(block.text.split("\n")):
            yield _line(block.line + offset, text)
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
