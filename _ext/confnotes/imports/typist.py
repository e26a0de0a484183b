"""Types plain text, element by element: paragraphs, heads, nested lists, quotes, links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from confnotes.imports import runs

if TYPE_CHECKING:
    from bs4.element import Tag

LISTS = frozenset({"ul", "ol", "menu", "dl"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = (
    LISTS
    | HEADINGS
    | frozenset(
        "address article aside blockquote body caption center dd details dialog div dt fieldset "
        "figcaption figure footer form header hgroup html legend li main nav p section summary "
        "table tbody td tfoot th thead tr".split()
    )
)
_ITEMS = frozenset({"li", "dt"})
_WIDE = 3
"""Blank lines that a paragraph of nothing but hard blanks stands for."""
_PERMALINKS = frozenset({"#", "¶", "§", "🔗"})
_SCHEMES = frozenset({"http", "https", "ftp"})


@dataclass(slots=True)
class _List:
    """An open list. ``number`` is that of its next item, 0 for bullets.

    ``marker`` is what the open item still has to be typed with, and ``told`` says
    that it has text.
    """

    column: int
    number: int = 0
    marker: str = ""
    told: bool = False
    stray: bool = False
    """Made for an item outside any list; it ends with the item."""


class Typist:
    """Types lines; ``_run`` is the text of the paragraph that is not ended yet."""

    def __init__(self, base: str, *, breaks: bool) -> None:
        self._base, self._breaks = base, breaks
        self._lines: list[str] = []
        self._run: list[str] = []
        self._gap = 0
        self._quotes = 0
        self._lists: list[_List] = []
        self._anchors: list[int] = []
        self._after_break = False

    def result(self) -> str:
        self._end()
        return "".join(f"{row}\n" for row in self._lines)

    def text(self, text: str) -> None:
        text = runs.sound(text)
        if self._breaks:
            text = text.replace("\r\n", "\n")
            text = text.removeprefix("\n") if self._after_break else text
        else:
            text = runs.joined(text)
        self._after_break = False
        self._run.append(text)

    def line_break(self) -> None:
        self._run.append("\n")
        self._after_break = True

    def picture(self, tag: Tag) -> None:
        """Type what an image is said to show, and where it is unless a link leads further.

        A relative address is often that of a browser's own copy.
        """
        shown = " ".join(runs.sound(str(tag.get("alt") or "")).split())
        figure = tag.find_parent("figure")
        caption = figure.find("figcaption") if figure else None
        if not re.search(r"\w", shown):
            self._run.append(shown)
        elif caption is None or " ".join(caption.get_text().split()) != shown:
            self._run.append(runs.picture(shown))
            source = str(tag.get("src") or "")
            is_whole = source.startswith(("http://", "https://"))
            if is_whole and not tag.find_parent("a") and (url := self.address(source)):
                self._run.append(runs.address(url))

    def block(self, rows: list[str]) -> None:
        """Type lines that stand by themselves, as they are."""
        self._end()
        if any(rows):
            self._paragraph([runs.sound(row) for row in rows])

    def open(self, tag: Tag) -> None:
        name = tag.name
        if name in _BLOCKS:
            self._end(head=name in LISTS)
        if name in LISTS:
            self._open_list(tag)
        elif name in _ITEMS:
            self._open_item()
        elif name == "blockquote":
            self._apart()
            self._quotes += 1
        elif name in {"strong", "b"}:
            self._run.append(runs.BOLD)
        elif name == "a":
            self._anchors.append(len(self._run))
        elif name == "q":
            self._run.append("“")

    def close(self, tag: Tag) -> None:
        name = tag.name
        if name in _BLOCKS:
            self._end(head=name in HEADINGS or _is_before_list(tag))
        if name in LISTS or (name in _ITEMS and self._lists and self._lists[-1].stray):
            self._lists.pop()
            self._apart()
        elif name == "blockquote":
            self._quotes -= 1
            self._apart()
        elif name in {"strong", "b"}:
            self._run.append(runs.THIN)
        elif name == "a":
            self._close_anchor(tag)
        elif name == "q":
            self._run.append("”")

    # Lists

    def _open_list(self, tag: Tag) -> None:
        self._apart()
        start = str(tag.get("start") or "")
        number = int(start) if re.fullmatch(r"[0-9]{1,9}", start) else 1
        self._lists.append(_List(2 * len(self._lists) + 2, number if tag.name == "ol" else 0))

    def _open_item(self) -> None:
        if not self._lists:
            self._apart()
            self._lists.append(_List(2, stray=True))
        at = self._lists[-1]
        at.marker, at.told = "•", False
        if at.number:
            at.marker = f"{at.number}."
            at.number += 1

    # Links

    def _close_anchor(self, tag: Tag) -> None:
        start = self._anchors.pop() if self._anchors else 0
        href = str(tag.get("href") or "")
        url = self.address(href)
        label = runs.plain("".join(self._run[start:]))
        short = _bare(label.rstrip("…"))
        if not url:
            if href.startswith("#") and label in _PERMALINKS:
                del self._run[start:]
        elif short and _bare(url).startswith(short):
            self._run[start:] = [url]
        elif label or not tag.find("img"):
            self._run.append(runs.address(url))

    def address(self, href: str) -> str:
        """Return the full address, empty for one that leads nowhere else on the web."""
        if not href.strip() or href.startswith("#"):
            return ""
        try:
            url = urljoin(self._base, href.strip())
            known = urlsplit(url).scheme in _SCHEMES
        except ValueError:
            return ""
        url = re.sub(r"\s", "%20", runs.sound(url))
        return url if known and _bare(url) != _bare(self._base) else ""

    # Lines

    def _apart(self, blank_lines: int = 1) -> None:
        """Part what is typed next from what stands above; inside lists nothing is."""
        if not self._lists:
            self._gap = max(self._gap, blank_lines)

    def _end(self, *, head: bool = False) -> None:
        """End the paragraph; ``head`` says that a heading ends, or a list begins."""
        run = "".join(self._run)
        self._run.clear()
        self._after_break = False
        self._anchors = [0] * len(self._anchors)
        rows = [runs.joined(row).strip(" ") for row in run.split("\n")]
        if not any(runs.is_shown(row) for row in rows):
            if "\N{NO-BREAK SPACE}" in run:
                self._apart(_WIDE)
            return
        groups: list[list[str]] = [[]]
        for row in rows:
            if not runs.is_shown(row):
                groups.append([])
            elif not self._lists and runs.is_bold(row):
                groups += [runs.head_of(row), []]
            else:
                groups[-1].append(row)
        groups = [group for group in groups if group]
        if head and not self._lists and runs.may_be_head(groups[-1]):
            groups[-1] = [line for row in groups[-1] for line in runs.head_of(row)]
        for group in groups:
            self._paragraph([runs.plain(row) for row in group])

    def _paragraph(self, rows: list[str]) -> None:
        self._apart()
        at = self._lists[-1] if self._lists else None
        if at and at.told and not at.marker:
            self._gap = 1
        for row in rows:
            indent = ""
            if at and at.marker:
                indent, at.marker = f"{' ' * at.column}{at.marker} ", ""
            elif at:
                indent = " " * (at.column + 2 + bool(at.number))
            self._line(f"{indent}{row}")
        if at:
            at.told = True
        self._apart()

    def _line(self, text: str) -> None:
        quote = "> " * self._quotes
        if self._lines:
            quoted = self._quotes and self._lines[-1].startswith(">")
            self._lines += [quote.rstrip() if quoted else ""] * self._gap
        self._gap = 0
        self._lines.append(f"{quote}{text}".rstrip(" "))


def _is_before_list(tag: Tag) -> bool:
    after = tag.next_sibling
    while isinstance(after, str) and not after.strip():
        after = after.next_sibling
    return getattr(after, "name", "") in LISTS


def _bare(address: str) -> str:
    """Return an address as people write it for people: no scheme, no ``www.``, no last slash."""
    return re.sub(r"^(?:\w+://)?(?:www\.)?", "", address.strip()).rstrip("/").casefold()
