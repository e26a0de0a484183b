"""What a rule is: a code, a severity, and a generator of what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from confnotes.catalogue import Catalogue
from confnotes.checks.codes import Code
from confnotes.model import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place, what is wrong there, and what to type instead. ``path`` is below the root."""

    path: str
    line: int
    message: str
    suggestion: str = ""
    column: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """``find`` yields each fault once; it neither prints nor reads files."""

    code: Code
    severity: Severity
    find: Callable[[Catalogue], Iterator[Finding]]

    def problems(self, catalogue: Catalogue) -> Iterator[Problem]:
        for found in self.find(catalogue):
            yield Problem(
                found.path, found.line, found.column, self.code.value, self.severity,
                found.message, found.suggestion,
            )  # fmt: skip
