"""Comments of the language a note is typed in: private text, which no output may have.

Comments are removed before anything else is read. Their lines stay, so that all lines keep their
numbers. Plain text has none but the remarks of Google Docs; code spans and code blocks hold none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

import yaml

from confnotes.invisible_characters import strip_invisible
from confnotes.model import DroppedLine, Markup
from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.asciidoc_comments import find_asciidoc_comments
from confnotes.notes.syntax.commented_text import CommentedText
from confnotes.notes.syntax.dialects import read_source
from confnotes.notes.syntax.front_matter import TOML_FRAME, commented_fields_end
from confnotes.notes.syntax.hidden_elements import find_hidden_elements
from confnotes.notes.syntax.lines import LINE_BREAK, decode, split_lines
from confnotes.notes.syntax.markdown_comments import (
    find_html_comments,
    find_in_google_docs,
    find_markdown_comments,
    find_row_comments,
)
from confnotes.notes.syntax.org_comments import find_org_comments
from confnotes.notes.syntax.rst_comments import find_rst_comments
from confnotes.notes.yaml_block import MAX_LENGTH, is_slow_yaml
from confnotes.suffixes import markup_from_suffix

_DRAFT_FIELD = re.compile(r"(?:draft|private|publish(?:ed)?|status)[\"']?\s*[:=]", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?:#\+(?:hugo_)?|:(?:page-)?)(?P<name>\w+):\s+(?P<value>\w+)$", re.IGNORECASE
)
"""What Org, AsciiDoc and reStructuredText have in place of front matter."""
_HEAD = 30
"""Lines in which these stand."""
_TRIGGER = re.compile(
    r"<!--|%%|#|\]:\s*<|(?:^|\r)[^\S\r\n]*(?:%|//|>)|\.\.(?:\s|$)|\{[%/>{]|^\[a\]\S"
    r"|^if(?:n?def|eval)::|COMMENT|:noexport:|@@\w|\[comment|(?i:hidden|display)|(?:`{3}|~{3}|:{3})\s*\{"
    rf"|(?i:{_DRAFT_FIELD.pattern})",
    re.MULTILINE,
)
_HIDDEN = re.compile(r"<[^<>]*(?:hidden|display)", re.IGNORECASE)
_HASH = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_TOML_TOKEN = re.compile(
    r""""{3}(?:\\[\s\S]|[^\\])*?"{3,5}|'{3}[\s\S]*?'{3,5}"""
    r"""|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|(?P<comment>#.*)"""
)
_DRAFT = {
    *product(("draft", "private"), ("true", "yes", "on")),
    *product(("publish", "published"), ("false", "no", "off")),
    *product(("status",), ("draft", "private")),
}
"""Fields of a note, with their values, that say that it is not to be published."""
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Stripped:
    """A text without its comments, the comments, and the line of one that is never closed.

    Nothing is left of a draft.
    """

    text: str
    comments: tuple[DroppedLine, ...] = ()
    unclosed: int = 0
    is_draft: bool = False
    code: frozenset[int] = frozenset()
    """See :class:`CommentedText`."""


def public_text(data: bytes, path: str) -> str:
    """Return the text of a note without its comments; every line keeps its number."""
    return strip_comments(decode(data, path)[0], path).text


def strip_comments(text: str, path: str) -> Stripped:
    """Take the comments of the language that the suffix of ``path`` names out of ``text``."""
    markup = markup_from_suffix(path)
    if not _TRIGGER.search(text):
        return Stripped(text)
    body = _strip(text, markup, _IN_MARKUP.get(markup))
    is_html = markup in _IN_MARKUP and markup is not Markup.MARKDOWN and "<!--" in body.text
    html = _strip(body.text, markup, find_html_comments if is_html else None, body.code)
    has_hidden = markup in _IN_MARKUP and _HIDDEN.search(html.text)
    elements = _strip(html.text, markup, find_hidden_elements if has_hidden else None, body.code)
    remarks = _strip(elements.text, markup, find_in_google_docs)
    # Comments may stand before the front matter, which ends where they are gone.
    front = _strip(remarks.text, markup, _find_in_front_matter)
    values = _strip(front.text, markup, _find_in_values)
    public = _strip(values.text, markup, _hide_all if _is_draft(values.text, path) else None)
    steps = (body, html, elements, remarks, front, values, public)
    dropped = sorted((drop for step in steps for drop in step.comments), key=lambda one: one.line)
    unclosed = body.unclosed or html.unclosed or elements.unclosed
    is_draft = bool(public.comments)
    return Stripped(public.text, tuple(dropped), unclosed, is_draft)


def _strip(
    text: str,
    markup: Markup,
    find: Callable[[CommentedText], None] | None,
    code: Iterable[int] = (),
) -> Stripped:
    if find is None:
        return Stripped(text)
    parts = re.split(f"({LINE_BREAK.pattern})", text)
    rows, breaks = parts[::2], parts[1::2]
    lines = [*split_lines(text), *([] if rows[-1] else split_lines(" "))]
    source = CommentedText(rows, lines, commented_fields_end(lines, markup), code=set(code))
    find(source)
    dropped = []
    for row, start, end in source.comments:
        if comment := strip_invisible(rows[row][start:end]).strip():
            dropped.append(DroppedLine(row + 1, comment, DropReason.COMMENT.value))
    for row, start, end in reversed(source.comments):
        rows[row] = f"{rows[row][:start]}{rows[row][end:]}"
    if source.comments:  # CR, an empty line and LF would be one end of a line
        breaks = ["\n" if end == "\r" else end for end in breaks]
    kept = "".join(part for pair in zip(rows, [*breaks, ""], strict=True) for part in pair)
    return Stripped(kept, tuple(dropped), source.unclosed, code=frozenset(source.code))


def _find_in_front_matter(source: CommentedText) -> None:
    """Find the ``#`` of YAML and TOML, which is no comment within a value."""
    text = _OTHER_BREAKS.sub(" ", "\n".join(source.rows[: source.start]))
    if "#" not in text:
        return
    if any(line.text == TOML_FRAME for line in source.lines[: source.start]):
        for match in _TOML_TOKEN.finditer(text):
            if match["comment"]:
                start = match.start() - (text.rfind("\n", 0, match.start()) + 1)
                row = text.count("\n", 0, match.start())
                source.comments.append((row, start, start + len(match[0])))
        return
    try:
        scanned = () if is_slow_yaml(text) or len(text) > MAX_LENGTH else yaml.scan(text)
        tokens = [token for token in scanned if isinstance(token, yaml.ScalarToken)]
    except (yaml.YAMLError, ValueError, OverflowError):
        tokens = []
    starts = [_start_of_value(token, text) for token in tokens]
    row = offset = after = 0
    for match in _HASH.finditer(text):
        position = match.start()
        place = bisect_right(starts, position) - 1
        if position < after or (place >= 0 and position < tokens[place].end_mark.index):
            continue
        row += text.count("\n", offset, position)
        offset = position
        start = position - (text.rfind("\n", 0, position) + 1)
        source.comments.append((row, start, len(source.rows[row])))
        after = position - start + len(source.rows[row])


def _start_of_value(token: yaml.ScalarToken, text: str) -> int:
    """Return where a text begins; that of a block is below its indicator."""
    start: int = token.start_mark.index
    return text.find("\n", start) if token.style in ("|", ">") else start


def _find_in_values(source: CommentedText) -> None:
    """Find ``<!-- -->`` and ``%% %%`` within a line of front matter."""
    for row, text in enumerate(source.rows[: source.start]):
        if find_row_comments(source, row, None, (row, text.rfind("%%"))):
            source.comments.pop()  # it is closed elsewhere, if at all


def _is_draft(text: str, path: str) -> bool:
    if not _DRAFT_FIELD.search(text):
        return False
    lines, markup = split_lines(text), markup_from_suffix(path)
    fields = [(name, value.text) for name, value in read_source(lines, markup, path).fields]
    if markup in {Markup.ORG, Markup.ASCIIDOC, Markup.RST}:
        heads = (_ATTRIBUTE.match(line.text) for line in lines[:_HEAD])
        fields += [(head["name"], head["value"]) for head in heads if head]
    return any((name.casefold(), value.casefold()) in _DRAFT for name, value in fields)


def _hide_all(source: CommentedText) -> None:
    source.hide(0, len(source.rows))


_IN_MARKUP: dict[Markup, Callable[[CommentedText], None]] = {
    Markup.MARKDOWN: find_markdown_comments,
    Markup.RST: find_rst_comments,
    Markup.ORG: find_org_comments,
    Markup.ASCIIDOC: find_asciidoc_comments,
}
