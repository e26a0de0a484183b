"""A rule: a code, a severity, and a function that yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from confnotes.catalogue import Catalogue
from confnotes.lint.codes import LintCode
from confnotes.model import Problem, Severity


class Finding(NamedTuple):
    """A position, what is wrong there, and what to write instead; ``path`` is below the root."""

    path: str
    line: int
    message: str
    suggestion: str = ""
    column: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """``check`` yields each fault once."""

    code: LintCode
    severity: Severity
    check: Callable[[Catalogue], Iterator[Finding]]

    def problems(self, catalogue: Catalogue) -> Iterator[Problem]:
        for found in self.check(catalogue):
            yield Problem(
                found.path, found.line, found.column, self.code.value, self.severity,
                found.message, found.suggestion,
            )  # fmt: skip
