"""A list of the talks that somebody heard: each bullet begins with a time, notes are below it.

A list of times without notes is a timetable.
"""

from __future__ import annotations

from confnotes.body import ListBlock
from confnotes.notes.entities.section_words import is_break
from confnotes.notes.headings.annotations import strip_annotations
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse
from confnotes.notes.headings.times import match_time
from confnotes.notes.outline.listed_items import ListedTalk, listed_talk
from confnotes.notes.syntax.lists import first_line

_MIN_ITEMS = 3
_MIN_TIMED = 0.8
_MIN_NOTED = 0.3
"""Shares of the items that begin with a time, and that have notes below."""


def read_timed_items(block: ListBlock, context: ParseContext) -> list[ListedTalk]:
    """Read ``10:45 - Queues`` with bullets below as a talk, in a list of such items.

    A break, and an item without a time, belongs to the talk above it.
    """
    timed = [match_time(item.text) is not None for item in block.items]
    noted = sum(bool(item.children) for item in block.items)
    count = len(timed)
    if sum(timed) < max(_MIN_ITEMS, _MIN_TIMED * count) or noted < _MIN_NOTED * count:
        return []
    talks: list[ListedTalk] = []
    for item, is_timed in zip(block.items, timed, strict=True):
        title = strip_annotations(first_line(item).text).text
        if is_timed and not is_break(title):
            talks.append(listed_talk(item, best_parse(title, item.line, context), context))
        elif talks:
            talks[-1] = talks[-1].with_item(item, block)
        else:
            return []
    return talks
