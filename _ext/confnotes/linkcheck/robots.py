"""robots.txt (RFC 9309), and how long a host asks its clients to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from protego import Protego

from confnotes.linkcheck.http_client import Response

_MAX_BYTES = 500 * 1024  # RFC 9309, 2.5


def parse_robots(response: Response) -> Protego:
    """Return the rules of a host.

    No file, or one that cannot be parsed, allows everything; a server error allows nothing.
    """
    text = ""
    if response.status // 100 == 2:
        text = response.body[:_MAX_BYTES].decode("utf-8", "replace")
    elif response.status // 100 == 5:
        text = "User-agent: *\nDisallow: /"
    return Protego.parse(text)


def retry_after(response: Response) -> float | None:
    """Return the seconds of a ``Retry-After`` header, given as a number or as a date."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
