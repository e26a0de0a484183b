"""Parts of notes: a note too large for one page has several, each with some of its talks.

The note's page keeps the anchor of every talk, with its title and speakers, and leads on. A talk
that is too large itself goes on over several pages.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from itertools import accumulate, groupby
from math import ceil
from typing import NamedTuple

from confnotes.body import Block, ListBlock, iter_lines
from confnotes.catalogue import Catalogue, NoteEntry, TalkEntry
from confnotes.catalogue.tracking import cached_query
from confnotes.pages.i18n import _

MAX_SIZE = 174_000
"""Bytes of HTML that the talks of a page may have, by an estimate; all else has 11,000."""
_TALK, _NAME, _LINE, _TITLES = 550, 200, 40, 6
"""Bytes of a talk with related ones, of a link to a person, topic or material, and of the markup of
a line; how often a page repeats a title, as an address and in structured data.
"""
_EXPANSION = 5 / 4
"""Bytes on a page for each escaped byte of a note: structured data repeats some, links twice."""


class NotePart(NamedTuple):
    """The talks on a page of a note; one alone, on page ``number``, if it is too large."""

    note: str
    first: int
    end: int
    number: int = 0


def pages_of_note(catalogue: Catalogue, note: str) -> tuple[tuple[str, str], ...]:
    """Return docname and title of the parts of a note, none if one page serves."""
    return _pages_by_note(catalogue).get(note, ())


def shows_note(catalogue: Catalogue, docname: str) -> bool:
    """Return True if a page is that of a note, or of a part of one."""
    return docname in catalogue.notes or docname in note_parts(catalogue)


def talks_on_page(catalogue: Catalogue, docname: str) -> tuple[TalkEntry, ...]:
    if part := note_parts(catalogue).get(docname):
        return catalogue.notes[part.note].talks[part.first : part.end]
    if docname in catalogue.notes and not pages_of_note(catalogue, docname):
        return catalogue.notes[docname].talks
    return ()


@cached_query
def note_parts(catalogue: Catalogue) -> Mapping[str, NotePart]:
    """Return what is on each part of a note, by its docname."""
    taken = {name.casefold() for name in (*catalogue.notes, *catalogue.handwritten)}
    return {
        _free(taken, f"{entry.docname}/{number}"): part
        for entry in catalogue.notes.values()
        for number, part in enumerate(_parts(entry), 1)
    }


def _parts(entry: NoteEntry) -> Iterator[NotePart]:
    """Yield parts of about the same size, none of a note that one page can have."""
    sizes = [_talk_size(talk) for talk in entry.talks]
    size = sum(sizes)
    if size <= MAX_SIZE:
        return
    room = size / ceil(size / MAX_SIZE)
    keys = [
        (at + 1 if own > MAX_SIZE else 0, (end - own / 2) // room)
        for at, (own, end) in enumerate(zip(sizes, accumulate(sizes), strict=True))
    ]
    for (large, _place), group in groupby(range(len(sizes)), keys.__getitem__):
        first, *others = group
        number_of_pages = len(body_parts(entry.talks[first].talk.body)) if large else 1
        for number in range(number_of_pages):
            yield NotePart(entry.docname, first, first + 1 + len(others), number)


@cached_query
def places(catalogue: Catalogue) -> Mapping[str, str]:
    """Return docname and anchor of each talk that is on a part of its note, by its name."""
    return {
        talk.object_name: f"{docname}#{talk.node_id}"
        for docname, part in note_parts(catalogue).items()
        if part.number == 0
        for talk in talks_on_page(catalogue, docname)
    }


@cached_query
def _pages_by_note(catalogue: Catalogue) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for docname, part in note_parts(catalogue).items():
        title = title_of(catalogue.notes[part.note], part)
        found.setdefault(part.note, []).append((docname, title))
    return {note: tuple(pages) for note, pages in found.items()}


def title_of(entry: NoteEntry, part: NotePart) -> str:
    if part.end - part.first > 1:
        return _("Talks {first}–{last}").format(first=part.first + 1, last=part.end)
    title = entry.talks[part.first].title
    return f"{title} ({part.number + 1})" if part.number else title


def body_parts(body: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """Return the blocks of each page of a talk; a bullet list may go on on the next one."""
    parts: list[list[Block]] = [[]]
    room = MAX_SIZE
    for block in _pieces(body) if _size(body) > MAX_SIZE else body:
        size = _size([block])
        if size > room and parts[-1]:
            parts.append([])
            room = MAX_SIZE
        parts[-1].append(block)
        room -= size
    return [tuple(_joined(part)) for part in parts]


def _pieces(body: Iterable[Block]) -> Iterator[Block]:
    """Yield ``body`` with each bullet as a list of its own."""
    for block in body:
        if isinstance(block, ListBlock) and not block.ordered:
            yield from (replace(block, line=item.line, items=(item,)) for item in block.items)
        else:
            yield block


def _joined(pieces: Iterable[Block]) -> Iterator[Block]:
    """Yield ``pieces`` with neighbouring bullets in one list."""
    for is_ordered, group in groupby(pieces, lambda block: getattr(block, "ordered", None)):
        if is_ordered is False:
            lists = [block for block in group if isinstance(block, ListBlock)]
            yield replace(lists[0], items=tuple(item for one in lists for item in one.items))
        else:
            yield from group


def _free(taken: Container[str], docname: str) -> str:
    while docname.casefold() in taken:
        docname += "_"  # which no slug has
    return docname


def _talk_size(talk: TalkEntry) -> int:
    names = len(talk.people) + len(talk.topics) + len(talk.talk.materials)
    return _TALK + _NAME * names + _TITLES * len(talk.title.encode()) + _size(talk.talk.body)


def _size(body: Iterable[Block]) -> int:
    sizes = (len(escape(line.text).encode()) for line in iter_lines(body))
    return int(sum(_LINE + _EXPANSION * size for size in sizes))
