"""Front matter: what an author says of the whole note, between two rules above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

import yaml

from confnotes.model import DroppedLine, FieldValue, Markup
from confnotes.notes.codes import DropReason
from confnotes.notes.syntax.fields import FieldName, field_of, join_values
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.toml_block import KEY, TABLE, toml_fields
from confnotes.notes.syntax.wiki_links import hidden_targets
from confnotes.notes.yaml_block import (
    FrontMatterError,
    compose_mapping,
    is_slow_yaml,
    mapping_items,
    scalar_value,
)

_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w -]{0,40}?)\s*:(?:\s+(?P<value>.*))?$")
_UNUSUAL_KEY = re.compile(r"\w[\w ./:@-]{0,40}")
_TOML_VALUE = re.compile(r"^(?P<key>[\w.\"'-]{1,41}?)\s*[=:]\s*(?P<value>.*)$")
_TOML_KEY = re.compile(f"{KEY.pattern}|{TABLE.pattern}|{_KEY.pattern}|^[]}}\"']")
_REFERENCE = re.compile(r"(?:^|[\s\[{,:-])[&*!]\S")
"""What may be an anchor, an alias or a tag, which a note has no use for: it stays as typed."""
TOML_FRAME = "+++"
_FIRST_KEYS = frozenset("title date author slug category tags status modified summary".split())
"""Keys with one of which metadata without a frame begins."""
_MAX_LINES = 400  # A longer block between two rules is text


class Front(NamedTuple):
    """The front matter of a note: its fields as typed, the lines after it, what is dropped.

    ``error`` says why it was read line by line.
    """

    fields: list[tuple[str, FieldValue]]
    rest: list[Line]
    dropped: list[DroppedLine]
    error: FrontMatterError | None = None

    def merged(self, inner: Front) -> Front:
        """Return this with what was read of its rest."""
        fields, dropped = [*self.fields, *inner.fields], [*self.dropped, *inner.dropped]
        return Front(fields, inner.rest, dropped, self.error)


def front_matter(lines: Sequence[Line], markup: Markup) -> Front:
    """Split Markdown's front matter off. A plain note has none: there ``---`` is a rule."""
    after = front_matter_end(lines, markup)
    if not after:
        return _metadata(lines, markup)
    start, end = _start(lines), after - 1
    inner = lines[start + 1 : end]
    frame = _dropped([lines[start], lines[end]])
    if markup is not Markup.RST:  # which has no links between notes
        frame += hidden_targets(inner)
    text = "\n".join(line.raw for line in inner)
    if lines[start].text == TOML_FRAME:
        return _toml(inner, list(lines[after:]), frame)
    if _REFERENCE.search(text) or is_slow_yaml(text):
        return Front(_line_by_line(inner), list(lines[after:]), frame)
    try:
        return Front(_as_yaml(text, inner[0].number), list(lines[after:]), frame)
    except FrontMatterError as error:
        return Front(_line_by_line(inner), list(lines[after:]), frame, error)


def _toml(inner: Sequence[Line], rest: list[Line], frame: list[DroppedLine]) -> Front:
    tables = [line for line in inner if TABLE.match(line.text)]
    frame += _dropped(tables)
    try:
        return Front(toml_fields(inner), rest, frame)
    except FrontMatterError as error:
        values = [line for line in inner if line not in tables]
        above = [*takewhile(lambda line: not _TOML_VALUE.match(line.text), values)]
        fields = _line_by_line(values[len(above) :], _TOML_VALUE)
        return Front(fields, rest, [*frame, *_dropped(above)], error)


def _dropped(lines: Sequence[Line]) -> list[DroppedLine]:
    reason = DropReason.FRONT_MATTER.value
    return [DroppedLine(line.number, line.text, reason) for line in lines]


def _metadata(lines: Sequence[Line], markup: Markup) -> Front:
    """Split off lines ``Title: …`` that a Markdown file begins with, as Pelican wants them."""
    start = end = _start(lines)
    while end < len(lines) and lines[end].text:
        end += 1
    block = lines[start:end]
    keys = [match["key"].casefold() for line in block if (match := _KEY.match(line.text))]
    follows = all(
        _KEY.match(line.text) or (line.indent and place) for place, line in enumerate(block)
    )
    is_first = keys == ["title"] or (len(keys) > 1 and keys[0] in _FIRST_KEYS)
    is_metadata = follows and is_first and "title" in keys
    if markup is not Markup.MARKDOWN or not is_metadata or len(block) > _MAX_LINES:
        return Front([], list(lines), [])
    return Front(_line_by_line(block), list(lines[end:]), [])


def _as_yaml(text: str, first: int) -> list[tuple[str, FieldValue]]:
    """Return the fields of YAML that begins at line ``first``."""
    found = []
    for typed, node in compose_mapping(text, first):
        key = typed.casefold()
        value, details = _people(node) if field_of(key) is FieldName.SPEAKERS else (node, [])
        found.append((key, _field(key, value, text, first)))
        found += [(f"{key}.{part}", _field(part, more, text, first)) for part, more in details]
    return found


def _people(node: yaml.Node) -> tuple[yaml.Node, list[tuple[str, yaml.Node]]]:
    """Return a list of mappings with ``name`` as one of names, and what else they say."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names: list[yaml.Node] = []
    details: list[tuple[str, yaml.Node]] = []
    for item in items:
        parts = dict(mapping_items(item)) if isinstance(item, yaml.MappingNode) else {}
        name = parts.pop("name", None)
        if not isinstance(name, yaml.ScalarNode):
            names.append(item)
            continue
        company = next((key for key in parts if field_of(key) is FieldName.AFFILIATION), "")
        if isinstance(parts.get(company), yaml.ScalarNode):
            text = f"{name.value} ({parts.pop(company).value})"
            name = yaml.ScalarNode(name.tag, text, name.start_mark, name.end_mark)
        names.append(name)
        details += parts.items()
    return yaml.SequenceNode(node.tag, names, node.start_mark, node.end_mark), details


def _field(key: str, node: yaml.Node, text: str, first: int) -> FieldValue:
    """Return a text, the texts of a list, or what is neither as it was typed."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not items:
        return scalar_value(node, first)
    if len(items) == 1 and not isinstance(items[0], yaml.ScalarNode):
        items = [node]
    values = [_item(item, text, first) for item in items]
    return replace(values[0], text=join_values(key, [value.text for value in values]))


def _item(node: yaml.Node, text: str, first: int) -> FieldValue:
    value = scalar_value(node, first)
    typed = " ".join(text[node.start_mark.index : node.end_mark.index].split())
    return value if isinstance(node, yaml.ScalarNode) else replace(value, text=typed)


def _line_by_line(
    lines: Sequence[Line], pattern: re.Pattern[str] = _KEY
) -> list[tuple[str, FieldValue]]:
    """Return the fields of front matter that cannot be parsed; a value may span lines."""
    found: list[tuple[str, FieldValue]] = []
    for line in lines:
        match = pattern.match(line.text) if not line.indent else None
        if match:
            value = (match["value"] or "").strip()
            value = "" if value == "[" else value
            found.append((match["key"].casefold(), line.find(value)))
        elif found and line.text:
            name, value_so_far = found[-1]
            text, more = value_so_far.text, line.text.removeprefix("- ")
            joint = ", " if line.text.startswith("- ") else " "
            whole = replace(value_so_far, text=f"{text}{joint}{more}") if text else line.find(more)
            found[-1] = (name, whole)
    return [(name, replace(value, text=_unquoted(value.text))) for name, value in found]


def front_matter_end(lines: Sequence[Line], markup: Markup) -> int:
    """Return the index after the front matter, 0 where there is none."""
    start = _frame_start(lines, markup)
    return 0 if start is None else _end(lines, start)


def commented_fields_end(lines: Sequence[Line], markup: Markup) -> int:
    """Return the index after the front matter, or after fields below a frame that is no such."""
    end, start = front_matter_end(lines, markup), _frame_start(lines, markup)
    if end or start is None or lines[start].text != "---":
        return end
    end = start + 1
    while end < len(lines) and _KEY.match(lines[end].text):
        end += 1
    return end


def _frame_start(lines: Sequence[Line], markup: Markup) -> int | None:
    """Return the index of the first line if that may open front matter."""
    start = _start(lines)
    is_framed = start < len(lines) and lines[start].text in {"---", TOML_FRAME}
    return start if is_framed and markup is not Markup.PLAIN else None


def _start(lines: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if line.text), len(lines))


def _end(lines: Sequence[Line], start: int) -> int:
    """Return the index after the line that closes front matter, 0 if it is not all fields."""
    sign = lines[start].text
    for index in range(start + 1, min(len(lines), start + _MAX_LINES)):
        if lines[index].text in (sign, "..."):
            inner = lines[start + 1 : index]
            is_comment = all(line.text.startswith("#") for line in inner if line.text)
            is_front = is_comment or _looks_like_fields(inner, sign) or _parses(inner, sign)
            return index + 1 if is_front and any(line.text for line in inner) else 0
    return 0


def _looks_like_fields(lines: Sequence[Line], sign: str) -> bool:
    key = _TOML_KEY if sign == TOML_FRAME else _KEY
    has_key = False
    for line in lines:
        is_key = bool(key.match(line.text)) and not line.indent
        follows = has_key and (line.indent or line.text.startswith(("-", "]", "}")))
        if line.text and not is_key and not follows and not line.text.startswith("#"):
            return False
        has_key = has_key or is_key
    return has_key


def _parses(lines: Sequence[Line], sign: str) -> bool:
    """Return True for values that go on at the margin, and for keys that are in quotes."""
    text = "\n".join(line.raw for line in lines)
    try:
        if sign == TOML_FRAME:
            return bool(toml_fields(lines))
        if _REFERENCE.search(text) or is_slow_yaml(text):
            return False
        keys = [key for key, _node in compose_mapping(text, 1)]
    except FrontMatterError:
        return False
    return bool(keys) and all(map(_UNUSUAL_KEY.fullmatch, keys))


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        return ", ".join(part.strip().strip("\"'") for part in text[1:-1].split(","))
    return text
