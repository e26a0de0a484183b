"""Pages of talks: a note too large for one page has one for each of its talks.

The note's page keeps the anchor of every talk, with its title and speakers, and leads on. A talk
that is too large itself goes on over several pages.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import TypeAlias

from confnotes.body import Block, ListBlock, iter_lines
from confnotes.catalogue import Catalogue, NoteEntry, TalkEntry
from confnotes.catalogue.tracking import cached_query

MAX_SIZE = 174_000
"""Bytes of HTML that the talks on a page may have, by an estimate; all else has about 18,000."""
_TALK, _NAME, _LINE, _TITLES = 450, 200, 40, 6
"""Bytes of a talk with related ones, of a link to a person, topic or material, and of the markup of
a line; how often a page says a title. Structured data is counted in. Most pages are a quarter
smaller.
"""
_EXPANSION = 5 / 4
"""Bytes on a page for each escaped byte of a note: structured data repeats some, links twice."""

TalkPart: TypeAlias = tuple[str, int, int]
"""The docname of a note, the index of its talk, and which page of the talk it is, from 0."""


def pages_of_note(catalogue: Catalogue, note: str) -> tuple[tuple[str, str], ...]:
    """Return docname and title of the pages of the talks of a note, none if one page serves."""
    return _pages_by_note(catalogue).get(note, ())


def talks_on_page(catalogue: Catalogue, docname: str) -> tuple[TalkEntry, ...]:
    if part := talk_parts(catalogue).get(docname):
        return catalogue.notes[part[0]].talks[part[1] :][:1]
    if docname in catalogue.notes and not pages_of_note(catalogue, docname):
        return catalogue.notes[docname].talks
    return ()


@cached_query
def talk_parts(catalogue: Catalogue) -> Mapping[str, TalkPart]:
    """Return what is on each page of a talk, by its docname."""
    taken = {name.casefold() for name in (*catalogue.notes, *catalogue.handwritten)}
    return {
        docname: (entry.docname, at, number)
        for entry in catalogue.notes.values()
        if sum(map(_talk_size, entry.talks)) > MAX_SIZE
        for at, talk in enumerate(entry.talks)
        for number in range(len(body_parts(talk.talk.body)))
        for docname in [_docname(taken, entry.docname, talk.node_id, number)]
    }


@cached_query
def first_pages(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the docname of the first page of each talk that has pages, by the talk's name."""
    return {
        catalogue.notes[note].talks[at].object_name: docname
        for docname, (note, at, number) in talk_parts(catalogue).items()
        if number == 0
    }


@cached_query
def _pages_by_note(catalogue: Catalogue) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for docname, (note, at, number) in talk_parts(catalogue).items():
        title = title_of(catalogue.notes[note], at, number)
        found.setdefault(note, []).append((docname, title))
    return {note: tuple(pages) for note, pages in found.items()}


def title_of(entry: NoteEntry, at: int, number: int) -> str:
    title = entry.talks[at].title
    return f"{title} ({number + 1})" if number else title


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
    for is_bullets, group in groupby(pieces, _is_bullets):
        if is_bullets:
            lists = [block for block in group if isinstance(block, ListBlock)]
            yield replace(lists[0], items=tuple(item for one in lists for item in one.items))
        else:
            yield from group


def _is_bullets(block: Block) -> bool:
    return isinstance(block, ListBlock) and not block.ordered


def _docname(taken: Container[str], note: str, node_id: str, number: int) -> str:
    """Return the docname of a page of a talk, which no page in the tree and no other talk has."""
    docname = _free(taken, f"{note}/{node_id}")
    return _free(taken, f"{docname}/{number + 1}") if number else docname


def _free(taken: Container[str], docname: str) -> str:
    while docname.casefold() in taken:
        docname += "_"  # which no slug has
    return docname


def _talk_size(talk: TalkEntry) -> int:
    names = len(talk.people) + len(talk.topics) + len(talk.talk.materials)
    return _TALK + _NAME * names + _TITLES * len(talk.title.encode()) + _size(talk.talk.body)


def _size(body: Iterable[Block]) -> int:
    sizes = (_LINE + _EXPANSION * len(escape(line.text).encode()) for line in iter_lines(body))
    return int(sum(sizes))
