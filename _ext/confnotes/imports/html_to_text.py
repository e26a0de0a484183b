"""Convert HTML to plain text as a person would type it: headings, indented bullets, quotes.

Links become ``label (url)``. Nothing here recurses into the document, so that
no depth of nesting is too deep.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Iterator
from html.entities import html5

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from confnotes.declared_encodings import decode_declared
from confnotes.imports.html_tidy import HEADINGS, LISTS, tidy_html
from confnotes.imports.text_writer import TextWriter
from confnotes.notes.syntax.hidden_elements import is_hidden
from confnotes.notes.syntax.lines import decode

_SKIPPED = frozenset(
    "button canvas datalist head input link map math meta noscript object option param "
    "select svg template".split()
)
logging.getLogger("bs4").addHandler(logging.NullHandler())  # it names no file
_REFERENCE = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*;?|#\d{10,}|#[xX][\dA-Fa-f]{10,})")
_WHOLE = frozenset({"pre", "table", "hr", "br", "iframe", "video", "audio", "img"})
"""Elements that are written as a whole."""
_WINDOWS = re.compile(r"utf.*|(?:us-)?ascii|latin-?1|iso-?8859-1")
"""What a page declares that is no UTF-8 but in Windows-1252."""
_HEAD = 4096
"""Bytes in which a page may declare its encoding."""


def parse_html(html: bytes | str) -> BeautifulSoup:
    """Parse a document or a part of one. Any input gives a tree.

    The comment before it prevents a warning that a title like ``pumps.com`` looks like a file
    name, and the line end after it ends an incomplete reference.
    """
    text = _decoded(html) if isinstance(html, bytes) else html
    return BeautifulSoup(f"<!-- -->{tidy_html(_REFERENCE.sub(_sound, text))}\n", "html.parser")


def _decoded(html: bytes) -> str:
    """Decode as UTF-8 if that is valid, else as the page declares, else as Windows-1252."""
    text, problems = decode(html, "")
    declared = EncodingDetector.find_declared_encoding(
        html[:_HEAD], is_html=True, search_entire_document=True
    )
    if not problems or not declared or _WINDOWS.fullmatch(declared):
        return text
    return decode_declared(html, declared) or text


def _sound(reference: re.Match[str]) -> str:
    """Return a character reference, or escape a text that only looks like one: ``R&D;``.

    No number of ten digits is one, and Python refuses to read longer ones.
    """
    typed = reference.group()
    return typed if typed[1:] in html5 else f"&amp;{typed[1:]}"


def html_to_text(
    root: Tag, *, base: str = "", breaks: bool = False, skipped: Container[int] = frozenset()
) -> str:
    """Return ``root`` as plain text that ends with a newline, empty when there is none.

    Relative links are resolved with ``base``, and links to ``base`` itself are left out. With
    ``breaks``, a line break in the source is one on the page, as in a classic WordPress post.
    ``skipped`` are the ids of elements to leave out.
    """
    writer = TextWriter(base, breaks=breaks)
    above: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.children))]
    while above:
        parent, children = above[-1]
        node = next(children, None)
        if node is None:
            above.pop()
            if above:
                writer.close(parent)
        elif isinstance(node, Tag):
            if node.name in _SKIPPED or id(node) in skipped or is_hidden(node.attrs):
                continue
            if node.name in _WHOLE and not _is_layout(node):
                _write_literal(writer, node)
            else:
                writer.open(node)
                above.append((node, iter(node.children)))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            writer.text(str(node))
    return writer.result()


def text_in_one_line(root: PageElement) -> str:
    """Return the text of ``root`` on one line."""
    return " ".join(html_to_text(root).split()) if isinstance(root, Tag) else ""


def heading_text(root: Tag) -> str:
    """Return the text of a heading, without the targets of its links."""
    for link in root.find_all("a"):
        link["href"] = "#"
    return text_in_one_line(root)


def _is_layout(tag: Tag) -> bool:
    """Return True if a table is only layout: one column, or blocks in its cells."""
    if tag.name != "table":
        return False
    if tag.find([*LISTS, *HEADINGS, "table", "pre", "blockquote"]) or tag.select_one("td tr"):
        return True
    return all(len(row.find_all(["td", "th"])) < 2 for row in tag.find_all("tr"))


def _write_literal(writer: TextWriter, tag: Tag) -> None:
    match tag.name:
        case "br":
            writer.line_break()
        case "pre":
            writer.block(_fenced(tag))
        case "table":
            writer.block(_table(tag))
        case "hr":
            writer.block(["----"])
        case "img":
            writer.picture(tag)
        case _:
            writer.block([writer.address(str(tag.get("src") or ""))])


def _fenced(pre: Tag) -> list[str]:
    text = pre.get_text().replace("\r\n", "\n").strip("\n")
    ticks = re.findall(r"^\s*(`{3,})", text, re.MULTILINE)
    fence = "`" * (max(map(len, ticks), default=2) + 1)
    return [fence, *text.split("\n"), fence]


def _table(table: Tag) -> list[str]:
    """Return the rows of a data table, below its caption."""
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    typed = [f"| {' | '.join(map(text_in_one_line, cells))} |" for cells in rows if cells]
    if rows and rows[0] and any(cell.name == "th" for cell in rows[0]):
        typed.insert(1, "|" + " --- |" * len(rows[0]))
    caption = table.find("caption")
    return [text_in_one_line(caption), "", *typed] if caption else typed
