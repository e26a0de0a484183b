"""Problems as text for people, and in the formats of programs: JSON, GitHub, SARIF 2.1.0."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

from confnotes import __version__
from confnotes.catalogue import Catalogue
from confnotes.cli.output import SEVERITY_COLOURS, Styler
from confnotes.invisible_characters import escape_invisible
from confnotes.lint.baseline import entry_for
from confnotes.model import Problem, Severity

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


MAX_REPEATS = 20
"""Lines for one code, where nobody asked for certain files."""


def as_text(
    problems: Sequence[Problem], root: Path, paint: Styler, *, is_summed_up: bool = False
) -> str:
    """Return a line for each problem, its path as it is reached from here.

    If ``is_summed_up``, a code that is said more than :data:`MAX_REPEATS` times is counted.
    """
    lines, counts = [], Counter[str]()
    for problem in problems:
        counts[problem.code] += 1
        if not is_summed_up or counts[problem.code] <= MAX_REPEATS:
            lines.append(_line(problem, root, paint))
    if is_summed_up:
        for code, number in sorted(counts.items()):
            if number > MAX_REPEATS:
                hint = "name a file or folder to see those in it: `confnotes check PATH`"
                lines.append(f"{number - MAX_REPEATS:,} more {paint(code, 'bold')}; {hint}")
    return "\n".join(lines)


def as_json(problems: Sequence[Problem]) -> str:
    return json.dumps([asdict(problem) for problem in problems], indent=2, ensure_ascii=False)


def as_github(problems: Sequence[Problem]) -> str:
    """Return workflow commands, which GitHub shows beside the lines of a pull request."""
    return "\n".join(
        f"::{_GITHUB[one.severity]} file={_property(one.path)},line={one.line},col={one.column},"
        f"title={_property(one.code)}::{_data(_said(one))}"
        for one in problems
    )


def as_sarif(
    problems: Sequence[Problem], catalogue: Catalogue, rules: Mapping[str, tuple[Severity, str]]
) -> str:
    """Return a SARIF log; ``rules`` are severities and explanations by code."""
    places = {code: place for place, code in enumerate(rules)}
    results = [
        {
            "ruleId": str(one.code),
            "ruleIndex": places[one.code],
            "level": _SARIF[one.severity],
            "message": {"text": _said(one)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(one.path), "uriBaseId": "SRCROOT"},
                        "region": {"startLine": one.line, "startColumn": one.column},
                    }
                }
            ],
            "partialFingerprints": {"sin/v1": _digest(one, catalogue)},
        }
        for one in problems
    ]
    driver = {
        "name": "confnotes",
        "version": __version__,
        "rules": [
            {
                "id": code,
                "shortDescription": {"text": explanation},
                "defaultConfiguration": {"level": _SARIF[severity]},
            }
            for code, (severity, explanation) in rules.items()
        ],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _line(one: Problem, root: Path, paint: Styler) -> str:
    path = escape_invisible(os.path.relpath(root / one.path))
    place = f"{path}:{one.line}:{one.column}"
    message = escape_invisible(one.message)
    hint = escape_invisible(f"; {one.suggestion}") if one.suggestion else ""
    severity = paint(one.severity.value, SEVERITY_COLOURS[one.severity])
    return f"{paint(place, 'bold')} {severity} {one.code} {message}{paint(hint, 'dim')}"


def _said(one: Problem) -> str:
    return f"{one.message}; {one.suggestion}" if one.suggestion else one.message


def _digest(one: Problem, catalogue: Catalogue) -> str:
    text = "\n".join(entry_for(one, catalogue))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
