"""HTML as a person would have typed it: heads between blank lines, bullets indented by two blanks.

Links become ``label (url)``. Nothing here recurses into the document, so that
no depth of nesting is too deep.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from enum import Enum, auto
from html.entities import html5

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.dammit import UnicodeDammit
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from confnotes.imports.typist import HEADINGS, LISTS, Typist

_SKIPPED = frozenset(
    "button canvas datalist head input link map math meta noscript object option param script "
    "select style svg template textarea title".split()
)
logging.getLogger("bs4").addHandler(logging.NullHandler())  # it names no file
_REFERENCE = re.compile(r"&[A-Za-z][A-Za-z0-9]*;?")
_WHOLE = frozenset({"pre", "table", "hr", "br", "iframe", "video", "audio", "img"})


def parse(html: bytes | str) -> BeautifulSoup:
    """Parse a document or a part of one. Any input gives a tree.

    The comment before it tells the parser that a title like ``pumps.com`` is no file,
    and the line end after it that the text goes no further.
    """
    if isinstance(html, bytes):
        html = UnicodeDammit(html, is_html=True).unicode_markup or html.decode("latin-1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(f"<!-- -->{_REFERENCE.sub(_sound, html)}\n", "html.parser")


def _sound(reference: re.Match[str]) -> str:
    """Return a character reference, or the text of what only looks like one: ``R&D;``."""
    typed = reference.group()
    return typed if typed[1:] in html5 else f"&amp;{typed[1:]}"


def typed(root: Tag, *, base: str = "", breaks: bool = False) -> str:
    """Return ``root`` as plain text that ends with a newline, empty when there is none.

    Relative links are completed by ``base``, and links to ``base`` itself are left
    out. ``breaks`` says that a line break in the source is one on the page, as in a
    classic WordPress post.
    """
    typist = Typist(base, breaks=breaks)
    for step, node in _walk(root):
        if not isinstance(node, Tag):
            typist.text(str(node))
        elif step is _Step.OPEN:
            typist.open(node)
        elif step is _Step.CLOSE:
            typist.close(node)
        else:
            _type_whole(typist, node)
    return typist.result()


def line(root: PageElement) -> str:
    """Return the text of ``root`` on one line."""
    return " ".join(typed(root).split()) if isinstance(root, Tag) else ""


def heading(root: Tag) -> str:
    """Return the words of a heading, which may link to anything."""
    for link in root.find_all("a"):
        link["href"] = "#"
    return line(root)


class _Step(Enum):
    OPEN = auto()
    CLOSE = auto()
    WHOLE = auto()
    TEXT = auto()


def _walk(root: Tag) -> Iterator[tuple[_Step, PageElement]]:
    """Yield the nodes below ``root``, depth first; what is typed as a whole is not entered."""
    above: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.children))]
    while above:
        parent, children = above[-1]
        node = next(children, None)
        if node is None:
            above.pop()
            if above:
                yield _Step.CLOSE, parent
        elif isinstance(node, Tag):
            if node.name in _SKIPPED:
                continue
            if node.name in _WHOLE and not _is_layout(node):
                yield _Step.WHOLE, node
            else:
                yield _Step.OPEN, node
                above.append((node, iter(node.children)))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield _Step.TEXT, node


def _is_layout(tag: Tag) -> bool:
    """Say whether a table only arranges a page: one column, or more than words in its cells."""
    if tag.name != "table":
        return False
    if tag.find([*LISTS, *HEADINGS, "table", "pre", "blockquote"]):
        return True
    return all(len(row.find_all(["td", "th"])) < 2 for row in tag.find_all("tr"))


def _type_whole(typist: Typist, tag: Tag) -> None:
    match tag.name:
        case "br":
            typist.line_break()
        case "pre":
            typist.block(_fenced(tag))
        case "table":
            typist.block(_table(tag))
        case "hr":
            typist.block(["----"])
        case "img":
            typist.picture(tag)
        case _:
            typist.block([typist.address(str(tag.get("src") or ""))])


def _fenced(pre: Tag) -> list[str]:
    text = pre.get_text().replace("\r\n", "\n").strip("\n")
    ticks = re.findall(r"^\s*(`{3,})", text, re.MULTILINE)
    fence = "`" * (max(map(len, ticks), default=2) + 1)
    return [fence, *text.split("\n"), fence]


def _table(table: Tag) -> list[str]:
    """Return the rows of a data table, which is used up: an unclosed cell holds the next one."""
    first = table.find("tr")
    header = isinstance(first, Tag) and first.find("th") is not None
    rows = []
    for row in reversed(table.find_all("tr")):
        cells = reversed(row.extract().find_all(["td", "th"]))
        rows.append([line(cell.extract()) for cell in cells][::-1])
    typed = [f"| {' | '.join(cells)} |" for cells in reversed(rows) if cells]
    if header:
        typed.insert(1, "|" + " --- |" * len(rows[-1]))
    return typed
