"""The front matter of a hand-written page: YAML, every value with its position.

Values are taken as typed, so that ``title: No`` is a title and ``name: 2016`` a name.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import date

import yaml

from confnotes.catalogue.codes import Code
from confnotes.model import Link, Markup, Problem, Said, Severity
from confnotes.notes.inline import bare
from confnotes.notes.lines import decode
from confnotes.notes.when import MAX_YEAR, MIN_YEAR
from confnotes.plain_text import strip_invisible
from confnotes.urls import is_safe_url

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_MAX_LENGTH = 100_000
"""Characters of front matter; PyYAML takes seconds for a megabyte."""
_NOT_YAML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_A_BREAK = re.compile("[\x85\u2028\u2029]")
"""Ends of lines for YAML, but not for editors."""
_FENCE = re.compile(r"`{3,}|~{3,}|:{3,}")
_SETEXT = re.compile(r"=+[ \t]*")


class FrontMatter:
    """The front matter of the page at ``path``; whatever is wrong with it is in ``problems``."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        text, self.problems = decode(data, path)
        self.is_utf8 = data.removeprefix(codecs.BOM_UTF8) == text.encode("utf-8", "replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        match = _FRONT.match(text)
        self._nodes = self._compose(match[1]) if match else {}
        found = _first_heading(text[match.end() :] if match else text)
        self.heading = strip_invisible(bare(found, Markup.MARKDOWN))

    def text(self, key: str) -> str:
        """Return the text of ``key``, empty where there is none."""
        said = self.said(key)
        return said.text if said else ""

    def said(self, key: str) -> Said | None:
        """Return the text of ``key`` and where it stands."""
        node = self._nodes.get(key)
        if node is None or node.value == "":
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._object(node, f"‘{key}’ should be one text")
            return None
        return _said(node)

    def texts(self, key: str) -> tuple[Said, ...]:
        """Return the texts of the list ``key``; a single text is a list of one."""
        node = self._nodes.get(key)
        return tuple(self._scalars(key, node)) if node is not None else ()

    def date(self, key: str) -> date | None:
        """Return the date of ``key``."""
        said = self.said(key)
        if said is None:
            return None
        try:
            on = date.fromisoformat(said.text)
        except ValueError:
            self.object(said, f"‘{said.text}’ is no date", "type it as 2015-01-12")
            return None
        if not MIN_YEAR <= on.year <= MAX_YEAR:
            message = f"‘{said.text}’ is not a date from {MIN_YEAR} to {MAX_YEAR}"
            self.object(said, message, "correct the year")
            return None
        return on

    def url(self, key: str) -> str:
        """Return the URL of ``key``, empty if there is none that may be a link."""
        said = self.said(key)
        if said is None:
            return ""
        if not is_safe_url(said.text):
            self.object(said, f"‘{said.text}’ is no URL", "type it as https://example.org/")
            return ""
        return said.text

    def links(self, key: str) -> tuple[Link, ...]:
        """Return the links of ``key``: a list of ``label`` and ``url``, or label: address."""
        return tuple(self._links(self._nodes.get(key), key))

    def object(self, said: Said, message: str, suggestion: str = "", code: str = "") -> None:
        """Note an error at ``said``."""
        problem = Problem(
            self.path,
            said.line,
            said.column,
            code or Code.BAD_FRONT_MATTER,
            Severity.ERROR,
            message,
            suggestion,
        )
        if problem not in self.problems:
            self.problems.append(problem)

    def _compose(self, text: str) -> dict[str, yaml.Node]:
        if len(text) > _MAX_LENGTH:
            message = f"the front matter is longer than {_MAX_LENGTH} characters"
            self.object(Said(1, 1, ""), message, "end it with a line ‘---’")
            return {}
        if found := _NOT_YAML.search(text):
            before = text[: found.start()].split("\n")
            message = f"the front matter has a control character, U+{ord(found[0]):04X}"
            self.object(Said(len(before) + 1, len(before[-1]) + 1, ""), message, "delete it")
        text = _NOT_A_BREAK.sub(" ", _NOT_YAML.sub("", text))
        loader = yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            said = Said(mark.line + 2, mark.column + 1, "") if mark else Said(1, 1, "")
            why = getattr(error, "problem", None) or "it cannot be read"
            self.object(said, f"the front matter is not valid YAML: {why}")
            return {}
        finally:
            loader.dispose()
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._object(node, "the front matter should be lines of ‘key: value’")
            return {}
        return dict(_pairs(node))

    def _scalars(self, key: str, node: yaml.Node) -> Iterator[Said]:
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if not isinstance(item, yaml.ScalarNode):
                self._object(item, f"‘{key}’ should be a list of texts")
            elif item.value:
                yield _said(item)

    def _links(self, node: yaml.Node | None, key: str) -> Iterator[Link]:
        entries: list[tuple[str, yaml.Node | None, yaml.Node]] = []
        if isinstance(node, yaml.MappingNode):
            entries = [(strip_invisible(label), url, node) for label, url in _pairs(node)]
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                pairs = dict(_pairs(item)) if isinstance(item, yaml.MappingNode) else {}
                label = pairs.get("label")
                text = _said(label).text if label else ""
                entries.append((text, pairs.get("url"), item))
        elif node is not None and node.value:
            entries = [("", None, node)]
        for text, url, where in entries:
            said = _said(url or where)
            if is_safe_url(said.text):
                yield Link(said.line, said.text, text or said.text)
            else:
                self._object(url or where, f"‘{key}’ should have a label and a URL each")

    def _object(self, node: yaml.Node, message: str) -> None:
        self.object(_said(node), message)


def _said(node: yaml.Node) -> Said:
    value = strip_invisible(node.value) if isinstance(node, yaml.ScalarNode) else ""
    text = " ".join(value.split())
    return Said(node.start_mark.line + 2, node.start_mark.column + 1, text)


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield key.value, value


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
