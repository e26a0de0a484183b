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
    """A base for enumerations whose members are ``value, description``."""

    description: str

    def __new__(cls, value: str, description: str, *_: object) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member


class ProblemCode(DocumentedStrEnum):
    """A base for codes of problems, whose members may have a severity as their third value."""

    def __init__(self, value: str, description: str, severity: Severity = Severity.ERROR) -> None:
        self.severity = severity
