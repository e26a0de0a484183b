"""Lists of talks by their titles: announced, timed or coded, each with what was said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from confnotes.body import ListBlock, ListEntry
from confnotes.notes import weights
from confnotes.notes.entities.section_words import is_break
from confnotes.notes.headings.annotations import CODE, strip_annotations
from confnotes.notes.headings.forms import NAMED_FORMS
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import apply_prior, best_parse, sibling_prior
from confnotes.notes.languages.patterns import count_words, is_unspaced
from confnotes.notes.languages.times import match_time
from confnotes.notes.outline.bullet_talks import (
    MAX_ITEMS,
    MIN_SHARE,
    ListedTalk,
    first_text,
    flat_text,
    listed_talk,
    parses_of_item,
)
from confnotes.notes.outline.sentences import STOPS
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.lists import first_line

_MIN_ITEMS = 3
_MIN_TIMED, _MIN_NOTED = 0.8, 0.3
"""Shares of the items of an agenda that begin with a time, and that have notes below."""
_MAX_TITLE = 12
"""Words of an item that ends in a full stop and is a title."""
_LINKED_TITLE = re.compile(r"^\[([^\[\]]+)\]\([^()\s]*\)(?:: | [–—-] )\S")
_NOTE = re.compile(
    r"^\[([^\[\]]{5,})\]\((?!\w+:|#)[^()\s]+\.(?:md|markdown|rst|txt|org|html?)\)$", re.IGNORECASE
)
"""A title that links the file of its notes, beside this one."""
_CODED = re.compile(rf"{CODE}\s+\S")
_TITLE_OF_LINE = re.compile(r"^((?:(?! [-–—] ).){2,70}) [-–—] \S")
_SUMMARY = re.compile(
    r"^(?!\d{1,2}[:.]\d\d)([^\W_a-z](?:(?! [-–—:] |: ).){2,90}?)(?: [-–—:] |: ).{25,}$"
)


def read_timed_items(block: ListBlock, context: ParseContext) -> list[ListedTalk]:
    """Read ``10:45 - Queues`` with bullets below; a list of times without notes is a timetable."""
    timed = sum(match_time(item.text) is not None for item in block.items)
    noted = sum(bool(item.children) for item in block.items)
    count = len(block.items)
    if timed < max(_MIN_ITEMS, _MIN_TIMED * count) or noted < _MIN_NOTED * count:
        return []
    titles = [
        "" if match_time(item.text) is None or is_break(title) else title
        for item in block.items
        for title in [strip_annotations(first_line(item).text).text]
    ]
    return _read(block, titles, context)


def read_summaries(block: ListBlock, context: ParseContext) -> list[ListedTalk]:
    """Read ``Queues – how they fill and why nobody counts``: a title and what was said."""
    return _read_most(block, _SUMMARY, map(first_text, block.items), context)


def read_index(block: ListBlock, context: ParseContext) -> list[ListedTalk]:
    """Read the titles of an index, if each item links a file of notes and nothing else."""
    linked = [_NOTE.match(flat_text(item)) for item in block.items if not item.children]
    if len(linked) < max(_MIN_ITEMS, len(block.items)) or 5 * sum(map(bool, linked)) < 4 * len(
        linked
    ):
        return []
    return read_titles(block, context, introduced=True)


def read_linked_titles(block: ListBlock, context: ParseContext) -> list[ListedTalk]:
    """Read ``[Queues](…): how they fill``, where each item begins with a link."""
    found = _read_most(block, _LINKED_TITLE, map(flat_text, block.items), context)
    return found if len(found) == len(block.items) else []


def read_lines_of_talks(lines: Sequence[Line], context: ParseContext) -> list[ListedTalk]:
    """Read each line, mostly ``Queues - how they fill - who counts``, as a talk."""
    titles = [_TITLE_OF_LINE.match(line.text) for line in lines]
    if sum(map(bool, titles)) < max(_MIN_ITEMS, MIN_SHARE * len(lines)):
        return []
    entries = tuple(ListEntry(line.number, line.text) for line in lines)
    typed = [title[1] if title else line.text for line, title in zip(lines, titles, strict=True)]
    return _read(ListBlock(lines[0].number, entries), typed, context)


def read_titles(block: ListBlock, context: ParseContext, *, introduced: bool) -> list[ListedTalk]:
    """Read each item as a talk, where a line above has ``introduced`` talks, or codes do."""
    coded = sum(_CODED.match(item.text) is not None for item in block.items)
    count = len(block.items)
    if not introduced and coded < max(_MIN_ITEMS, MIN_SHARE * count):
        return []
    titles = sum(_is_title(first_line(item).text, context) for item in block.items)
    if not _MIN_ITEMS <= count <= MAX_ITEMS or titles < MIN_SHARE * count:
        return []
    found = [parses_of_item(item, context) for item in block.items]
    prior = sibling_prior([parses[0] for parses in found])
    prior = {form: weights.INTRODUCED + prior.get(form, 0.0) for form in NAMED_FORMS}
    return [
        listed_talk(item, apply_prior(parses, prior)[0], context)
        for item, parses in zip(block.items, found, strict=True)
    ]


def _read_most(
    block: ListBlock, title: re.Pattern[str], texts: Iterable[str], context: ParseContext
) -> list[ListedTalk]:
    """Read a list if most of its ``texts`` begin with a ``title``."""
    matches = [title.match(text) for text in texts]
    if sum(map(bool, matches)) < max(_MIN_ITEMS, MIN_SHARE * len(matches)):
        return []
    return _read(block, [match[1] if match else "" for match in matches], context)


def _read(block: ListBlock, titles: Sequence[str], context: ParseContext) -> list[ListedTalk]:
    """Read each item by its title; one without a title belongs to the talk above it."""
    talks: list[ListedTalk] = []
    for item, title in zip(block.items, titles, strict=True):
        if title:
            talks.append(listed_talk(item, best_parse(title, item.line, context), context))
        elif talks:
            talks[-1] = talks[-1].with_item(item, block)
        else:
            return []
    return talks


def _is_title(text: str, context: ParseContext) -> bool:
    """Return True if the first line of an item may be a title: several words, no sentence."""
    text = context.strip_markup(text)
    words = count_words(text)
    is_sentence = text.endswith(STOPS) and words > _MAX_TITLE
    is_small = text[:1].islower() and not is_unspaced(text)
    return 1 < words <= 2 * _MAX_TITLE and not is_small and not is_sentence
