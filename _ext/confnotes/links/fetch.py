"""Asking for an address: politely, through redirects, to an answer in one word."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from confnotes.links import anchors, net, robots
from confnotes.links.codes import Code
from confnotes.links.http import Reply, ReplyError, get
from confnotes.links.place import Place
from confnotes.links.policy import Answer
from confnotes.links.redact import redact
from confnotes.links.schedule import Hosts

if TYPE_CHECKING:
    from collections.abc import Collection
    from urllib.robotparser import RobotFileParser

AGENT = f"Mozilla/5.0 (compatible; {robots.NAME}; link check)"
REDIRECTS = 8
LONGEST_WAIT = 30.0
"""Seconds; a host whose ``Retry-After`` is longer is left alone for this run."""
_PERMANENT = {301, 308}
_REDIRECT = {301, 302, 303, 307, 308}
_BUSY = {429, 503}
_NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class NotAskedError(Exception):
    """The address could not be asked now, through no fault of its own."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask. ``timeout`` is for one address with all its redirects; times are in seconds."""

    timeout: float = 20.0
    gap: float = 1.0
    agent: str = AGENT
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking for a page came to: where it ended, and which anchors are not on it."""

    answer: Answer
    final: str = ""
    missing: frozenset[str] = frozenset()


class Asker:
    """Asks during one run, within one event loop; remembers what hosts want of robots.

    ``landmark`` is a host that is there whenever the network is.
    """

    def __init__(self, manners: Manners, landmark: str) -> None:
        self._manners = manners
        self._landmark = landmark
        self._hosts = Hosts(manners.gap)
        self._tls = ssl.create_default_context()
        self._robots: dict[str, asyncio.Task[RobotFileParser]] = {}
        self._heard = False

    async def ask(
        self, page: str, fragments: Collection[str] = (), *, obey: bool = True
    ) -> Outcome:
        """Ask for ``page`` (no fragment) and look for ``fragments`` on it.

        ``obey`` says whether to read robots.txt. Raises :class:`NotAskedError`.
        """
        try:
            return await self._follow(page, fragments, obey=obey)
        except ssl.SSLError:
            return Outcome(Answer(Code.TLS))
        except net.PrivateError:
            return Outcome(Answer(Code.PRIVATE))
        except (ReplyError, ValueError):
            return Outcome(Answer(Code.REPLY))
        except TimeoutError:
            return Outcome(Answer(Code.TIMEOUT))
        except OSError as error:
            if not await self._is_online():
                raise NotAskedError("this machine has no network") from error
            if not isinstance(error, socket.gaierror):
                return Outcome(Answer(Code.CONNECTION))
            return Outcome(Answer(Code.NO_HOST if error.errno in _NO_NAME else Code.DNS))

    async def _follow(self, page: str, fragments: Collection[str], *, obey: bool) -> Outcome:
        seen: list[str] = []
        url, fragment, permanent, left = page, "", True, self._manners.timeout
        while True:
            if url in seen or len(seen) > REDIRECTS:
                return Outcome(Answer(Code.REDIRECTS))
            seen.append(url)
            place = Place.of(url)
            if obey and not (await self._rules(place)).can_fetch(robots.NAME, url):
                return Outcome(Answer(Code.ROBOTS))
            reply, took = await self._patiently(place, left, body=bool(fragments))
            left -= took
            location = reply.headers.get("Location")
            if reply.status not in _REDIRECT or not location:
                break
            permanent = permanent and reply.status in _PERMANENT
            url, fragment = urldefrag(urljoin(url, _decoded(location)))
        if reply.status // 100 == 2 and _is_home(url) and not fragment and not _is_home(page):
            return Outcome(Answer(Code.HOME), url)
        target = redact(url) if permanent and url != page else ""
        missing = anchors.missing(reply, fragments) if reply.status // 100 == 2 else frozenset()
        return Outcome(Answer(str(reply.status), target), url, missing)

    async def _rules(self, place: Place) -> RobotFileParser:
        """Return the rules of the host, asked for once. What fails here fails for all its pages."""
        if place.origin not in self._robots:
            self._robots[place.origin] = asyncio.create_task(self._read_rules(place))
        return await asyncio.shield(self._robots[place.origin])

    async def _read_rules(self, place: Place) -> RobotFileParser:
        path = replace(place, path="/robots.txt")
        reply, _ = await self._once(path, self._manners.timeout, body=True)
        rules = robots.rules(reply)
        self._hosts.slow_down(place.authority, robots.crawl_delay(rules))
        return rules

    async def _patiently(self, place: Place, seconds: float, *, body: bool) -> tuple[Reply, float]:
        """Ask, and once more if the host says that it is busy and for how long."""
        reply, took = await self._once(place, seconds, body=body)
        wait = robots.retry_after(reply)
        if reply.status in _BUSY and wait is not None and wait <= LONGEST_WAIT:
            self._hosts.hold(place.authority, wait)
            reply, more = await self._once(place, seconds - took, body=body)
            took += more
        if reply.status in _BUSY and (reply.status == 429 or wait is not None):
            self._hosts.leave_alone(place.authority)
        return reply, took

    async def _once(self, place: Place, seconds: float, *, body: bool) -> tuple[Reply, float]:
        """Ask when it is the host's turn; return the reply and how long it took."""
        clock = asyncio.get_running_loop().time
        async with self._hosts.turn(place.authority):
            if self._hosts.is_left_alone(place.authority):
                raise NotAskedError("their hosts want to be left alone")
            start = clock()
            reply = await get(
                place,
                self._tls,
                agent=self._manners.agent,
                seconds=seconds,
                body=body,
                allow_private=self._manners.allow_private,
            )
        self._heard = True
        return reply, clock() - start

    async def _is_online(self) -> bool:
        if not self._heard:
            self._heard = await net.resolves(self._landmark)
        return self._heard


def _decoded(location: str) -> str:
    """Return a ``Location`` header as it was meant: :mod:`http` reads bytes as Latin-1."""
    return location.encode("latin-1", "replace").decode("utf-8", "replace")


def _is_home(url: str) -> bool:
    """Say whether ``url`` is where a site begins: no path but a language or ``index.html``."""
    parts = urlsplit(url)
    return not parts.query and re.fullmatch(_HOME, parts.path) is not None


_HOME = r"/?(?:[a-z]{2}(?:[-_][A-Za-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w+)?/?)?"
