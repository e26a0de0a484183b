"""Lists of talks that a line above announces, or a code in front of each: titles, maybe names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.body import ListBlock, ListEntry
from confnotes.notes import weights
from confnotes.notes.headings.annotations import CODE
from confnotes.notes.headings.forms import NAMED_FORMS
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import apply_prior, best_parse, form_prior
from confnotes.notes.languages.patterns import count_words, is_unspaced
from confnotes.notes.outline.listed_items import (
    MAX_ITEMS,
    MIN_SHARE,
    ListedTalk,
    first_text,
    flat_text,
    listed_talk,
    parses_of_item,
)
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.lists import first_line

_MIN_ITEMS = 3
_MAX_TITLE = 12
"""Words of an item that ends in a full stop and is a title."""
_LINKED_TITLE = re.compile(r"^\[([^\[\]]+)\]\([^()\s]*\)(?:: | [–—-] )\S")
_CODED = re.compile(rf"{CODE}\s+\S")
_TITLE_OF_LINE = re.compile(r"^((?:(?! [-–—] ).){2,70}) [-–—] \S")
_SUMMARY = re.compile(
    r"^(?!\d{1,2}[:.]\d\d)(?P<title>[^\W_a-z](?:(?! [-–—:] |: ).){2,90}?)"
    r"(?: [-–—:] |: ).{25,}$"
)


def read_summaries(block: ListBlock, context: ParseContext) -> list[ListedTalk]:
    """Read ``Queues – how they fill and why nobody counts``: a title and what was said.

    A bullet without a title belongs to the talk above it.
    """
    found = [(item, _SUMMARY.match(first_text(item))) for item in block.items]
    count = sum(match is not None for _, match in found)
    if count < max(_MIN_ITEMS, MIN_SHARE * len(found)) or not found[0][1]:
        return []
    talks: list[ListedTalk] = []
    for item, match in found:
        if match is None:
            talks[-1] = talks[-1].with_item(item, block)
            continue
        parse = best_parse(match["title"], item.line, context)
        talks.append(listed_talk(item, parse, context))
    return talks


def read_lines_of_talks(lines: Sequence[Line], context: ParseContext) -> list[ListedTalk]:
    """Read each line, mostly ``Queues - how they fill - who counts``, as a talk."""
    titles = [_TITLE_OF_LINE.match(line.text) for line in lines]
    if sum(map(bool, titles)) < max(_MIN_ITEMS, MIN_SHARE * len(lines)):
        return []
    return [
        listed_talk(
            ListEntry(line.number, line.text),
            best_parse(title[1] if title else line.text, line.number, context),
            context,
        )
        for line, title in zip(lines, titles, strict=True)
    ]


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
    prior = form_prior([parses[0] for parses in found])
    prior = {form: weights.INTRODUCED + prior.get(form, 0.0) for form in NAMED_FORMS}
    return [
        listed_talk(item, apply_prior(parses, prior)[0], context)
        for item, parses in zip(block.items, found, strict=True)
    ]


def _is_title(text: str, context: ParseContext) -> bool:
    """Return True if the first line of an item may be a title: several words, no sentence."""
    text = context.strip_markup(text)
    words = count_words(text)
    is_sentence = text.endswith((".", "。")) and words > _MAX_TITLE
    is_small = text[:1].islower() and not is_unspaced(text)
    return 1 < words <= 2 * _MAX_TITLE and not is_small and not is_sentence


def read_linked_titles(block: ListBlock, context: ParseContext) -> list[ListedTalk]:
    """Read ``[Queues](…): how they fill``, where each item begins with a link."""
    titles = [
        (item, match) for item in block.items if (match := _LINKED_TITLE.match(flat_text(item)))
    ]
    if len(titles) < _MIN_ITEMS or len(titles) < len(block.items):
        return []
    return [
        listed_talk(item, best_parse(match[1], item.line, context), context)
        for item, match in titles
    ]
