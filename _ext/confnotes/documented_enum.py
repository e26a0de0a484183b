"""Codes that explain themselves: the guide prints each with its line of explanation."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class DocumentedStrEnum(StrEnum):
    """A base for enumerations whose members are ``code, explanation``."""

    description: str

    def __new__(cls, value: str, explanation: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = explanation
        return member
