"""Rate limits: two connections and a delay for each host, and a number of connections in all."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MAX_PER_HOST = 2
MAX_DELAY = 10.0
"""Seconds; a longer ``Crawl-delay`` is cut to it."""


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
        """Start no more requests to the host in this run."""
        self._hosts[name].is_given_up = True

    def is_given_up(self, name: str) -> bool:
        return self._hosts[name].is_given_up
