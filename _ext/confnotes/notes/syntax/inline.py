"""Inline markup taken away, for reading a name or a title out of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from confnotes.body import Block, iter_lines
from confnotes.model import Markup
from confnotes.notes.syntax.wiki_links import strip_wiki_links

MAX_LENGTH = 1000
"""Longer lines are nobody's heading; they are left alone."""
_MARKED = re.compile(r"[*_`\[\\<{]")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*\)")
_LINK = re.compile(r"\[([^\[\]]+)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_SHORTCUT = re.compile(r"^\[([^\[\]]+)\]$")
_RST_LINK = re.compile(r"`([^`<>]+?) ?<[^<>`]*>`__?")
_RST_REFERENCE = re.compile(r"`([^`<>]+)`__?(?!\w)")
_STRONG = re.compile(r"(\*\*|__(?![a-z]+(?:_[a-z]+)*__))(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]+)(?<=\S)\1(?![\w*])")
_LINE_BREAK = re.compile(r"(?:<br ?/?>|\\)$", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")
_BACKTICKS = re.compile("`+")
_TASK = re.compile(r"\[[ xX]\] ")
_ATTRIBUTES = re.compile(r" ?\{[#.][^{}]*\}$")


def strip_links(text: str, markup: Markup) -> str:
    """Return ``text`` with each link replaced by its label."""
    if len(text) > MAX_LENGTH:
        return text
    if markup is Markup.MARKDOWN or "](http" in text:
        text = strip_wiki_links(text) if "[[" in text else text
        text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    if markup is Markup.RST and "`" in text:
        text = _RST_REFERENCE.sub(r"\1", _RST_LINK.sub(r"\1", text))
    return text


def strip_inline_markup(text: str, markup: Markup) -> str:
    """Return ``text`` without links and emphasis: what a reader would say aloud."""
    if len(text) > MAX_LENGTH or not _MARKED.search(text):
        return text.strip()
    text = strip_links(text, markup)
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    if markup is Markup.MARKDOWN:
        text = _ESCAPE.sub(r"\1", text)
    return _LINE_BREAK.sub("", text).strip()


def plain_lines(body: Iterable[Block], markup: Markup) -> Iterator[str]:
    """Yield the lines of a body without any inline markup, and without the boxes of tasks."""
    for line in iter_lines(body):
        text = _TASK.sub("", line.text, count=1)
        yield _CODE.sub(r"\2", strip_inline_markup(text, markup))


def clean_heading(text: str, markup: Markup) -> str:
    """Return the text of a heading: links as labels, emphasis around the whole removed."""
    if markup is Markup.PLAIN:
        return text
    text = _SHORTCUT.sub(r"\1", _ATTRIBUTES.sub("", strip_links(text, markup)).strip())
    while (whole := emphasised_text(text)) is not None:
        text = whole
    return text


def emphasised_text(text: str) -> str | None:
    """Return what is inside when all of ``text`` is bold or italic, else nothing."""
    for mark in ("***", "**", "__", "*", "_"):
        size = len(mark)
        inside = text[size:-size]
        if text.startswith(mark) and text.endswith(mark) and inside.strip() and mark not in inside:
            return inside.strip()
    return None


def code_spans(text: str) -> dict[int, int]:
    """Return where each code span of a row ends, by where it begins."""
    ends: dict[int, int] = {}
    nearest: dict[int, int] = {}
    for match in reversed([*_BACKTICKS.finditer(text)] if "`" in text else []):
        length = match.end() - match.start()
        if length in nearest:
            ends[match.start()] = nearest[length]
        nearest[length] = match.end()
    return ends
