"""Write HTML elements as plain text: paragraphs, headings, nested lists, quotes, links."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

from confnotes.imports import inline_runs
from confnotes.imports.html_tidy import BLOCKS, HEADINGS, LISTS
from confnotes.imports.inline_runs import Run
from confnotes.invisible_characters import strip_controls
from confnotes.urls import absolute_url, unwrap_redirects

if TYPE_CHECKING:
    from bs4.element import Tag

_ITEMS, _BOLD = frozenset({"li", "dt"}), frozenset({"strong", "b"})
_WIDE = 3
"""Blank lines for a paragraph of no-break spaces."""
_PERMALINKS = frozenset({"#", "¶", "§", "🔗"})
_DOCS_LIST = re.compile(r"(lst-kix_\w+)-([0-8])")
"""The class of a list in Google Docs: its id and its level."""


@dataclass(slots=True)
class _List:
    """An open list, and its open item, whose ``marker`` may be unwritten."""

    column: int
    _: KW_ONLY
    number: int = 0
    """Of the next item; 0 for bullets."""
    marker: str = ""
    has_text: bool = False
    stray: bool = False
    """True for an item outside any list; the list ends with the item."""


class TextWriter:
    """Writes lines; ``_runs`` are those of the open paragraph."""

    def __init__(self, base: str, *, breaks: bool) -> None:
        self._base, self._breaks = base, breaks
        self._lines: list[str] = []
        self._runs: list[Run] = []
        self._gap = 0
        self._quotes = 0
        self._lists: list[_List] = []
        self._bold = 0
        self._anchor: int | None = None
        """The index in the runs at which the text of the open link begins, if one is open."""
        self._open_anchors = 0
        self._captions: list[str] = []
        """The captions of open figures."""
        self._after_break = False
        self._docs_list = ("", 0)
        """The id of the last list of Google Docs, and the number of lines at its end."""

    def result(self) -> str:
        self._end()
        return "".join(f"{row}\n" for row in self._lines)

    def text(self, text: str) -> None:
        if self._breaks:
            text = text.replace("\r\n", "\n")
            text = text.removeprefix("\n") if self._after_break else text
        else:
            text = inline_runs.collapse_spaces(text)
        self._after_break = False
        self._append(text)

    def line_break(self) -> None:
        self._append("\n")
        self._after_break = True

    def _append(self, text: str, **kind: bool) -> None:
        self._runs.append(Run(strip_controls(text), bold=self._bold > 0, **kind))

    def picture(self, tag: Tag) -> None:
        """Write the alternative text of an image, and its URL unless it is in a link.

        A relative URL is left out, as it is often that of a copy by the browser.
        """
        shown = _one_line(str(tag.get("alt") or ""))
        if not re.search(r"\w", shown):
            self._append(shown)
        elif shown not in self._captions[-1:]:
            self._append(shown, is_image=True)
            source = str(tag.get("src") or "")
            is_whole = source.startswith(("http://", "https://"))
            if is_whole and not self._open_anchors and (url := self.address(source)):
                self._append(url, is_url=True)

    def block(self, rows: list[str]) -> None:
        """Write lines verbatim, as a block."""
        self._end()
        if any(rows):
            self._paragraph([strip_controls(row) for row in rows])

    def open(self, tag: Tag) -> None:
        name = tag.name
        if name in BLOCKS:
            self._end(heading=name in LISTS)
        if name in LISTS:
            self._open_list(tag)
        elif name in _ITEMS:
            self._open_item()
        elif name == "blockquote":
            self._separate()
            self._quotes += 1
        elif name in _BOLD:
            self._bold += 1
        elif name == "a":
            self._anchor = len(self._runs)
            self._open_anchors += 1
        elif name == "figure":
            caption = tag.find("figcaption")
            self._captions.append(_one_line(caption.get_text()) if caption else "")
        elif name == "q":
            self._append("“")

    def close(self, tag: Tag) -> None:
        name = tag.name
        if name in BLOCKS:
            self._end(heading=name in HEADINGS or _is_before_list(tag))
        if name in LISTS or (name in _ITEMS and self._lists and self._lists[-1].stray):
            self._lists.pop()
            self._docs_list = self._docs_list[0], len(self._lines)
            self._separate()
        elif name == "blockquote":
            self._quotes -= 1
            self._separate()
        elif name in _BOLD:
            self._bold = max(self._bold - 1, 0)
        elif name == "a":
            self._close_anchor(tag)
        elif name == "figure":
            self._captions.pop()
        elif name == "q":
            self._append("”")

    def _open_list(self, tag: Tag) -> None:
        """Begin a list. Google Docs puts lists of all levels beside each other."""
        level, goes_on = len(self._lists), False
        for name in tag.get_attribute_list("class"):
            if match := _DOCS_LIST.fullmatch(str(name)):
                place = match[1], len(self._lines)
                goes_on, level = place == self._docs_list, int(match[2])
                self._docs_list = place
        self._separate()
        self._gap = 0 if goes_on else self._gap
        start = str(tag.get("start") or "")
        number = int(start) if re.fullmatch(r"[0-9]{1,9}", start) else 1
        self._lists.append(_List(2 * level + 2, number=number if tag.name == "ol" else 0))

    def _open_item(self) -> None:
        if not self._lists:
            self._separate()
            self._lists.append(_List(2, stray=True))
        at = self._lists[-1]
        at.marker, at.has_text = "•", False
        if at.number:
            at.marker = f"{at.number}."
            at.number += 1

    def _close_anchor(self, tag: Tag) -> None:
        start = len(self._runs) if self._anchor is None else self._anchor
        self._anchor = None
        self._open_anchors -= 1
        href = str(tag.get("href") or "")
        url = self.address(href)
        label = inline_runs.render_row(self._runs[start:])
        short = _bare(label.rstrip("…"))
        if not url:
            if href.startswith("#") and label in _PERMALINKS:
                del self._runs[start:]
        elif short and _bare(url).startswith(short):
            self._runs[start:] = [Run(url, bold=self._bold > 0)]
        elif label or not tag.find("img"):
            self._append(url, is_url=True)

    def address(self, href: str) -> str:
        """Return the absolute URL, empty for one of this page or outside the web."""
        if not href.strip() or href.startswith("#"):
            return ""
        url = absolute_url(self._base, unwrap_redirects(href.strip()))
        url = re.sub(r"\s", "%20", strip_controls(url))
        return url if _bare(url) != _bare(self._base) else ""

    def _separate(self, blank_lines: int = 1) -> None:
        """Put blank lines before the next text, except in lists."""
        if not self._lists:
            self._gap = max(self._gap, blank_lines)

    def _end(self, *, heading: bool = False) -> None:
        """End the paragraph; ``heading``: a heading ends, or a list begins."""
        lines = inline_runs.split_rows(self._runs)
        is_hard_blank = any("\N{NO-BREAK SPACE}" in run.text for run in self._runs)
        self._runs.clear()
        self._bold = 0
        self._after_break = False
        self._anchor = 0 if self._open_anchors else None
        if not any(map(inline_runs.is_visible, lines)):
            if is_hard_blank:
                self._separate(_WIDE)
            return
        groups = inline_runs.split_row_groups(lines, at_bold=not self._lists)
        for group in groups:
            is_last = heading and group is groups[-1] and inline_runs.is_heading_like(group)
            if not self._lists and (is_last or inline_runs.is_bold(group[0])):
                self._paragraph([line for row in group for line in inline_runs.split_heading(row)])
            else:
                self._paragraph(list(map(inline_runs.render_row, group)))

    def _paragraph(self, rows: list[str]) -> None:
        self._separate()
        at = self._lists[-1] if self._lists else None
        if at and at.has_text and not at.marker:
            self._gap = 1
        for row in rows:
            indent = " " * (at.column + 2 + bool(at.number)) if at else ""
            if at and at.marker:
                indent, at.marker = f"{' ' * at.column}{at.marker} ", ""
            self._line(f"{indent}{row}")
        if at:
            at.has_text = True
        self._separate()

    def _line(self, text: str) -> None:
        quote = "> " * self._quotes
        if self._lines:
            quoted = self._quotes and self._lines[-1].startswith(">")
            self._lines += [quote.rstrip() if quoted else ""] * self._gap
        self._gap = 0
        self._lines.append(f"{quote}{text}".rstrip(" "))


def _one_line(text: str) -> str:
    return " ".join(strip_controls(text).split())


def _is_before_list(tag: Tag) -> bool:
    after = (node for node in tag.next_siblings if not isinstance(node, str) or node.strip())
    return getattr(next(after, None), "name", "") in LISTS


def _bare(address: str) -> str:
    """Return a URL without scheme, ``www.`` and trailing slash, for comparison."""
    return re.sub(r"^(?:\w+://)?(?:www\.)?", "", address.strip()).rstrip("/").casefold()
