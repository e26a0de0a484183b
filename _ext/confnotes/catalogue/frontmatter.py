"""The front matter of a page that a person wrote: YAML, every value at its line.

Values are taken as typed, so that ``title: No`` is a title and ``name: 2016`` a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import yaml

from confnotes.catalogue.codes import Code
from confnotes.model import Link, Markup, Problem, Said, Severity
from confnotes.notes.inline import bare

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^(`{3,}|~{3,}|:{3,}).*?^\1", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$|^(\S.*)\n=+[ \t]*$", re.MULTILINE)


class FrontMatter:
    """What the head of a page says; whatever is wrong with it is in ``problems``."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        text = text.removeprefix("\N{BYTE ORDER MARK}").replace("\r\n", "\n")
        match = _FRONT.match(text)
        self._nodes = self._compose(match[1]) if match else {}
        body = text[match.end() :] if match else text
        found = _HEADING.search(_FENCE.sub("", body))
        self.heading = bare(found[1] or found[2], Markup.MARKDOWN) if found else ""

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
            return date.fromisoformat(said.text)
        except ValueError:
            self.object(said, f"‘{said.text}’ is no date", "type it as 2015-01-12")
            return None

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
            entries = [(label, url, node) for label, url in _pairs(node)]
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                pairs = dict(_pairs(item)) if isinstance(item, yaml.MappingNode) else {}
                label = pairs.get("label")
                text = label.value if isinstance(label, yaml.ScalarNode) else ""
                entries.append((text, pairs.get("url"), item))
        elif node is not None and node.value:
            entries = [("", None, node)]
        for text, url, where in entries:
            if not isinstance(url, yaml.ScalarNode) or not _is_address(url.value):
                self._object(url or where, f"‘{key}’ should have a label and an address each")
            else:
                yield Link(_said(url).line, url.value, text or url.value)

    def _object(self, node: yaml.Node, message: str) -> None:
        self.object(_said(node), message)


def _said(node: yaml.Node) -> Said:
    text = " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else ""
    return Said(node.start_mark.line + 2, node.start_mark.column + 1, text)


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield key.value, value


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "mailto") and not re.search(r"\s", text)
