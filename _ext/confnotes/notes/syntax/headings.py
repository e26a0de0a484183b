"""Headings by their marks: hashes before, rules under and over a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from confnotes.model import Markup
from confnotes.notes.syntax.code_and_tables import opens_fence
from confnotes.notes.syntax.fields import parse_field
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.lists import parse_list_marker
from confnotes.notes.syntax.segments import PAGE_LEVEL

_ATX = re.compile(r"^(#{1,6})(\s*)([^#\s].*?)(?:\s+#+)?$")
_NUMBERED = re.compile(r"^(\d{1,3}[.)])\s+(#{2,6})\s+([^#\s].*)$")
"""A heading in an item of a list: ``1. ### Queues``."""
_WIKI = re.compile(r"^(={1,6}) (\S(?:.*\S)?) \1$")
"""A heading of MediaWiki; ``==queues==`` is marked text."""
_TAGS = re.compile(r"#(?:[^\sA-Z#]+|[^\s#]+(?:\s+#[^\s#]+)+)$")
"""Nothing but tags: ``#events/kettleconf``, ``#Talk #Queues``."""
_RULED = re.compile(r"^([=\-~^\"'`#*+.:_<>])\1{2,}$")
THEMATIC_BREAK = re.compile(r"^(?:([-*_=~.#+])(?: ?\1){2,}|(?![| ]+$)[-=+|: ]{3,})$")
_MAX_UNEVEN = 2
"""Characters by which the rule under a heading is longer or shorter than that."""
_MARKED_LEVELS = {"=": 1, "-": 2}
_PERMALINK = re.compile(r"\S ?([¶🔗⚓§]\ufe0f?|(?<= )#)$")
"""The sign of the link to itself that a site shows behind a heading."""
_MIN_PERMALINKS = 3


class HeadingReader:
    """Reads the headings of one note; the levels of its rules are those of their first use."""

    def __init__(self, lines: Sequence[Line], markup: Markup) -> None:
        self.lines, self.markup = lines, markup
        self._levels: dict[str, int] = {}
        signs = Counter(found[1] for line in lines if (found := _PERMALINK.search(line.text)))
        self._permalinks = tuple(s for s, count in signs.items() if count >= _MIN_PERMALINKS)

    def read(self, row: int) -> tuple[Line, int, int] | None:
        """Return the heading at an index: its line, its level, the index after it."""
        line = self.lines[row]
        if marked := self.atx_heading(line):
            return *marked, row + 1
        if line.text.endswith(self._permalinks):
            return line, PAGE_LEVEL, row + 1
        below = self.lines[row + 1] if row + 1 < len(self.lines) else None
        if below is None or not below.text:
            return None
        last = self.lines[row + 2] if row + 2 < len(self.lines) else None
        over = self._rule(line) if last and last.text == line.text else None
        if over and not THEMATIC_BREAK.match(below.text) and not _is_field(below):
            return below, self._level(f"{over.group(1)}over"), row + 3
        if self._rule(line) or line.indent > 3 or line.text[0] in ">|" or opens_fence(line):
            return None
        if _TAGS.match(line.text) and self.markup is Markup.MARKDOWN:
            return None
        if parse_list_marker(line) and not self._is_numbered_heading(line, below):
            return None
        if under := self._rule(below):
            before = self.lines[row - 1].text if row else ""
            is_framed = bool(THEMATIC_BREAK.match(before))
            if is_framed and _is_field(line):
                return None
            is_underlined = abs(len(below.text) - len(line.text)) <= _MAX_UNEVEN
            free = not before or is_framed or is_underlined
            sign = under.group(1)
            if below.indent < 4 and len(line.text) < 200 and (sign == "=" or free):
                return line, self._level(sign), row + 2
        return None

    def _rule(self, line: Line) -> re.Match[str] | None:
        """Match a rule; backticks are a fence of code but in reStructuredText."""
        fence = line.text.startswith("`") and self.markup is not Markup.RST
        return None if fence else _RULED.match(line.text)

    def _is_numbered_heading(self, line: Line, below: Line) -> bool:
        """Return True if ``1. Queues`` is underlined in its whole length; Markdown sees a list."""
        ordered = line.text[0].isdigit() and self.markup is not Markup.MARKDOWN
        return ordered and len(below.text) >= len(line.text) > 3

    def atx_heading(self, line: Line) -> tuple[Line, int] | None:
        """Read ``## Queues``: the line without its signs, and its level."""
        if line.indent > 3 or self.markup is Markup.RST:
            return None
        if item := _NUMBERED.match(line.text):
            number, signs, text = item.groups()
            return Line(line.number, line.raw, f"{number} {text}", line.indent), len(signs)
        if wiki := _WIKI.match(line.text):
            signs, text = wiki.groups()
            return Line(line.number, line.raw, text, line.indent + wiki.start(2)), len(signs)
        if line.text[:1] != "#" or (line.text[1:2].isalpha() and _TAGS.match(line.text)):
            return None
        match = _ATX.match(line.text)
        if match is None:
            return None
        signs, blank, text = match.groups()
        if not blank:
            if self.markup is Markup.PLAIN and len(signs) == 1:
                return None
            is_sentence = text[0].islower() and text[-1] in ".,;"
            if " #" in text or not text[0].isalnum() or is_sentence:
                return None
        start = line.indent + len(signs) + len(blank)
        return Line(line.number, line.raw, text, start), len(signs)

    def _level(self, sign: str) -> int:
        if self.markup is Markup.MARKDOWN and sign in _MARKED_LEVELS:
            return _MARKED_LEVELS[sign]
        return self._levels.setdefault(sign, len(self._levels) + 1)


def _is_field(line: Line) -> bool:
    """Return True if a line between two rules is a field that they frame."""
    found = parse_field(line)
    return found is not None and found.is_unambiguous
