"""Dates as text in the language of the site."""

from __future__ import annotations

from datetime import date

from confnotes.model import Event
from confnotes.pages.i18n import _

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def format_date(on: date) -> str:
    """Return ``16 January 2015``."""
    return _("{day} {month} {year}").format(day=on.day, month=format_month(on), year=on.year)


def format_day(on: date) -> str:
    """Return ``16 January``."""
    return _("{day} {month}").format(day=on.day, month=format_month(on))


def format_weekday(on: date) -> str:
    """Return ``Friday, 16 January 2015``."""
    return _("{weekday}, {date}").format(weekday=_(_WEEKDAYS[on.weekday()]), date=format_date(on))


def format_range(event: Event) -> str:
    """Return ``12–16 January 2015``, or the known part of it."""
    start, end = event.start, event.end
    if start is None or end is None or start == end:
        known = start or end
        return format_date(known) if known else ""
    if start.year != end.year:
        return f"{format_date(start)} – {format_date(end)}"
    if start.month != end.month:
        text = _("{start} {start_month} – {end} {month} {year}")
    else:
        text = _("{start}–{end} {month} {year}")
    return text.format(
        start=start.day,
        start_month=format_month(start),
        end=end.day,
        month=format_month(end),
        year=end.year,
    )


def format_month(on: date) -> str:
    return _(_MONTHS[on.month - 1])
