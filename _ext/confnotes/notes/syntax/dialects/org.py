"""Org, the outlines of Emacs: ``* TODO Heading :tag:``, drawers, ``#+KEYWORDS:``, blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.dialects.rewriting import BOLD, FENCE, Rewriter
from confnotes.notes.syntax.fields import NOTE_KEYS
from confnotes.notes.syntax.front_matter import Front
from confnotes.notes.syntax.inline import MAX_LENGTH
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.lists import parse_list_marker

_HEADING = re.compile(r"^(?P<stars>\*+) +(?P<text>\S.*)$")
_STATE = re.compile(r"^(?:TODO|DONE|NEXT|WAITING|WAIT|HOLD|STARTED|CANCELLED|CANCELED)(?: +|$)")
_PRIORITY = re.compile(r"^\[#[A-Z0-9]\] *")
_TAGS = re.compile(r"(?:^| +)(?P<tags>:[\w@#%:]+:)$")
_KEYWORD = re.compile(r"^#\+(?P<key>[A-Za-z_-]+(?:\[[^\]]*\])?): ?(?P<value>.*)$")
_FIELDS = NOTE_KEYS | {"subtitle", "filetags", "slides", "video", "email"}
_BLOCK = re.compile(r"^#\+begin_(?P<kind>\w+)(?: +(?P<more>.*))?$", re.IGNORECASE)
_CODE = frozenset({"src", "example", "export"})
_DRAWER = re.compile(r"^:(?P<name>[A-Za-z_-]+):$")
_PROPERTY = re.compile(r"^:(?P<key>[\w-]+)\+?:(?: +(?P<value>.*))?$")
_PLANNING = re.compile(
    r"^(?:(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):\s*[<\[][^<>\[\]]*[>\]]\S*\s*)+.*$"
)
_TIMESTAMP = re.compile(r"[<\[](\d{4}-\d\d-\d\d(?: [^<>\[\]\n]{1,30})?)[>\]]")
_LINK = re.compile(r"\[\[(?P<target>[^\[\]\n]+)\](?:\[(?P<text>[^\[\]\n]+)\])?\]")
_URL = re.compile(r"(?:https?|ftp|mailto):\S+")
_CODE_SPAN = re.compile(r"(?<![\w=~])([=~])(?=\S)([^=~\n]*[^\s=~])\1(?!\w)")
_ITALIC = re.compile(r"(?<![\w/:.])/(?=[^\s/])([^/\n]*[^\s/]|[^\s/])/(?![\w/])")
_BULLET = re.compile(r"^(?:[-+*]|\d{1,3}[.)]) +")
_TABLE_RULE = re.compile(r"^\|[-+]+\|?$")


def to_markdown(lines: Sequence[Line]) -> Front:
    """Return keywords as fields of the note, the rest as Markdown."""
    return _Org(lines).read()


def closed_blocks(lines: Sequence[Line]) -> set[int]:
    """Return where blocks begin that are closed above the next heading; no others are blocks."""
    closers: set[str] = set()
    found = set()
    for place in reversed(range(len(lines))):
        line = lines[place]
        if not line.indent and _HEADING.match(line.text):
            closers.clear()
        elif (block := _BLOCK.match(line.text)) and _closer(block) in closers:
            found.add(place)
        closers.add(line.text.casefold())
    return found


def _closer(block: re.Match[str]) -> str:
    return f"#+end_{block['kind'].casefold()}"


class _Org:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.out = Rewriter()
        self._closed = closed_blocks(lines)
        ends = (place for place, line in enumerate(lines) if line.text.casefold() == ":end:")
        self._last_end = max(ends, default=-1)
        """The last line that ends a drawer."""
        self._list_indent = -1
        """The indent of the list that is open, -1 without one."""

    def read(self) -> Front:
        quoted, end = "", ""
        is_drawer = is_code = False
        for place, line in enumerate(self.lines):
            text = line.text.casefold()
            if end:
                if text == end:
                    self._close(line, is_code=is_code)
                    quoted = end = ""
                    is_drawer = is_code = False
                elif is_drawer:
                    self._property(line, line.text)
                elif is_code:
                    self.out.lines.append(line)
                else:
                    self._text(line, quoted)
            elif (block := _BLOCK.match(line.text)) and place in self._closed:
                end, is_code = _closer(block), block["kind"].casefold() in _CODE
                quoted = "> " if block["kind"].casefold() == "quote" else ""
                self._open(line, block, is_code=is_code)
            elif _DRAWER.match(line.text) and place < self._last_end:
                end, is_drawer = ":end:", True
                self.out.drop(line, DropReason.PROPERTY)
            else:
                self._line(line)
        return self.out.result()

    def _open(self, line: Line, block: re.Match[str], *, is_code: bool) -> None:
        more = (block["more"] or "").split(" ")[0]
        self.out.drop(line, DropReason.BLOCK_FRAME)
        if is_code:
            language = more if re.fullmatch(r"[\w+#.-]+", more) else ""
            self.out.keep(line, f"{FENCE}{language}")

    def _close(self, line: Line, *, is_code: bool) -> None:
        self.out.drop(line, DropReason.BLOCK_FRAME)
        if is_code:
            self.out.keep(line, FENCE)

    def _line(self, line: Line) -> None:
        heading = _HEADING.match(line.text) if not line.indent else None
        keyword = _KEYWORD.match(line.text)
        if heading:
            self._heading(line, heading)
        elif keyword:
            self._keyword(line, keyword["key"], keyword["value"].strip())
        elif _PLANNING.match(line.text):
            self.out.drop(line, DropReason.TASK)
        else:
            self._text(line, "")

    def _heading(self, line: Line, match: re.Match[str]) -> None:
        self._list_indent = -1
        text = self.out.drop_before(line, match["text"], _STATE, _PRIORITY)
        if tags := _TAGS.search(text):
            self.out.drop(line, DropReason.TAGS, tags["tags"])
            text = text[: tags.start()]
        level = min(len(match["stars"]), 6)
        self.out.keep(line, f"{'#' * level} {self._inline(line, text)}" if text else "")

    def _keyword(self, line: Line, key: str, value: str) -> None:
        name = key.casefold()
        if name not in _FIELDS:
            self.out.drop(line, DropReason.SETTING)
            return
        value = ", ".join(value.strip(":").split(":")) if name == "filetags" else value
        self.out.add_field(line, name, _TIMESTAMP.sub(r"\1", value))

    def _property(self, line: Line, text: str) -> None:
        match = _PROPERTY.match(text)
        if match and (value := (match["value"] or "").strip()):
            self.out.add_property(line, match["key"], self._inline(line, value))
        else:
            self.out.drop(line, DropReason.PROPERTY)

    def _text(self, line: Line, quoted: str) -> None:
        """Keep a line; outside a list its indent means nothing."""
        text = line.text
        if _TABLE_RULE.match(text):
            text = text.replace("+", "|")
        elif text.startswith("#+"):
            self.out.drop(line, DropReason.SETTING)
            return
        else:
            text = self._inline(line, text)
        marker = parse_list_marker(line, inside=self._list_indent >= 0)
        if marker and not (text.startswith("*") and not line.indent):
            self._list_indent = line.indent if self._list_indent < 0 else self._list_indent
        elif line.text and line.indent <= self._list_indent:
            self._list_indent = -1
        indent = line.indent if self._list_indent >= 0 else 0
        self.out.keep(line, f"{quoted}{text}" if text else "", indent)

    def _inline(self, line: Line, text: str) -> str:
        if len(text) > MAX_LENGTH:
            return text
        if "[[" in text:
            text = _LINK.sub(lambda match: self._link(line, match), text)
        text = _TIMESTAMP.sub(r"\1", text)
        bullet = _BULLET.match(text)
        start = bullet.end() if bullet else 0
        marked = _ITALIC.sub(r"*\1*", BOLD.sub(r"**\1**", text[start:]))
        return text[:start] + _CODE_SPAN.sub(r"`\2`", marked)

    def _link(self, line: Line, match: re.Match[str]) -> str:
        target, text = match["target"], match["text"]
        if _URL.fullmatch(target):
            return f"[{text}]({target})" if text else target
        name = target.removeprefix("file:").removeprefix("*")
        if target.startswith(("id:", "#")):
            self.out.drop(line, DropReason.WIKI_LINK, target)
            return text or ""
        return f"[[{name}|{text}]]" if text else f"[[{name}]]"
