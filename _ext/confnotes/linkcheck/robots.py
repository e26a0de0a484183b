"""What a host asks of robots, and how long it asks them to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

if TYPE_CHECKING:
    from confnotes.linkcheck.http_client import Response

NAME = "confnotes"
"""What a ``User-agent:`` line calls us."""


def parse_robots(reply: Response | None) -> RobotFileParser:
    """Return the rules of a ``robots.txt``; no file, or a broken one, forbids nothing."""
    parser = RobotFileParser()
    text = reply.body.decode("utf-8", "replace") if reply and reply.status == 200 else ""
    parser.parse(text.splitlines())
    return parser


def crawl_delay(parser: RobotFileParser) -> float:
    """Return the pause between requests that the rules ask for, in seconds."""
    return float(parser.crawl_delay(NAME) or 0)


def retry_after(reply: Response) -> float | None:
    """Return the seconds of a ``Retry-After`` header, given as such or as a date."""
    value = reply.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
