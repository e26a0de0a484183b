"""A rule: a code, and a function that yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from confnotes.catalogue import Catalogue
from confnotes.lint.codes import LintCode
from confnotes.model import Problem


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
    check: Callable[[Catalogue], Iterator[Finding]]

    def problems(self, catalogue: Catalogue) -> Iterator[Problem]:
        for found in self.check(catalogue):
            path, line, message, hint, column = found
            yield Problem.of(self.code, path, message, hint, line=line, column=column)
