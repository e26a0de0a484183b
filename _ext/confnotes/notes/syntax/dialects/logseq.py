"""Logseq: a page is an outline of bullets, with properties typed ``key:: value``.

The first bullet, or any that begins with ``#``, is the heading of what is nested below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.dialects.rewriting import Rewriter
from confnotes.notes.syntax.fields import is_label
from confnotes.notes.syntax.front_matter import Front
from confnotes.notes.syntax.inline import MAX_LENGTH
from confnotes.notes.syntax.lines import Line

_PROPERTY = re.compile(r"^(?P<bullet>- )?(?P<key>[A-Za-z][\w/.-]{0,40}):: ?(?P<value>.*)$")
_BULLET = re.compile(r"^- ?(?P<text>.*)$")
_HEADING = re.compile(r"^#{1,6} \S")
_TASK = re.compile(r"^(?P<state>TODO|DONE|DOING|NOW|LATER|WAITING|WAIT|CANCELLED|CANCELED) (?=\S)")
_PRIORITY = re.compile(r"^\[#[A-C]\] ")
_BLOCK_REFERENCE = re.compile(r"\{\{embed \(\([\w-]+\)\)\}\}|\(\([0-9a-f-]{36}\)\)")
_TAG = re.compile(r"(?<![\w#])#(?=\[\[)")
_DRAWER = re.compile(r"^:[A-Z]+:$")
_FENCE = re.compile(r"^(?:- )?(`{3,}|~{3,})")


def is_outline(lines: Sequence[Line]) -> bool:
    """Return True if all is bullets and properties, and something shows that Logseq wrote it."""
    texts = [line for line in lines if line.text]
    roots = [line for line in texts if not line.indent]
    properties = [line for line in texts if _PROPERTY.match(line.text)]
    headings = [line for line in texts if _HEADING.match(line.text.removeprefix("- "))]
    shows = properties or any(line.text.startswith("- ") for line in headings)
    bullets = [line for line in roots if line.text == "-" or line.text.startswith("- ")]
    return bool(shows and bullets) and all(
        line in bullets or _PROPERTY.match(line.text) for line in roots
    )


def to_markdown(lines: Sequence[Line]) -> Front:
    """Return the page's properties and its outline, headings taken out of their bullets."""
    return _Outline(lines).read()


class _Outline:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.out = Rewriter()
        self._headings: list[list[int]] = []
        """The indent of each open heading, and of what is nested below it."""

    def read(self) -> Front:
        fence = drawer = ""
        titled = False
        for place, line in enumerate(self.lines):
            bullet = _BULLET.match(line.text)
            if fence or not line.text:
                self._nested(line, line.text, line.raw)
                fence = "" if line.text.startswith(fence) else fence
            elif drawer or _DRAWER.match(line.text):
                drawer = "" if line.text == ":END:" else line.text
                self.out.drop(line, DropReason.PROPERTY)
            elif match := _PROPERTY.match(line.text):
                self._property(line, match, of_page=not titled)
            elif bullet and self._is_heading(place, bullet["text"], titled=titled):
                titled = True
                self._heading(line, bullet["text"])
            else:
                titled = titled or bullet is not None
                if opened := _FENCE.match(line.text):
                    fence = opened[1]
                    self._fence(line, bullet)
                else:
                    self._nested(line, self._inline(line, line.text))
        return self.out.result()

    def _is_heading(self, place: int, text: str, *, titled: bool) -> bool:
        """Return True for ``- # Queues``, and for a bullet with fields of a talk.

        The first bullet is a heading, too, if all else is nested in it.
        """
        if _HEADING.match(text):
            return True
        below = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
        if (match := _PROPERTY.match(below)) and not match["bullet"] and is_label(match["key"]):
            return True
        after = [line for line in self.lines[place + 1 :] if line.text] if not titled else ()
        return bool(after) and all(line.indent for line in after)

    def _heading(self, line: Line, text: str) -> None:
        while self._headings and line.indent <= self._headings[-1][0]:
            self._headings.pop()
        self._headings.append([line.indent, -1])
        text = self._inline(line, text)
        self.out.keep(line, text if _HEADING.match(text) else f"# {text}")

    def _nested(self, line: Line, text: str, raw: str = "") -> None:
        """Keep a line, less deep by what it is nested in."""
        while line.text and self._headings and line.indent <= self._headings[-1][0]:
            self._headings.pop()
        if not self._headings:
            base = 0
        elif text.startswith("-") and self._headings[-1][1] < 0:
            base = self._headings[-1][1] = line.indent
        else:
            base = max(self._headings[-1][1], 0)
        indent = max(line.indent - base, 0) if base else 0 if self._headings else line.indent
        self.out.keep(line, raw[line.indent :] if raw else text, indent)

    def _fence(self, line: Line, bullet: re.Match[str] | None) -> None:
        """Keep the first line of a code block; one in a bullet of its own begins below it."""
        if bullet is None:
            self._nested(line, line.text)
            return
        self._nested(line, "-")
        self._nested(replace(line, indent=line.indent + 2), bullet["text"])

    def _property(self, line: Line, match: re.Match[str], *, of_page: bool) -> None:
        value = match["value"].strip()
        if of_page:
            self.out.add_field(line, match["key"], value)
        else:
            self.out.add_property(line, match["key"], self._inline(line, value))

    def _inline(self, line: Line, text: str) -> str:
        """Take the state of a task, its priority and references to blocks off ``text``."""
        if len(text) > MAX_LENGTH:
            return text
        mark = "- " if text.startswith("- ") else ""
        text = self.out.drop_before(line, text.removeprefix("- "), _TASK, _PRIORITY)
        for match in _BLOCK_REFERENCE.finditer(text):
            self.out.drop(line, DropReason.WIKI_LINK, match[0])
        text = _BLOCK_REFERENCE.sub("", text)
        return f"{mark}{_TAG.sub('', text)}".strip()
