"""Translation of pages by a gettext catalogue; English without one.

A catalogue has the strings in ``_("…")`` and in ``counted(n, "…", "…")``, and the names of
months, weekdays and kinds of talks.
"""

from __future__ import annotations

from gettext import NullTranslations

_catalogue = NullTranslations()


def _(text: str) -> str:
    """Return ``text`` in the language of the site."""
    return _catalogue.gettext(text)


def set_translations(catalogue: NullTranslations) -> None:
    """Use ``catalogue`` for all messages from now on."""
    global _catalogue  # noqa: PLW0603  one language a process, as in gettext
    _catalogue = catalogue


def format_number(value: int) -> str:
    """Return ``value`` with the separators of the language, which writes 1000 as ``_("1,000")``."""
    return f"{value:,}".replace(",", _("1,000")[1:-3])


def counted(value: int, one: str, several: str) -> str:
    """Return ``value`` with the fitting word; both have ``{}`` where the number stands."""
    return _catalogue.ngettext(one, several, value).format(format_number(value))


def label_of(value: int, one: str, several: str) -> str:
    """Return the words of :func:`counted` without the number."""
    return _catalogue.ngettext(one, several, value).format("").strip()
