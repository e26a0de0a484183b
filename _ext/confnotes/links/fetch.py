"""Asking for an address: politely, through redirects, to an answer in one word."""

from __future__ import annotations

import asyncio
import base64
import re
import socket
import ssl
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urldefrag, urljoin, urlsplit

from confnotes.links import anchors, net, robots
from confnotes.links.codes import Code
from confnotes.links.http import Reply, ReplyError, get
from confnotes.links.ledger import is_checkable
from confnotes.links.place import Place
from confnotes.links.policy import Answer
from confnotes.links.redact import redact
from confnotes.links.schedule import Hosts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from urllib.robotparser import RobotFileParser

AGENT = f"Mozilla/5.0 (compatible; {robots.NAME}; link check)"
REDIRECTS = 8
_PERMANENT = {301, 308}
_REDIRECT = {301, 302, 303, 307, 308}
_BUSY = {429, 503}
_NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class NotAskedError(Exception):
    """The address could not be asked now, through no fault of its own."""


Auth: TypeAlias = "tuple[re.Pattern[str], str, str]"
"""User and password for URLs that match a pattern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How to ask. ``timeout`` is for one address with all its redirects; times are in seconds.

    ``headers`` are by origin, by URL, or for ``*``; a request has the first that apply.
    """

    timeout: float = 30.0
    gap: float = 1.0
    agent: str = AGENT
    allow_private: bool = False
    connections: int = 40
    max_wait: float = 30.0
    """A host whose ``Retry-After`` is longer is left alone for this run."""
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    auth: tuple[Auth, ...] = ()
    tls: Mapping[str, ssl.SSLContext] = field(default_factory=dict)
    """Contexts by host; ``*`` is for all others."""
    ignore: tuple[re.Pattern[str], ...] = ()
    """No request goes to a URL that matches one of these."""
    allowed_redirects: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = ()
    """From where to where a redirect to a home page is right."""

    def headers_for(self, url: str) -> dict[str, str]:
        """Return the headers of a request for ``url``, in addition to the usual ones."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        found: Mapping[str, str] = next(
            (self.headers[key] for key in (origin, f"{origin}/", url, "*") if key in self.headers),
            {},
        )
        headers = dict(found)
        for pattern, user, password in self.auth:
            if pattern.match(url):
                pair = base64.b64encode(f"{user}:{password}".encode()).decode()
                return {**headers, "Authorization": f"Basic {pair}"}
        return headers

    def allows(self, url: str, target: str) -> bool:
        """Return True if a redirect from ``url`` to ``target`` is said to be right."""
        return any(old.match(url) and new.match(target) for old, new in self.allowed_redirects)


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
        self._hosts = Hosts(manners.gap, manners.connections)
        self._tls = {"*": ssl.create_default_context(), **manners.tls}
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
        except NotAskedError:
            raise
        except Exception:  # noqa: BLE001  # whatever a parser makes of a reply ends no run
            return Outcome(Answer(Code.REPLY))

    async def _follow(self, page: str, fragments: Collection[str], *, obey: bool) -> Outcome:
        seen: list[str] = []
        url, fragment, permanent, left = page, "", True, self._manners.timeout
        while True:
            if url in seen or len(seen) > REDIRECTS:
                return Outcome(Answer(Code.REDIRECTS))
            seen.append(url)
            place = Place.of(url)
            if net.is_reserved(place.host):
                return Outcome(Answer(Code.RESERVED))
            if any(pattern.match(url) for pattern in self._manners.ignore):
                raise NotAskedError("linkcheck_ignore matches what they redirect to")
            if obey and not (await self._rules(place)).can_fetch(robots.NAME, url):
                return Outcome(Answer(Code.ROBOTS))
            reply, took = await self._patiently(place, left, body=bool(fragments))
            left -= took
            location = reply.headers.get("Location")
            if reply.status not in _REDIRECT or not location:
                break
            permanent = permanent and reply.status in _PERMANENT
            url, fragment = urldefrag(urljoin(url, _decoded(location)))
        is_lost = _is_home(url) and not fragment and not _is_home(page)
        if reply.status // 100 == 2 and is_lost and not self._manners.allows(page, url):
            return Outcome(Answer(Code.HOME), url)
        target = redact(url) if permanent and url != page and is_checkable(url) else ""
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
        if reply.status in _BUSY and wait is not None and wait <= self._manners.max_wait:
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
                self._tls.get(place.host) or self._tls["*"],
                agent=self._manners.agent,
                headers=self._manners.headers_for(place.url),
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
    """Return True if ``url`` is the root of its host, or the index file there."""
    parts = urlsplit(url)
    return not parts.query and re.fullmatch(r"/?(?:index\.\w+)?", parts.path) is not None
