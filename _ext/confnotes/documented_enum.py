"""Enumerations whose members have a description, which the guide prints."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from confnotes.model import Severity


class DocumentedStrEnum(StrEnum):
    """A base for enumerations whose members are ``value, description``."""

    description: str

    def __new__(cls, value: str, explanation: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = explanation
        return member


class ProblemCode(StrEnum):
    """A base for codes of problems: ``value, description``, and a severity unless it is ERROR."""

    description: str
    severity: Severity

    def __new__(cls, value: str, explanation: str, severity: Severity = Severity.ERROR) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description, member.severity = explanation, severity
        return member
