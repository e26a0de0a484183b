"""Baseline: known problems to ignore, one JSON object a line.

A problem is identified by its file, its code and the text of its line, so the line may move. A
problem on an edited line is reported again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from confnotes.catalogue import Catalogue
from confnotes.lint.source_lines import text_at
from confnotes.model import Problem


class BaselineEntry(NamedTuple):
    """The identity of a problem, which does not depend on line numbers."""

    path: str
    code: str
    text: str


class BaselineError(Exception):
    """A baseline cannot be read or written; the message says where and why."""


def entry_for(problem: Problem, catalogue: Catalogue) -> BaselineEntry:
    """Return the identity of a problem."""
    return BaselineEntry(
        problem.path, str(problem.code), text_at(catalogue, problem.path, problem.line)
    )


def load_baseline(path: Path) -> Counter[BaselineEntry]:
    """Return the known problems, with their counts. Raises BaselineError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    found: Counter[BaselineEntry] = Counter()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found[BaselineEntry(**json.loads(line))] += 1
        except (ValueError, TypeError):
            message = "this is no line of a baseline; delete it, or write the file again"
            raise BaselineError(f"{path}:{number} {message}") from None
    return found


def save_baseline(problems: Iterable[Problem], catalogue: Catalogue, path: Path) -> int:
    """Write ``problems`` as the baseline; return their count. Raises BaselineError."""
    entries = sorted(entry_for(problem, catalogue) for problem in problems)
    rows = (json.dumps(entry._asdict(), ensure_ascii=False) + "\n" for entry in entries)
    try:
        path.write_text("".join(rows), encoding="utf-8")
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror}") from None
    return len(entries)


def filter_known(
    problems: Iterable[Problem], catalogue: Catalogue, known: Counter[BaselineEntry]
) -> tuple[list[Problem], int]:
    """Return the problems that are not ``known``, and the number of known ones that are gone."""
    left = known.copy()
    fresh = []
    for problem in problems:
        one = entry_for(problem, catalogue)
        if left[one] > 0:
            left[one] -= 1
        else:
            fresh.append(problem)
    return fresh, left.total()
