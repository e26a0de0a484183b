"""Whose turn it is: two connections and a pause per host, so many connections in all."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MAX_PER_HOST = 2
MAX_DELAY = 10.0
"""Seconds; a crawl-delay beyond it is respected up to it."""


@dataclass(slots=True)
class _Host:
    delay: float
    next: float = 0.0
    """Loop time before which no request may start."""
    given_up: bool = False
    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_PER_HOST))
    line: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Who came first is let through first."""


class HostLimiter:
    """The hosts of one run, by what their addresses call them; ``gap`` is in seconds."""

    def __init__(self, gap: float, connections: int) -> None:
        self._hosts: defaultdict[str, _Host] = defaultdict(lambda: _Host(gap))
        self._free = asyncio.Semaphore(connections)

    @asynccontextmanager
    async def slot(self, name: str) -> AsyncIterator[None]:
        """Wait until a request to the host may start, and hold a connection meanwhile."""
        host = self._hosts[name]
        async with host.free:
            await self._pause(host)
            async with self._free:
                yield

    async def _pause(self, host: _Host) -> None:
        clock = asyncio.get_running_loop().time
        async with host.line:
            while (now := clock()) < host.next:  # noqa: ASYNC110  # others move it on
                await asyncio.sleep(host.next - now)
            host.next = now + host.delay

    def slow_down(self, name: str, gap: float) -> None:
        """Let requests to the host be at least ``gap`` seconds apart, within reason."""
        host = self._hosts[name]
        host.delay = max(host.delay, min(gap, MAX_DELAY))

    def delay(self, name: str, seconds: float) -> None:
        """Let nothing go to the host for so many seconds."""
        host = self._hosts[name]
        host.next = max(host.next, asyncio.get_running_loop().time() + seconds)

    def give_up_on(self, name: str) -> None:
        """Let nothing more go to the host in this run."""
        self._hosts[name].given_up = True

    def is_given_up(self, name: str) -> bool:
        return self._hosts[name].given_up
