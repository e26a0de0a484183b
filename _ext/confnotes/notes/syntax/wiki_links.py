"""Links between notes as Obsidian and Logseq type them: ``[[Name]]``, ``[[Name#Part|shown]]``.

What they show is part of the text, where they lead is known to the catalogue alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from confnotes.model import DroppedLine
from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.lines import Line

WIKI_LINK = re.compile(
    r"(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]*?)(?:\\?\|(?P<alias>[^\[\]\n]*))?\]\]"
)
"""In a table, the bar is escaped."""


@dataclass(frozen=True, slots=True)
class WikiLink:
    """What a link shows, and the name of the page that it leads to."""

    text: str
    page: str


def wiki_link(match: re.Match[str]) -> WikiLink:
    """Return the link of a match of :data:`WIKI_LINK`; an embedded file shows its name."""
    target = match["target"].strip()
    page, _, part = target.partition("#")
    alias = "" if match["embed"] else (match["alias"] or "").strip()
    return WikiLink(alias or page.strip() or part.strip(" #^") or target, page.strip())


def strip_wiki_links(text: str) -> str:
    """Return ``text`` with each link replaced by what it shows."""
    return WIKI_LINK.sub(lambda match: wiki_link(match).text, text)


def name_pages(text: str) -> str:
    """Return ``text`` with each link replaced by the name of its page: a person's, say."""
    return WIKI_LINK.sub(lambda match: wiki_link(match).page, text)


def hidden_targets(lines: Sequence[Line]) -> Iterator[DroppedLine]:
    """Yield the targets of links that do not show them."""
    for line in lines:
        for match in WIKI_LINK.finditer(line.text) if "[[" in line.text else ():
            shown = wiki_link(match).text
            parts = ((match["target"] or "").strip(" #^"), match["alias"] or "")
            hidden = [part for part in parts if part and part.strip() != shown]
            if hidden:
                reason = DropReason.WIKI_LINK.value
                yield DroppedLine(line.number, " ".join(hidden), reason)
