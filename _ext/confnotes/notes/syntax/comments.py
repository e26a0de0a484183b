"""Comments of the language a note is typed in: private text, which no output may have.

Comments are removed before anything else is read. Their lines stay, so that all lines keep their
numbers. Plain text has no comments; code spans and code blocks hold none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

import yaml

from confnotes.model import DroppedLine, Markup
from confnotes.notes.codes import DropReason
from confnotes.notes.entities.paths import markup_from_suffix
from confnotes.notes.syntax.blocks import (
    CODE_DIRECTIVES,
    DIRECTIVE,
    EXPLICIT,
    TARGET,
    Fences,
    indented_end,
)
from confnotes.notes.syntax.front_matter import TOML_FRAME, front_matter_end, is_slow_yaml
from confnotes.notes.syntax.lines import LINE_BREAK, Line, decode, split_lines
from confnotes.notes.yaml_block import MAX_LENGTH
from confnotes.plain_text import strip_invisible

_TRIGGER = re.compile(
    r"<!--|%%|#|\]:[ \t]*<>|(?:^|\r)[^\S\r\n]*(?:%|//|>)|\.\.(?:\s|$)"
    r"|COMMENT|:noexport:|@@comment:|\[comment",
    re.MULTILINE,
)
_TOKEN = re.compile(r"\\.|(?P<code>`+)|(?P<open><!--|%%)")
_CLOSERS = {"<!--": "-->", "%%": "%%"}
_PERCENT_LINE = re.compile(r"[\s>]*%(?!%)")
_LINK_TO_NOWHERE = re.compile(
    r"(?:[\s>]|[-*+] |\d{1,9}[.)] )*\[[^\[\]]+\]:\s*(?:#|<#?>)\s*(?:\(.*\)|\".*\"|'.*')?\s*$"
)
"""A definition of a link that nobody can follow, ``[//]: # (text)``, is Markdown's comment."""
_ITEM = re.compile(r"(?:[-*+•] +|(?:\d+|#)[.)] +)+(?=\.\.(?:\s|$))")
_BACKTICKS = re.compile("`+")
_HASH = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_TOML_TOKEN = re.compile(r""""(?:\\.|[^"\\])*"?|'[^']*'?|(?P<comment>#.*)""")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
_ORG_BLOCK = re.compile(r"#\+begin_(comment|src|example|export)\b", re.IGNORECASE)
_ORG_HEADING = re.compile(r"(\*+) (?:(?!COMMENT\b)[A-Z]+ )?(?:\[#\w\] ?)?(COMMENT\b)?")
_ORG_PRIVATE_TAG = re.compile(r"\s:(?:[^\s:]+:)*?noexport:(?:[^\s:]+:)*$")
_ORG_INLINE = re.compile(r"@@comment:.*?@@")
_ASCIIDOC_BLOCK = re.compile(r"(?:/{4,}|-{4,}|\.{4,})$")
_ASCIIDOC_STYLED_BLOCK = re.compile(r"(?:--|([/=*_+.-])\1{3,}|\|={3,})$")
_ASCIIDOC_COMMENT = re.compile(r"\[comment\b[^\]]*\]$")


@dataclass(slots=True)
class _Source:
    """A text as rows (as typed) and lines; ``comments`` are (row, start, end), in order."""

    rows: list[str]
    lines: list[Line]
    start: int
    """The row after the front matter."""
    comments: list[tuple[int, int, int]] = field(default_factory=list)
    unclosed: int = 0
    """The number of the line that opens a comment which is never closed."""

    def hide(self, start: int, end: int) -> None:
        """Make comments of whole rows."""
        self.comments += [(row, 0, len(self.rows[row])) for row in range(start, end)]


@dataclass(frozen=True, slots=True)
class Stripped:
    """A text without its comments, the comments, and the line of one that is never closed."""

    text: str
    comments: tuple[DroppedLine, ...] = ()
    unclosed: int = 0


def public_text(data: bytes, path: str) -> str:
    """Return the text of a note without its comments; every line keeps its number."""
    return strip_comments(decode(data, path)[0], path).text


def strip_comments(text: str, path: str) -> Stripped:
    """Take the comments of the language that the suffix of ``path`` names out of ``text``."""
    markup = markup_from_suffix(path)
    find = _IN_MARKUP.get(markup)
    if find is None or not _TRIGGER.search(text):
        return Stripped(text)
    body = _strip(text, markup, find)
    # Comments may stand before the front matter, which ends where they are gone.
    front = _strip(body.text, markup, _find_in_front_matter)
    values = _strip(front.text, markup, _find_in_values)
    dropped = (*body.comments, *front.comments, *values.comments)
    return Stripped(values.text, tuple(sorted(dropped, key=_line_of)), body.unclosed)


def _line_of(dropped: DroppedLine) -> int:
    return dropped.line


def _strip(text: str, markup: Markup, find: Callable[[_Source], None]) -> Stripped:
    parts = re.split(f"({LINE_BREAK.pattern})", text)
    rows, breaks = parts[::2], parts[1::2]
    lines = [*split_lines(text), *([] if rows[-1] else split_lines(" "))]
    source = _Source(rows, lines, front_matter_end(lines, markup))
    find(source)
    dropped = []
    for row, start, end in source.comments:
        if comment := strip_invisible(rows[row][start:end]).strip():
            dropped.append(DroppedLine(row + 1, comment, DropReason.COMMENT.value))
    for row, start, end in reversed(source.comments):
        rows[row] = f"{rows[row][:start]}{rows[row][end:]}"
    kept = "".join(part for pair in zip(rows, [*breaks, ""], strict=True) for part in pair)
    return Stripped(kept, tuple(dropped), source.unclosed)


def _find_in_front_matter(source: _Source) -> None:
    """Find the ``#`` of YAML and TOML, which is no comment within a value."""
    if any(line.text == TOML_FRAME for line in source.lines[: source.start]):
        for row, text in enumerate(source.rows[: source.start]):
            hashes = (match for match in _TOML_TOKEN.finditer(text) if match["comment"])
            source.comments += [(row, *match.span()) for match in hashes]
        return
    text = _OTHER_BREAKS.sub(" ", "\n".join(source.rows[: source.start]))
    if "#" not in text:
        return
    try:
        scanned = () if is_slow_yaml(text) or len(text) > MAX_LENGTH else yaml.scan(text)
        tokens = [token for token in scanned if isinstance(token, yaml.ScalarToken)]
    except (yaml.YAMLError, ValueError, OverflowError):
        tokens = []
    starts = [token.start_mark.index for token in tokens]
    row = offset = after = 0
    for match in _HASH.finditer(text):
        builder = match.start()
        place = bisect_right(starts, builder) - 1
        if builder < after or (place >= 0 and builder < tokens[place].end_mark.index):
            continue
        row += text.count("\n", offset, builder)
        offset = builder
        start = builder - (text.rfind("\n", 0, builder) + 1)
        source.comments.append((row, start, len(source.rows[row])))
        after = builder - start + len(source.rows[row])


def _find_in_values(source: _Source) -> None:
    """Find ``<!-- -->`` and ``%% %%`` within a line of front matter."""
    for row, text in enumerate(source.rows[: source.start]):
        if _find_in_row(source, row, "", (row, text.rfind("%%"))):
            source.comments.pop()  # it is closed elsewhere, if at all


def _find_in_markdown(source: _Source) -> None:
    """Find ``<!-- -->``, Obsidian's ``%% %%``, MyST's ``%`` lines and links to nowhere.

    A comment that is never closed goes to the end. Percent signs within a line are text then.
    """
    rows, fences = source.rows, Fences(source.lines)
    found = ((row, rows[row].rfind("%%")) for row in reversed(range(len(rows))))
    last = next((place for place in found if place[1] >= 0), (-1, -1))
    closer = ""
    row = source.start
    while row < len(rows):
        if not closer and fences.opens(row):
            row = fences.end(row)[1]
            continue
        text = rows[row]
        if not closer and (_PERCENT_LINE.match(text) or _LINK_TO_NOWHERE.match(text)):
            source.hide(row, row + 1)
        else:
            closer = _find_in_row(source, row, closer, last)
        row += 1
    source.unclosed = source.unclosed if closer else 0


def _find_in_row(source: _Source, row: int, closer: str, last: tuple[int, int]) -> str:
    """Find comments in a row; ``closer`` ends one that is open before it, or after it."""
    text = source.rows[row]
    spans = _code_spans(text)
    start = builder = 0
    while True:
        if closer:
            end = text.find(closer, builder)
            builder = end + len(closer) if end >= 0 else len(text)
            source.comments.append((row, start, builder))
            if end < 0:
                return closer
            closer = ""
        match = _TOKEN.search(text, builder)
        if match is None:
            return ""
        start, builder = match.span()
        if match["code"]:
            builder = spans.get(start, builder)
        elif match["open"] == "<!--" or (match["open"] and ((row, start) < last or not start)):
            closer, source.unclosed = _CLOSERS[match["open"]], row + 1


def _code_spans(text: str) -> dict[int, int]:
    """Return where each code span of a row ends, by where it begins."""
    ends: dict[int, int] = {}
    nearest: dict[int, int] = {}
    for match in reversed([*_BACKTICKS.finditer(text)] if "`" in text else []):
        length = match.end() - match.start()
        if length in nearest:
            ends[match.start()] = nearest[length]
        nearest[length] = match.end()
    return ends


def _find_in_rst(source: _Source) -> None:
    """Find explicit markup that is no directive, target or footnote, with what is below it."""
    lines, fences = source.lines, Fences(source.lines)
    row = source.start
    while row < len(lines):
        line = lines[row]
        directive = DIRECTIVE.match(line.text)
        if line.text.startswith("`") and fences.opens(row):
            row = fences.end(row)[1]
        elif EXPLICIT.match(line.text) and not directive and not TARGET.match(line.text):
            is_empty = line.text == ".." and row + 1 < len(lines) and not lines[row + 1].text
            after = row + 1 if is_empty else indented_end(lines, row + 1, line.indent + 1)
            source.hide(row, after)
            row = after
        elif item := _ITEM.match(line.text):
            item_end = indented_end(lines, row + 1, line.indent + item.end() + 1)
            inner = line.text[item.end() :]
            if not DIRECTIVE.match(inner) and not TARGET.match(inner):
                source.hide(row, item_end)
            row = item_end
        elif directive[1] in CODE_DIRECTIVES if directive else line.text.endswith("::"):
            row = indented_end(lines, row + 1, line.indent + 1)
        else:
            row += 1


def _find_in_org(source: _Source) -> None:
    """Find lines that begin with ``#``, comment blocks and what headings keep from export."""
    hidden, block, stars = False, "", 0
    for row, line in enumerate(source.lines):
        text = line.text.casefold()
        if block:
            hidden = block == "comment"
            block = "" if text == f"#+end_{block}" else block
        elif match := _ORG_BLOCK.match(text):
            block = match[1]
            hidden = block == "comment"
        elif heading := _ORG_HEADING.match(line.text if not line.indent else ""):
            if not stars or len(heading[1]) <= stars:
                is_private = heading[2] or _ORG_PRIVATE_TAG.search(line.text)
                stars = len(heading[1]) if is_private else 0
            hidden = False
        else:
            hidden = text == "#" or text.startswith("# ")
        if hidden or stars:
            source.hide(row, row + 1)
        elif not block:
            found = _ORG_INLINE.finditer(source.rows[row])
            source.comments += [(row, *match.span()) for match in found]


def _find_in_asciidoc(source: _Source) -> None:
    """Find lines that begin with ``//``, blocks between slashes, and what is a ``[comment]``."""
    block, hidden, is_comment = "", False, False
    for row, line in enumerate(source.lines):
        if block:
            block = "" if line.text == block else block
        elif (_ASCIIDOC_STYLED_BLOCK if is_comment else _ASCIIDOC_BLOCK).match(line.text):
            block = line.text
            hidden, is_comment = is_comment or block.startswith("/"), False
        elif is_comment or _ASCIIDOC_COMMENT.match(line.text):
            hidden = is_comment = bool(line.text)
        else:
            hidden = line.text.startswith("//") and not line.text.startswith("///")
        if hidden:
            source.hide(row, row + 1)


_IN_MARKUP: dict[Markup, Callable[[_Source], None]] = {
    Markup.MARKDOWN: _find_in_markdown,
    Markup.RST: _find_in_rst,
    Markup.ORG: _find_in_org,
    Markup.ASCIIDOC: _find_in_asciidoc,
}
