"""Problems as text for people, as JSON, and as annotations of GitHub."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from confnotes.cli.output import SEVERITY_COLOURS
from confnotes.documented_enum import Severity
from confnotes.invisible_characters import escape_invisible
from confnotes.model import Problem
from confnotes.shell_command import with_shell_commands

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
MAX_REPEATS = 20
"""Lines for one code if no path was given."""


def render_problems(
    problems: Sequence[Problem], root: Path, style: str, *, is_summed_up: bool
) -> str:
    """Return problems as ``json``, as workflow commands of ``github``, or as ``text``.

    GitHub shows these beside the lines of a pull request. Text has a line for each problem; if
    ``is_summed_up``, those of a code after :data:`MAX_REPEATS` are only counted.
    """
    match style:
        case "json":
            rows = [asdict(problem) for problem in problems]
            return json.dumps(rows, indent=2, ensure_ascii=False)
        case "github":
            return "\n".join(map(_workflow_command, problems))
    lines, counts = [], Counter[str]()
    for problem in problems:
        counts[problem.code] += 1
        if not is_summed_up or counts[problem.code] <= MAX_REPEATS:
            lines.append(_line(problem, root))
    for code, number in sorted(counts.items()) if is_summed_up else ():
        if number > MAX_REPEATS:
            hint = "name a file or folder to see those in it: `confnotes check PATH`"
            more = f"{number - MAX_REPEATS:,} more {code}; {hint}"
            lines.append(with_shell_commands(more))
    return "\n".join(lines)


def _line(one: Problem, root: Path) -> str:
    path = escape_invisible(os.path.relpath(root / one.path))
    place = click.style(f"{path}:{one.line}:{one.column}", bold=True)
    message = escape_invisible(one.message)
    suggestion = escape_invisible(with_shell_commands(one.suggestion))
    hint = click.style(f"; {suggestion}", dim=True) if suggestion else ""
    severity = click.style(one.severity.value, SEVERITY_COLOURS[one.severity])
    return f"{place} {severity} {one.code} {message}{hint}"


def _workflow_command(one: Problem) -> str:
    place = f"file={_property(one.path)},line={one.line},col={one.column}"
    return f"::{_GITHUB[one.severity]} {place},title={_property(one.code)}::{_data(one.text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
