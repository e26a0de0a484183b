"""Codes that explain themselves: the guide prints each with its line of explanation."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from confnotes.model import Severity


class DocumentedStrEnum(StrEnum):
    """A base for enumerations whose members are ``code, explanation``."""

    description: str

    def __new__(cls, value: str, explanation: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = explanation
        return member


class ProblemCode(StrEnum):
    """A base for codes of problems, with the severity of these where they are no errors."""

    description: str
    severity: Severity

    def __new__(cls, value: str, explanation: str, severity: Severity = Severity.ERROR) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description, member.severity = explanation, severity
        return member
