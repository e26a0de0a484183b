"""Elements of HTML in Markdown that no browser shows: ``hidden``, or by their style."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from confnotes.notes.syntax.code_and_tables import Fences
from confnotes.notes.syntax.commented_text import CommentedText
from confnotes.notes.syntax.inline import code_spans

_TAG = re.compile(r"(?<!\\)<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:[\s/][^<>]*)?)>")
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without an end tag."""


def find_hidden_elements(source: CommentedText) -> None:
    """Find hidden elements with all that is in them; one that is never closed goes to the end."""
    starts = [0, *accumulate(len(row) + 1 for row in source.rows)]
    hidden, depth, start = "", 0, 0
    for tag in _TAG.finditer("\n".join(_without_code(source))):
        name = tag["name"].casefold()
        attributes = dict(_ATTRIBUTE.findall(tag["attributes"].casefold()))
        if not hidden and not tag["close"] and is_hidden(attributes):
            hidden, start = name, tag.start()
        if name == hidden:
            depth += -1 if tag["close"] else name not in VOID
            if not depth:
                _hide(source, starts, start, tag.end())
                hidden = ""
    if hidden:
        source.unclosed = bisect_right(starts, start)
        _hide(source, starts, start, starts[-1])


def _without_code(source: CommentedText) -> list[str]:
    """Return the rows with blanks for code and for front matter."""
    rows, fences = [" " * len(row) for row in source.rows], Fences(source.lines)
    row = source.start
    while row < len(rows):
        if fences.opens(row):
            row = fences.end(row)[1]
            continue
        if row not in source.code:
            rows[row] = _without_spans(source.rows[row])
        row += 1
    return rows


def _without_spans(text: str) -> str:
    """Return a row with blanks for its code spans."""
    after = 0
    for start, end in sorted(code_spans(text).items()):
        if start >= after:
            text, after = f"{text[:start]}{' ' * (end - start)}{text[end:]}", end
    return text


def is_hidden(attributes: Mapping[str, object]) -> bool:
    """Return True if browsers do not show an element with these attributes."""
    return "hidden" in attributes or bool(_NOT_SHOWN.search(str(attributes.get("style", ""))))


def _hide(source: CommentedText, starts: list[int], start: int, end: int) -> None:
    """Make comments of the text from ``start`` to ``end``; its rows begin at ``starts``."""
    for row in range(bisect_right(starts, start) - 1, len(source.rows)):
        if starts[row] >= end:
            break
        first, last = max(start - starts[row], 0), min(end - starts[row], len(source.rows[row]))
        source.comments.append((row, first, last))
