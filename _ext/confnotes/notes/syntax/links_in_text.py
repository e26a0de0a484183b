"""The texts of a body, and the addresses in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from confnotes.body import Block, ListBlock, Paragraph, Preformatted, Quote, Subheading, Table
from confnotes.model import Link
from confnotes.url_finder import find_urls

_TARGET = re.compile(r"\]\(<?([^()\s<>]+)|<([^<>`\s]+)>`_")
"""Where a link of Markdown or reStructuredText leads."""


def iter_texts(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Yield every text of ``blocks`` with its line."""
    for block in blocks:
        match block:
            case Paragraph() | Subheading() | Preformatted():
                yield block.line, block.text
            case ListBlock():
                for item in block.items:
                    yield item.line, item.text
                    yield from iter_texts(item.children)
            case Quote():
                yield from iter_texts(block.children)
            case Table():
                yield block.line, "\n".join(" | ".join(row) for row in block.rows)


def find_links(lines: Iterable[tuple[int, str]]) -> Iterator[Link]:
    """Yield each address in ``lines`` (number and text) once, with its line."""
    seen = set()
    for start, text in lines:
        for offset, row in enumerate(text.split("\n")):
            for url in urls_in(row):
                if url not in seen:
                    seen.add(url)
                    yield Link(start + offset, url)


def urls_in(text: str) -> Iterator[str]:
    """Yield the addresses in one line."""
    for _, _, url in find_urls(text):
        yield url


def targets_in(text: str) -> Iterator[str]:
    """Yield the targets of the links of one line: addresses and, as typed, files."""
    yield from urls_in(text)
    for match in _TARGET.finditer(_cut_urls(text)):
        yield match[1] or match[2]


def text_without_urls(text: str) -> str:
    """Return what a field says besides its addresses; a Markdown link has nothing besides."""
    return re.sub(r"\[[^\[\]]*\]\(\)", "", _cut_urls(text)).strip(" <>()[],;|")


def _cut_urls(text: str) -> str:
    found = find_urls(text)
    starts = [0, *(end for _, end, _ in found)]
    ends = [*(start for start, _, _ in found), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
