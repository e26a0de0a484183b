"""Problems as diagnostics of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from confnotes.model import Problem, Severity

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def to_diagnostic(problem: Problem, document: TextDocument) -> types.Diagnostic:
    """Return a problem in ``document``, from its column to the end of its line."""
    lines = document.lines
    number = min(problem.line, max(len(lines), 1)) - 1
    text = lines[number].rstrip("\r\n") if lines else ""
    start = document.position_codec.client_num_units(text[: problem.column - 1])
    end = document.position_codec.client_num_units(text.rstrip())
    return types.Diagnostic(
        range=types.Range(types.Position(number, start), types.Position(number, max(start, end))),
        message="; ".join(filter(None, (problem.message, problem.suggestion))),
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        source="confnotes",
    )
