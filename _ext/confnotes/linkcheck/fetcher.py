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

from confnotes.linkcheck import fragments, public_network, robots
from confnotes.linkcheck.codes import LinkCode
from confnotes.linkcheck.endpoint import Endpoint
from confnotes.linkcheck.http_client import Response, ResponseError, get
from confnotes.linkcheck.ledger import is_checkable
from confnotes.linkcheck.policy import CheckResult
from confnotes.linkcheck.rate_limit import HostLimiter
from confnotes.linkcheck.redact import redact

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from urllib.robotparser import RobotFileParser

AGENT = f"Mozilla/5.0 (compatible; {robots.NAME}; link check)"
MAX_REDIRECTS = 8
_PERMANENT = {301, 308}
_REDIRECT = {301, 302, 303, 307, 308}
_BUSY = {429, 503}
_NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class NotFetchedError(Exception):
    """The address could not be asked now, through no fault of its own."""


Auth: TypeAlias = "tuple[re.Pattern[str], str, str]"
"""User and password for URLs that match a pattern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """How to ask. ``timeout`` is for one address with all its redirects; times are in seconds.

    ``headers`` are by origin, by URL, or for ``*``; a request has the first that apply.
    """

    timeout: float = 30.0
    min_delay: float = 1.0
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
class FetchResult:
    """What asking for a page came to: where it ended, and which anchors are not on it."""

    result: CheckResult
    final: str = ""
    missing: frozenset[str] = frozenset()


class Fetcher:
    """Asks during one run, within one event loop; remembers what hosts want of robots.

    ``landmark`` is a host that is there whenever the network is.
    """

    def __init__(self, manners: FetchOptions, landmark: str) -> None:
        self._manners = manners
        self._landmark = landmark
        self._hosts = HostLimiter(manners.min_delay, manners.connections)
        self._tls = {"*": ssl.create_default_context(), **manners.tls}
        self._robots: dict[str, asyncio.Task[RobotFileParser]] = {}
        self._heard = False

    async def fetch(
        self, page: str, fragments: Collection[str] = (), *, obey: bool = True
    ) -> FetchResult:
        """Ask for ``page`` (no fragment) and look for ``fragments`` on it.

        ``obey`` says whether to read robots.txt. Raises :class:`NotAskedError`.
        """
        try:
            return await self._follow(page, fragments, obey=obey)
        except ssl.SSLError:
            return FetchResult(CheckResult(LinkCode.TLS))
        except public_network.PrivateAddressError:
            return FetchResult(CheckResult(LinkCode.PRIVATE))
        except (ResponseError, ValueError):
            return FetchResult(CheckResult(LinkCode.INVALID_RESPONSE))
        except TimeoutError:
            return FetchResult(CheckResult(LinkCode.TIMEOUT))
        except OSError as error:
            if not await self._is_online():
                raise NotFetchedError("this machine has no network") from error
            if not isinstance(error, socket.gaierror):
                return FetchResult(CheckResult(LinkCode.CONNECTION))
            return FetchResult(
                CheckResult(LinkCode.NO_HOST if error.errno in _NO_NAME else LinkCode.DNS_FAILURE)
            )
        except NotFetchedError:
            raise
        except Exception:  # noqa: BLE001  # whatever a parser makes of a reply ends no run
            return FetchResult(CheckResult(LinkCode.INVALID_RESPONSE))

    async def _follow(self, page: str, wanted: Collection[str], *, obey: bool) -> FetchResult:
        seen: list[str] = []
        url, fragment, permanent, left = page, "", True, self._manners.timeout
        while True:
            if url in seen or len(seen) > MAX_REDIRECTS:
                return FetchResult(CheckResult(LinkCode.REDIRECTS))
            seen.append(url)
            endpoint = Endpoint.from_url(url)
            if public_network.is_reserved(endpoint.host):
                return FetchResult(CheckResult(LinkCode.RESERVED))
            if any(pattern.match(url) for pattern in self._manners.ignore):
                raise NotFetchedError("linkcheck_ignore matches what they redirect to")
            if obey and not (await self._rules(endpoint)).can_fetch(robots.NAME, url):
                return FetchResult(CheckResult(LinkCode.ROBOTS))
            reply, took = await self._fetch_with_retry(endpoint, left, body=bool(wanted))
            left -= took
            location = reply.headers.get("Location")
            if reply.status not in _REDIRECT or not location:
                break
            permanent = permanent and reply.status in _PERMANENT
            url, fragment = urldefrag(urljoin(url, _decoded(location)))
        is_lost = _is_home(url) and not fragment and not _is_home(page)
        if reply.status // 100 == 2 and is_lost and not self._manners.allows(page, url):
            return FetchResult(CheckResult(LinkCode.REDIRECTED_HOME), url)
        target = redact(url) if permanent and url != page and is_checkable(url) else ""
        missing = (
            fragments.missing_fragments(reply, wanted) if reply.status // 100 == 2 else frozenset()
        )
        return FetchResult(CheckResult(str(reply.status), target), url, missing)

    async def _rules(self, endpoint: Endpoint) -> RobotFileParser:
        """Return the rules of the host, asked for once. What fails here fails for all its pages."""
        if endpoint.origin not in self._robots:
            self._robots[endpoint.origin] = asyncio.create_task(self._read_rules(endpoint))
        return await asyncio.shield(self._robots[endpoint.origin])

    async def _read_rules(self, endpoint: Endpoint) -> RobotFileParser:
        path = replace(endpoint, path="/robots.txt")
        reply, _ = await self._fetch_once(path, self._manners.timeout, body=True)
        rules = robots.parse_robots(reply)
        self._hosts.slow_down(endpoint.authority, robots.crawl_delay(rules))
        return rules

    async def _fetch_with_retry(
        self, endpoint: Endpoint, seconds: float, *, body: bool
    ) -> tuple[Response, float]:
        """Ask, and once more if the host says that it is busy and for how long."""
        reply, took = await self._fetch_once(endpoint, seconds, body=body)
        wait = robots.retry_after(reply)
        if reply.status in _BUSY and wait is not None and wait <= self._manners.max_wait:
            self._hosts.delay(endpoint.authority, wait)
            reply, more = await self._fetch_once(endpoint, seconds - took, body=body)
            took += more
        if reply.status in _BUSY and (reply.status == 429 or wait is not None):
            self._hosts.give_up_on(endpoint.authority)
        return reply, took

    async def _fetch_once(
        self, endpoint: Endpoint, seconds: float, *, body: bool
    ) -> tuple[Response, float]:
        """Ask when it is the host's turn; return the reply and how long it took."""
        clock = asyncio.get_running_loop().time
        async with self._hosts.slot(endpoint.authority):
            if self._hosts.is_given_up(endpoint.authority):
                raise NotFetchedError("their hosts want to be left alone")
            start = clock()
            reply = await get(
                endpoint,
                self._tls.get(endpoint.host) or self._tls["*"],
                agent=self._manners.agent,
                headers=self._manners.headers_for(endpoint.url),
                seconds=seconds,
                body=body,
                allow_private=self._manners.allow_private,
            )
        self._heard = True
        return reply, clock() - start

    async def _is_online(self) -> bool:
        if not self._heard:
            self._heard = await public_network.resolves(self._landmark)
        return self._heard


def _decoded(location: str) -> str:
    """Return a ``Location`` header as it was meant: :mod:`http` reads bytes as Latin-1."""
    return location.encode("latin-1", "replace").decode("utf-8", "replace")


def _is_home(url: str) -> bool:
    """Return True if ``url`` is the root of its host, or the index file there."""
    parts = urlsplit(url)
    return not parts.query and re.fullmatch(r"/?(?:index\.\w+)?", parts.path) is not None
