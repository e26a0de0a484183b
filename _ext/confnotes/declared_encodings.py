"""Decode bytes in the encoding that a page or its host declares."""

from __future__ import annotations

import codecs
import re

_TRUSTED = re.compile(
    r"(?:utf|ascii|iso8859|iso2022|cp|koi8|mac|gb|big5|euc|shift|johab|hz|tis|ptcp|kz1048)[\w-]*"
)
"""Encodings of text. Python has others that are slow or encode none, such as ``idna``."""


def decode_declared(data: bytes, declared: str) -> str | None:
    """Return the text of ``data``, None if ``declared`` is no encoding of text."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    return data.decode(name, "replace") if _TRUSTED.fullmatch(name) else None
