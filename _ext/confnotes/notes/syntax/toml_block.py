"""TOML of front matter, between two lines ``+++``: its values, each with its position."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from confnotes.invisible_characters import clean_line, strip_invisible
from confnotes.model import FieldValue
from confnotes.notes.syntax.fields import join_values
from confnotes.notes.syntax.lines import Line
from confnotes.notes.yaml_block import MAX_LENGTH, FrontMatterError

KEY = re.compile(r"""^(?:[\w-]+|"[^"]*"|'[^']*')(?:\.[\w-]+)*\s*=""")
TABLE = re.compile(r"^\[[^\[\]]+\]$|^\[\[[^\[\]]+\]\]$")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_MAX_BRACKETS = 200


def toml_fields(lines: Sequence[Line]) -> list[tuple[str, FieldValue]]:
    """Return the values of ``lines``, those of tables among them, by key.

    Raises :class:`FrontMatterError`.
    """
    text = "\n".join(line.raw for line in lines)
    first = lines[0].number
    if len(text) > MAX_LENGTH or text.count("[") + text.count("{") > _MAX_BRACKETS:
        raise FrontMatterError(first, 1, "the front matter is too long or too deep")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (1, 1)
        why = _PLACE.sub("", str(error)).strip()
        line = min(first + line - 1, lines[-1].number)
        raise FrontMatterError(line, column, f"the front matter is not valid TOML: {why}") from None
    typed = _typed_values(lines)
    nowhere = ("", FieldValue(first, 1, ""))
    found = []
    for key, value in _values(data, typed):
        name, start = typed.get(key, nowhere)
        name = (name or key).casefold()
        found.append((name, _field(name, value, start)))
    return found


def _values(table: Mapping[str, object], typed: Container[str]) -> Iterator[tuple[str, object]]:
    """Yield the values of ``table``, and of all in it that are not typed as values themselves."""
    for key, value in table.items():
        several = value if isinstance(value, list) else [value]
        tables = [one for one in several if isinstance(one, Mapping)]
        if key in typed or len(tables) < len(several):
            yield key, value
        for one in tables if key not in typed else ():
            yield from _values(one, typed)


def _field(name: str, value: object, typed: FieldValue) -> FieldValue:
    """Return a text, the texts of a list, or what is neither as it was typed."""
    if isinstance(value, str):
        return replace(typed, text=clean_line(value))
    if isinstance(value, list):
        return replace(typed, text=strip_invisible(join_values(name, [*map(_text, value)])))
    return typed


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return " ".join(str(value).split())


def _typed_values(lines: Sequence[Line]) -> dict[str, tuple[str, FieldValue]]:
    """Return the name and the value as typed by each part of a key, where it is typed first."""
    found: dict[str, tuple[str, FieldValue]] = {}
    for line in lines:
        before, sign, after = line.raw.partition("=")
        value = after.strip()
        column = len(before) + 2 + len(after) - len(after.lstrip())
        name = before.replace('"', "").replace("'", "").strip()
        for key in name.split(".") if sign and KEY.match(line.text) else ():
            found.setdefault(key, (name, FieldValue(line.number, column, value)))
    return found
