"""Archived copies: the page as it was when the talk was given."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from confnotes.linkcheck.ledger import LedgerEntry, LinkState

WAYBACK = "https://web.archive.org/web/"
_ARCHIVES = re.compile(
    r"(?:[\w-]+\.)*(?:archive\.(?:org|today|is|ph|li|md|vn|fo)|archive-it\.org|arquivo\.pt"
    r"|webcitation\.org|webarchive\.org\.uk|perma\.cc|ghostarchive\.org|freezepage\.com)"
)
_MAX_DISTANCE = timedelta(days=366)


def is_archived(url: str) -> bool:
    """Return True if ``url`` is in an archive already, so it has no archived copy."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return _ARCHIVES.fullmatch(host) is not None


def wayback_url(url: str, day: date | None, archive: str = WAYBACK) -> str:
    """Return the URL at which ``archive`` redirects to its copy of ``url`` nearest to ``day``.

    Without a day it is the latest copy.
    """
    return f"{archive}{day:%Y%m%d}/{url}" if day else f"{archive}{url}"


def save_url(url: str, archive: str = WAYBACK) -> str:
    """Return the URL at which ``archive`` makes a copy of ``url`` as it is now."""
    return f"{archive.rstrip('/').rpartition('/')[0]}/save/{url}"


def snapshot_date(copy: str) -> date | None:
    """Return the day on which an archived copy was made, None if its URL does not say."""
    match = re.search(r"/(\d{4})(\d\d)(\d\d)\d*(?:[a-z]{2}_)?/", copy)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def replacement_url(entry: LedgerEntry | None, day: date | None, archive: str = WAYBACK) -> str:
    """Return the archived copy to link to instead of a dead URL, on a page about ``day``.

    An empty string if the URL is not dead. The copy in the ledger is used unless it was made
    more than a year from ``day``: there may be a nearer one then.
    """
    if entry is None or entry.state is not LinkState.DEAD or is_archived(entry.address):
        return ""
    made = snapshot_date(entry.archived)
    if entry.archived and (not day or not made or abs(made - day) <= _MAX_DISTANCE):
        return entry.archived
    return wayback_url(entry.address, day or entry.alive, archive)
