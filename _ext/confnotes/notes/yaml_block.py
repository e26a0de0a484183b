"""YAML of front matter: the nodes of a mapping, each with its position in the file."""

from __future__ import annotations

import re
from itertools import accumulate

import yaml

from confnotes.invisible_characters import strip_invisible
from confnotes.model import FieldValue

_MAX_COLLECTIONS = 200
"""Lists and mappings on one line; a note has a few."""
_MAX_DEPTH = 50
MAX_LENGTH = 100_000
"""Characters; PyYAML takes seconds for a megabyte."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_A_BREAK = re.compile("[\x85\u2028\u2029]")
"""Ends of lines for YAML, but not for editors."""


class FrontMatterError(Exception):
    """Front matter cannot be read; ``place`` is where, and the message says why."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.place = FieldValue(line, column, "")


def control_character(text: str, line: int) -> FrontMatterError | None:
    """Return an error for the first control character of ``text``, which begins at ``line``."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    before = text[: found.start()].split("\n")
    message = f"the front matter has a control character, U+{ord(found[0]):04X}"
    return FrontMatterError(line + len(before) - 1, len(before[-1]) + 1, message)


def is_slow_yaml(text: str) -> bool:
    """Return True if PyYAML may take long for ``text``: its time grows with the depth."""
    return text.count("[") + text.count("{") > _MAX_COLLECTIONS


def _depth(text: str) -> int:
    """Return how deep brackets and braces are in one another."""
    return max(accumulate((sign in "[{") - (sign in "]}") for sign in text), default=0)


def compose_mapping(text: str, line: int) -> list[tuple[str, yaml.Node]]:
    """Return the keys and values of the mapping ``text``, which begins at ``line``.

    Control characters are removed. Raises :class:`FrontMatterError`.
    """
    if len(text) > MAX_LENGTH:
        message = f"the front matter is longer than {MAX_LENGTH} characters"
        raise FrontMatterError(max(line - 1, 1), 1, message)
    if is_slow_yaml(text) and _depth(text) > _MAX_DEPTH:
        message = f"the front matter has more than {_MAX_DEPTH} lists in one another"
        raise FrontMatterError(max(line - 1, 1), 1, message)
    loader = yaml.SafeLoader(_NOT_A_BREAK.sub(" ", _CONTROL.sub("", text)))
    try:
        node = loader.get_single_node()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        row, column = (line + mark.line, mark.column + 1) if mark else (max(line - 1, 1), 1)
        why = getattr(error, "problem", None) or "it cannot be read"
        raise FrontMatterError(row, column, f"the front matter is not valid YAML: {why}") from None
    finally:
        loader.dispose()
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        start = scalar_value(node, line)
        message = "the front matter should be lines of ‘key: value’"
        raise FrontMatterError(start.line, start.column, message)
    return mapping_items(node)


def mapping_items(node: yaml.MappingNode) -> list[tuple[str, yaml.Node]]:
    """Return the keys and values of a YAML mapping; a key that is no text is left out."""
    return [(key.value, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]


def scalar_value(node: yaml.Node, line: int) -> FieldValue:
    """Return the text of a scalar, empty for another node, and its position."""
    value = strip_invisible(node.value) if isinstance(node, yaml.ScalarNode) else ""
    mark = node.start_mark
    return FieldValue(line + mark.line, mark.column + 1, " ".join(value.split()))
