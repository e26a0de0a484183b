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
    """Say whether ``url`` is an archive's already, and never to be wrapped again."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return _ARCHIVES.fullmatch(host) is not None


def wayback_url(url: str, day: date | None, archive: str = WAYBACK) -> str:
    """Return where ``archive`` keeps the copy of ``url`` nearest to ``day``.

    Without a day it is the latest copy. The archive finds the nearest by itself.
    """
    return f"{archive}{day:%Y%m%d}/{url}" if day else f"{archive}{url}"


def snapshot_date(copy: str) -> date | None:
    """Return the day on which an archived copy was made, if its address says so."""
    found = re.search(r"/(\d{4})(\d\d)(\d\d)\d*(?:[a-z]{2}_)?/", copy)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def replacement_url(record: LedgerEntry | None, day: date | None, archive: str = WAYBACK) -> str:
    """Return where a link to the address of ``record`` leads on a page about ``day``.

    An empty string: where it always led. A copy that is on record is taken unless
    it is more than a year from ``day``, for then there may be a nearer one.
    """
    if record is None or record.state is not LinkState.DEAD or is_archived(record.address):
        return ""
    made = snapshot_date(record.archived)
    if record.archived and (not day or not made or abs(made - day) <= _MAX_DISTANCE):
        return record.archived
    return wayback_url(record.address, day or record.alive, archive)
