"""AsciiDoc: ``= Title``, ``:attribute: value``, ``*`` and ``.`` lists, delimited blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.dialects.rewriting import BOLD, FENCE, Rewriter
from confnotes.notes.syntax.fields import NOTE_KEYS, is_label
from confnotes.notes.syntax.front_matter import Front
from confnotes.notes.syntax.inline import MAX_LENGTH
from confnotes.notes.syntax.lines import Line

_HEADING = re.compile(r"^(={1,6}) +(\S.*)$")
_ATTRIBUTE = re.compile(r"^:(?P<key>!?[A-Za-z][\w-]*!?):(?: +(?P<value>.*))?$")
_FIELDS = NOTE_KEYS | {"authors", "revdate", "keywords", "slides", "video", "email"}
_AUTHOR = re.compile(r"^[^\W\d_][^<>@:]* <[^<>\s]+@[^<>\s]+>(?:; .*)?$")
_REVISION = re.compile(r"^(?:v?\d[\d.]*, *)?(?P<date>\d{4}-\d\d-\d\d)(?:[:,] *.*)?$")
_DELIMITER = re.compile(r"^(?:-{4,}|\.{4,}|\+{4,}|={4,}|\*{4,}|_{4,}|--|[|,]===)$")
_CODE = frozenset("-.+")
_BLOCK_ATTRIBUTES = re.compile(r"^\[(?:[^\[\]]*|\[[^\[\]]*\])\]$")
_LANGUAGE = re.compile(r"^\[(?:source|,)?,?\s*(?:%\w+,)?(?P<language>[\w+#.-]+)\b.*\]$")
_BLOCK_TITLE = re.compile(r"^\.([^\s.].*)$")
_ORDERED = re.compile(r"^(?P<dots>\.{1,5}) +(?P<text>\S.*)$")
_TERM = re.compile(r"^(?P<key>[^\s:][^:]{0,40}?):{2,4} +(?P<value>\S.*)$")
_MACRO = re.compile(r"^(?:toc|ifn?def|ifeval|endif)::")
_BREAK = re.compile(r"^(?:'{3,}|<{3,})$")
_LINK = re.compile(
    r"(?:\blink:)?(?P<url>(?:https?|ftp)://[^\s\[\]<>]+|(?<=link:)[^\s\[\]:]+|\bmailto:[^\s\[\]]+)"
    r"\[(?P<text>[^\[\]]*)\]"
)
_IMAGE = re.compile(r"\bimage::?(?P<target>[^\s\[\]]+)\[(?P<text>[^\[\]]*)\]")
_REFERENCE = re.compile(
    r"<<(?P<id>[^<>,\n]+)(?:, *(?P<text>[^<>\n]+))?>>|\bxref:(?P<x>[^\s\[\]]+)\[(?P<t>[^\[\]]*)\]"
)
_CELL = re.compile(r"(?<!\\)\|")


def to_markdown(lines: Sequence[Line]) -> Front:
    """Return the attributes of the header as fields, the rest as Markdown."""
    return _AsciiDoc(lines).read()


def is_underline(lines: Sequence[Line], place: int) -> bool:
    """Return True if the delimiter at ``place`` underlines the title above it."""
    text, above = lines[place].text, lines[place - 1].text if place else ""
    is_as_long = above and abs(len(above) - len(text)) < 3 and text[0] in "=-.+"
    return bool(is_as_long) and not (_BLOCK_ATTRIBUTES.match(above) or _BLOCK_TITLE.match(above))


class _AsciiDoc:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.out = Rewriter()
        self._last = {line.text: place for place, line in enumerate(lines)}
        """Where each line stands last: a block that is never closed is none."""
        self._language = ""
        self._row: list[Line] = []

    def read(self) -> Front:
        end = ""
        is_header, attached = True, False
        for place, line in enumerate(self.lines):
            text = line.text
            if end:
                if text == end:
                    self._close(line)
                    end, attached = "", False
                else:
                    self._inside(line, end)
                continue
            if self._is_delimiter(place):
                end = text
                self._open(line)
            elif not text:
                is_header = is_header and not any(one.text for one in self.out.lines)
                attached = False
                self.out.lines.append(line)
            elif text == "+":
                attached = True
                self.out.drop(line, DropReason.BLOCK_FRAME)
            elif is_header and self._header(line):
                pass
            else:
                self._line(line, attached=attached)
        return self.out.result()

    def _is_delimiter(self, place: int) -> bool:
        """Return True if a block is opened here and closed below, and no title underlined."""
        text = self.lines[place].text
        if not _DELIMITER.match(text) or self._last[text] == place:
            return False
        return not is_underline(self.lines, place)

    def _open(self, line: Line) -> None:
        self.out.drop(line, DropReason.BLOCK_FRAME)
        if line.text != "--" and line.text[0] in _CODE:
            self.out.keep(line, f"{FENCE}{self._language}")
        self._language = ""

    def _inside(self, line: Line, end: str) -> None:
        if end != "--" and end[0] in _CODE:
            self.out.lines.append(line)
        elif end == "|===":
            self._cells(line)
        elif end[0] == "_":
            self.out.keep(line, f"> {self._inline(line.text)}" if line.text else "")
        else:
            self._line(line, attached=False)

    def _close(self, line: Line) -> None:
        self.out.drop(line, DropReason.BLOCK_FRAME)
        if line.text != "--" and line.text[0] in _CODE:
            self.out.keep(line, FENCE)

    def _cells(self, line: Line) -> None:
        """Keep a line of a table; one that does not begin with a bar goes on as text."""
        text = line.text
        if text.startswith("|"):
            cells = [cell.strip() for cell in _CELL.split(text)[1:]]
            text = f"| {' | '.join(map(self._inline, cells))} |"
        self.out.keep(line, text)

    def _header(self, line: Line) -> bool:
        """Read the lines above the first text: the title, who has written it, attributes."""
        has_title = any(one.text for one in self.out.lines)
        if match := _ATTRIBUTE.match(line.text):
            self._attribute(line, match)
        elif has_title and _AUTHOR.match(line.text):
            self.out.add_field(line, "author", line.text)
        elif has_title and (revision := _REVISION.match(line.text)):
            self.out.add_field(line, "date", revision["date"])
            if rest := line.text.replace(revision["date"], "").strip(" ,:"):
                self.out.drop(line, DropReason.SETTING, rest)
        else:
            return False
        return True

    def _attribute(self, line: Line, match: re.Match[str]) -> None:
        name, value = match["key"].casefold(), (match["value"] or "").strip()
        if name in _FIELDS and value:
            self.out.add_field(line, "date" if name == "revdate" else name, self._inline(value))
        else:
            self.out.drop(line, DropReason.SETTING)

    def _line(self, line: Line, *, attached: bool) -> None:
        text = line.text
        heading, ordered = _HEADING.match(text), _ORDERED.match(text)
        if heading and not line.indent:
            self.out.keep(line, f"{'#' * len(heading[1])} {self._inline(heading[2])}")
        elif attribute := _ATTRIBUTE.match(text):
            if attribute["value"] and is_label(attribute["key"]):
                self.out.keep(line, f"{attribute['key'].capitalize()}: {attribute['value']}")
            else:
                self.out.drop(line, DropReason.SETTING)
        elif _BLOCK_ATTRIBUTES.match(text):
            language = _LANGUAGE.match(text)
            self._language = language["language"] if language else ""
            self.out.drop(line, DropReason.BLOCK_ATTRIBUTES)
        elif _MACRO.match(text):
            self.out.drop(line, DropReason.SETTING)
        elif _BREAK.match(text):
            self.out.drop(line, DropReason.RULE)
        elif ordered:
            depth = len(ordered["dots"]) - 1
            self.out.keep(line, f"#. {self._inline(ordered['text'])}", 3 * depth)
        elif (term := _TERM.match(text)) and is_label(term["key"]):
            self.out.keep(line, f"{term['key']}: {self._inline(term['value'])}")
        else:
            title = _BLOCK_TITLE.match(text)
            text = title[1] if title else text.removesuffix(" +")
            self.out.keep(line, self._inline(text), 4 if attached else line.indent)

    def _inline(self, text: str) -> str:
        if len(text) > MAX_LENGTH:
            return text
        text = _IMAGE.sub(r"![\g<text>](\g<target>)", text)
        text = _LINK.sub(_link, text)
        text = _REFERENCE.sub(_reference, text)
        bullet = re.match(r"\*+ +", text)
        start = bullet.end() if bullet else 0
        return text[:start] + BOLD.sub(r"**\1**", text[start:])


def _link(match: re.Match[str]) -> str:
    text = match["text"].removesuffix("^").strip()
    return f"[{text}]({match['url']})" if text else match["url"]


def _reference(match: re.Match[str]) -> str:
    target = (match["id"] or match["x"]).strip()
    text = (match["text"] or match["t"] or "").strip()
    return f"[[{target}|{text}]]" if text else f"[[{target}]]"
