"""Politeness to hosts: robots.txt (RFC 9309), ``Retry-After``, and rate limits."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from protego import Protego

from confnotes.linkcheck.http_client import Response

_MAX_BYTES = 500 * 1024  # RFC 9309, 2.5
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


@dataclass(slots=True)
class _Host:
    delay: float
    next: float = 0.0
    """Loop time before which no request may start."""
    is_given_up: bool = False
    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_PER_HOST))
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)


class HostLimiter:
    """The hosts of one run; a host is a ``netloc``, ``delay`` is in seconds."""

    def __init__(self, delay: float, connections: int) -> None:
        self._hosts: defaultdict[str, _Host] = defaultdict(lambda: _Host(delay))
        self._free = asyncio.Semaphore(connections)

    @asynccontextmanager
    async def slot(self, name: str) -> AsyncIterator[None]:
        """Wait until a request to the host may start, and hold a connection meanwhile."""
        host = self._hosts[name]
        clock = asyncio.get_running_loop().time
        async with host.free:
            async with host.queue:
                while (now := clock()) < host.next:  # noqa: ASYNC110  # ``hold`` moves it on
                    await asyncio.sleep(host.next - now)
                host.next = now + host.delay
            async with self._free:
                yield

    def slow_down(self, name: str, delay: float) -> None:
        """Let requests to the host start at least ``delay`` seconds apart, up to MAX_DELAY."""
        host = self._hosts[name]
        host.delay = max(host.delay, min(delay, MAX_DELAY))

    def hold(self, name: str, seconds: float) -> None:
        """Start no request to the host for so many seconds."""
        host = self._hosts[name]
        host.next = max(host.next, asyncio.get_running_loop().time() + seconds)

    def give_up_on(self, name: str) -> None:
        self._hosts[name].is_given_up = True

    def is_given_up(self, name: str) -> bool:
        return self._hosts[name].is_given_up
