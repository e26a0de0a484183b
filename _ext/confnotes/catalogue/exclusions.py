"""The files that ``conf.py`` excludes by literal patterns: commands do not run it."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from confnotes.files import SourceFileError, read_file

_BY_SPHINX = "**/_sources"
_GLOB = re.compile(r"\*\*|[*?]|\[(!?)(\]?[^\]]+)\]|.", re.DOTALL)
_WILDCARDS = {"**": ".*", "*": "[^/]*", "?": "[^/]"}


def excluded_by_conf(root: Path) -> Callable[[str], bool]:
    """Return a function that tells whether ``conf.py`` excludes a path, or does not include it."""
    settings = _settings(root / "conf.py")
    is_out = _matcher([_BY_SPHINX, *settings["exclude_patterns"]])
    is_in = _matcher(settings["include_patterns"])

    def is_excluded(path: str) -> bool:
        composed = unicodedata.normalize("NFC", path)
        return is_out(composed) or not (is_in(composed) or (root / path).is_dir())

    return is_excluded


def _settings(conf: Path) -> dict[str, list[str]]:
    """Return the literal patterns in ``conf``; computed ones are ignored."""
    found = {"exclude_patterns": list[str](), "include_patterns": ["**"]}
    try:
        statements = ast.parse(read_file(conf, conf.parent)).body
    except (SourceFileError, SyntaxError, ValueError, RecursionError, MemoryError):
        return found
    for statement in statements:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ) if name in found:
                found[name] = _strings(value)
            case ast.AugAssign(ast.Name(id=name), ast.Add(), value) if name in found:
                found[name] += _strings(value)
    return found


def _strings(value: ast.expr) -> list[str]:
    try:
        items = ast.literal_eval(value)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return []
    items = items if isinstance(items, list | tuple | set) else ()
    return [item for item in items if isinstance(item, str)]


def _matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return a function that tells whether one of Sphinx's glob ``patterns`` matches a path."""
    compiled = []
    for typed in patterns:
        for glob in {typed, typed.removeprefix("**/")}:
            with suppress(re.error):  # ``[b-a]``, at which a build stops
                compiled.append(re.compile(_GLOB.sub(_translate, glob)))
    return lambda path: any(pattern.fullmatch(path) for pattern in compiled)


def _translate(match: re.Match[str]) -> str:
    token, negated, chars = match[0], match[1], match[2]
    if chars is None:
        return _WILDCARDS.get(token) or re.escape(token)
    inside = re.escape(chars).replace(r"\-", "-")
    return f"[^/{inside}]" if negated else f"[{inside}]"
