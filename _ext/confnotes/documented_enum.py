"""Severities and codes of problems: enumerations with descriptions, which the guide prints."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How much a problem matters: an error fails the build, a warning fails a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class DocumentedStrEnum(StrEnum):
    """A base for enumerations whose members are ``value, description``, and perhaps a severity."""

    description: str
    severity: Severity

    def __new__(cls, value: str, description: str, severity: Severity = Severity.ERROR) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description, member.severity = description, severity
        return member


class ProblemCode(DocumentedStrEnum):
    """A base for codes of problems, which are errors unless their severity says otherwise."""
