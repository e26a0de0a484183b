"""What pages say in their own words: English here, translated where a translator is given."""

from __future__ import annotations

from collections.abc import Callable

_translate: Callable[[str], str] = str


def _(text: str) -> str:
    """Return ``text`` in the language of the site."""
    return _translate(text)


def speak(translate: Callable[[str], str]) -> None:
    """Let ``translate`` (gettext of some catalogue of messages) say everything from now on."""
    global _translate  # noqa: PLW0603  one language a process, as in gettext
    _translate = translate


def counted(number: int, one: str, several: str) -> str:
    """Return ``number`` with the fitting word; both have ``{}`` where the number stands."""
    return (_(one) if number == 1 else _(several)).format(number)
