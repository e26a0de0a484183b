"""The front matter of a hand-written page: YAML, every value with its position.

Values are taken as typed, so that ``title: No`` is a title and ``name: 2016`` a name.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import date

import yaml

from confnotes.catalogue.codes import CatalogueCode
from confnotes.invisible_characters import strip_invisible
from confnotes.model import FieldValue, Link, Markup, Problem
from confnotes.notes import yaml_block
from confnotes.notes.languages.dates import MAX_YEAR, MIN_YEAR
from confnotes.notes.syntax.inline import strip_inline_markup
from confnotes.notes.syntax.lines import decode
from confnotes.urls import is_safe_url

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_FIRST_LINE = 2
"""The line after ``---``."""
_FENCE = re.compile(r"`{3,}|~{3,}|:{3,}")
_ROLE = re.compile(r"(?<![`\\])\{(?:conf:)?(speaker|topic|event|talk)\}`([^`\n]{1,300})`(?!`)")
_TITLED = re.compile(r".*<([^<>]+)>\s*\Z")
_SETEXT = re.compile(r"=+[ \t]*")


class FrontMatter:
    """The front matter of the page at ``path``; ``problems`` has its errors."""

    def __init__(self, path: str, data: bytes) -> None:
        from confnotes.notes.syntax.comments import strip_comments  # no page in the cache needs it

        self.path = path
        text, self.problems = decode(data, path)
        self.is_utf8 = data.removeprefix(codecs.BOM_UTF8) == text.encode("utf-8", "replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        match = _FRONT.match(text)
        self._nodes = self._compose(match[1]) if match else {}
        public = strip_comments(text, path).text
        front = _FRONT.match(public)
        found = _first_heading(public[front.end() :] if front else public)
        self.heading = strip_invisible(strip_inline_markup(found, Markup.MARKDOWN))
        self.references = tuple(dict.fromkeys(_references(public)))
        """Role and target of each reference in the prose, but not in its comments."""

    def text(self, key: str) -> str:
        """Return the text of ``key``, empty where there is none."""
        value = self.scalar(key)
        return value.text if value else ""

    def scalar(self, key: str) -> FieldValue | None:
        """Return the text of ``key`` and where it stands."""
        node = self._nodes.get(key)
        if node is None or node.value == "":
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._add_error(node, f"‘{key}’ should be one text")
            return None
        return _value(node)

    def strings(self, key: str) -> tuple[FieldValue, ...]:
        """Return the texts of the list ``key``; a single text is a list of one."""
        node = self._nodes.get(key)
        return tuple(self._scalars(key, node)) if node is not None else ()

    def date(self, key: str) -> date | None:
        """Return the date of ``key``."""
        value = self.scalar(key)
        if value is None:
            return None
        try:
            on = date.fromisoformat(value.text)
        except ValueError:
            self.add_error(value, f"‘{value.text}’ is no date", "type it as 2015-01-12")
            return None
        if not MIN_YEAR <= on.year <= MAX_YEAR:
            message = f"‘{value.text}’ is not a date from {MIN_YEAR} to {MAX_YEAR}"
            self.add_error(value, message, "correct the year")
            return None
        return on

    def url(self, key: str) -> str:
        """Return the URL of ``key``, empty if there is none that may be a link."""
        value = self.scalar(key)
        return self._url(value) if value else ""

    def links(self, key: str) -> tuple[Link, ...]:
        """Return the links of ``key``: a list of ``label`` and ``url``, or label: address."""
        found = []
        for label, url, place in _labelled_urls(self._nodes.get(key)):
            if not isinstance(url, yaml.ScalarNode):
                self._add_error(url or place, f"‘{key}’ should have a label and a URL each")
            elif address := self._url(_value(url)):
                found.append(Link(_value(url).line, address, label or address))
        return tuple(found)

    def add_error(
        self,
        value: FieldValue | None,
        message: str,
        suggestion: str = "",
        code: CatalogueCode = CatalogueCode.INVALID_FRONT_MATTER,
    ) -> None:
        """Add a problem at ``value``, or at the beginning of the page."""
        line, column = (value.line, value.column) if value else (1, 1)
        problem = Problem.of(code, self.path, message, suggestion, line, column)
        if problem not in self.problems:
            self.problems.append(problem)

    def _url(self, value: FieldValue) -> str:
        if is_safe_url(value.text):
            return value.text
        self.add_error(value, f"‘{value.text}’ is no URL", "type it as https://example.org/")
        return ""

    def _compose(self, text: str) -> dict[str, yaml.Node]:
        if fault := yaml_block.control_character(text, _FIRST_LINE):
            self.add_error(fault.place, str(fault), "delete it")
        try:
            return dict(yaml_block.compose_mapping(text, _FIRST_LINE))
        except yaml_block.FrontMatterError as fault:
            self.add_error(fault.place, str(fault))
            return {}

    def _scalars(self, key: str, node: yaml.Node) -> Iterator[FieldValue]:
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if not isinstance(item, yaml.ScalarNode):
                self._add_error(item, f"‘{key}’ should be a list of texts")
            elif item.value:
                yield _value(item)

    def _add_error(self, node: yaml.Node, message: str) -> None:
        self.add_error(_value(node), message)


def _labelled_urls(
    node: yaml.Node | None,
) -> Iterator[tuple[str, yaml.Node | None, yaml.Node]]:
    """Yield the label, the URL and the place of each link in a mapping, a list or a text."""
    if isinstance(node, yaml.MappingNode):
        for key, url in yaml_block.mapping_items(node):
            yield strip_invisible(key), url, node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            is_mapping = isinstance(item, yaml.MappingNode)
            pairs = dict(yaml_block.mapping_items(item)) if is_mapping else {}
            label = pairs.get("label")
            yield _value(label).text if label else "", pairs.get("url"), item
    elif node is not None and node.value:
        yield "", node, node


def _value(node: yaml.Node) -> FieldValue:
    return yaml_block.scalar_value(node, _FIRST_LINE)


def _references(text: str) -> Iterator[tuple[str, str]]:
    for match in _ROLE.finditer(text):
        titled = _TITLED.match(match[2])
        yield match[1], (titled[1] if titled else match[2]).strip()


def _first_heading(text: str) -> str:
    """Return the first ATX or setext heading outside code blocks and directives."""
    fence = previous = ""
    for line in text.split("\n"):
        if fence:
            fence = "" if line.startswith(fence) else fence
        elif marker := _FENCE.match(line):
            fence = marker[0]
        elif line.startswith(("# ", "#\t")) and line[1:].strip():
            return _without_closing_hashes(line[1:].strip())
        elif previous[:1].strip() and _SETEXT.fullmatch(line):
            return previous.strip()
        previous = "" if fence else line
    return ""


def _without_closing_hashes(heading: str) -> str:
    text = heading.rstrip("#")
    return text.rstrip() if text[-1:].isspace() else heading
