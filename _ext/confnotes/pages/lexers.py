"""Languages of code that can be highlighted; a note may name any."""

from __future__ import annotations

from functools import cache

from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped, unused-ignore]
from pygments.util import ClassNotFound  # type: ignore[import-untyped, unused-ignore]


@cache
def lexer_or_text(language: str) -> str:
    """Return ``language`` if there is a lexer of that name, else ``text``."""
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        return "text"
    return language
