"""Politeness to hosts: robots.txt (RFC 9309), ``Retry-After``, and rate limits."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from protego import Protego

from confnotes.linkcheck.http_client import Response
from confnotes.linkcheck.options import NAME

_MAX_BYTES = 500 * 1024  # RFC 9309, 2.5
_AGENT = re.compile(r"^\s*user[-\s]*agent\b\s*:?([^#\n]*)", re.IGNORECASE)
MAX_PER_HOST = 2
MAX_DELAY = 10.0
"""Seconds; a longer ``Crawl-delay`` is cut to it."""


def parse_robots(response: Response) -> Protego:
    """Return the rules of a host.

    No file, or one that cannot be parsed, allows everything; a server error allows nothing.
    """
    text = ""
    if response.status // 100 == 2:
        text = response.body[:_MAX_BYTES].decode("utf-8", "replace")
    elif response.status // 100 == 5:
        text = "User-agent: *\nDisallow: /"
    return Protego.parse("\n".join(_AGENT.sub(_merge_others, line) for line in text.splitlines()))


def _merge_others(agent: re.Match[str]) -> str:
    """Return a ``User-agent`` line with one name for all other clients.

    Protego keeps each rule of a group once for each client of the group.
    """
    name = agent[1].replace("*", "").strip().lower()
    return f"User-agent: {(name or '*') if NAME.startswith(name) else 'others'}"


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


@dataclass(slots=True)
class Host:
    """A host of one run; times are in seconds, ``next`` is that of the loop."""

    delay: float
    """Between the starts of two requests."""
    _: KW_ONLY
    next: float = 0.0
    """Before this no request may start."""
    is_given_up: bool = False
    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_PER_HOST))
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)

    def slow_down(self, delay: float) -> None:
        """Let requests start at least ``delay`` apart, up to MAX_DELAY."""
        self.delay = max(self.delay, min(delay, MAX_DELAY))

    def hold(self, seconds: float) -> None:
        """Start no request for so many seconds."""
        self.next = max(self.next, asyncio.get_running_loop().time() + seconds)


class HostLimiter:
    """The hosts of one run, by their ``netloc``; ``delay`` is in seconds."""

    def __init__(self, delay: float, connections: int) -> None:
        self.hosts: defaultdict[str, Host] = defaultdict(lambda: Host(delay))
        self._free = asyncio.Semaphore(connections)

    @asynccontextmanager
    async def slot(self, host: Host) -> AsyncIterator[None]:
        """Wait until a request to the host may start, and hold a connection meanwhile."""
        clock = asyncio.get_running_loop().time
        async with host.free:
            async with host.queue:
                while (now := clock()) < host.next:  # noqa: ASYNC110  # ``hold`` moves it on
                    await asyncio.sleep(host.next - now)
                host.next = now + host.delay
            async with self._free:
                yield
