"""Fetch a URL politely, follow its redirects, and reduce the outcome to one code."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Collection
from contextlib import suppress
from typing import TYPE_CHECKING, Self
from urllib.parse import urldefrag, urljoin, urlsplit

import aiohttp

from confnotes.linkcheck.codes import LinkCode
from confnotes.linkcheck.fragments import missing_fragments
from confnotes.linkcheck.http_client import (
    PrivateAddressError,
    Response,
    ThreadResolver,
    get_response,
    open_session,
)
from confnotes.linkcheck.ledger import is_checkable
from confnotes.linkcheck.options import NAME, FetchOptions, matches_any
from confnotes.linkcheck.politeness import HostLimiter, parse_robots, retry_after
from confnotes.linkcheck.state_machine import CheckResult
from confnotes.urls import is_reserved_host, redact, strip_credentials

if TYPE_CHECKING:
    from protego import Protego

MAX_REDIRECTS = 8
_PERMANENT = {301, 308}
_REDIRECT = {301, 302, 303, 307, 308}
_BUSY = {429, 503}
_NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class NotFetchedError(Exception):
    """The URL could not be fetched now, for a reason that says nothing about it."""


class Fetcher:
    """Fetches URLs during one run; an async context manager.

    ``probe_host`` is a host that resolves whenever there is a network.
    """

    def __init__(self, options: FetchOptions, probe_host: str) -> None:
        self._options = options
        self._probe_host = probe_host
        self._limiter = HostLimiter(options.min_delay, options.connections)
        self._tls = {"*": ssl.create_default_context(), **options.tls}
        self._robots: dict[str, asyncio.Task[Protego]] = {}
        self._online = False

    async def __aenter__(self) -> Self:
        self._session = open_session(allow_private=self._options.allow_private)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._robots.values():
            task.cancel()
        await asyncio.gather(*self._robots.values(), return_exceptions=True)
        await self._session.close()

    async def fetch(
        self, page: str, fragments: Collection[str] = (), *, respect_robots: bool = True
    ) -> CheckResult:
        """Fetch ``page`` (a URL without fragment) and look for ``fragments`` on it.

        Whatever else a host, a decoder or a parser does is a result. Raises
        :class:`NotFetchedError`.
        """
        try:
            return await self._follow(page, fragments, respect_robots=respect_robots)
        except NotFetchedError:
            raise
        except TimeoutError:
            return CheckResult(LinkCode.TIMEOUT)
        except aiohttp.ClientSSLError:
            return CheckResult(LinkCode.TLS)
        except (aiohttp.ClientConnectionError, OSError) as error:
            return CheckResult(await self._connection_code(error))
        except Exception:  # noqa: BLE001  # no reply ends a run
            return CheckResult(LinkCode.INVALID_RESPONSE)

    async def _connection_code(self, error: Exception) -> LinkCode:
        cause = getattr(error, "os_error", error)
        if isinstance(cause, PrivateAddressError):
            return LinkCode.PRIVATE
        if not await self._is_online():
            raise NotFetchedError("this machine has no network") from error
        if not isinstance(cause, socket.gaierror):
            return LinkCode.CONNECTION
        return LinkCode.NO_HOST if cause.errno in _NO_NAME else LinkCode.DNS_FAILURE

    async def _is_online(self) -> bool:
        if not self._online:
            try:
                self._online = bool(await ThreadResolver().resolve(self._probe_host))
            except OSError:
                return False
        return self._online

    async def _follow(
        self, page: str, fragments: Collection[str], *, respect_robots: bool
    ) -> CheckResult:
        seen: list[str] = []
        page = strip_credentials(page)
        url, fragment, permanent, seconds = page, "", True, self._options.timeout
        while True:
            if url in seen or len(seen) > MAX_REDIRECTS:
                return CheckResult(LinkCode.REDIRECTS)
            seen.append(url)
            if is_reserved_host(_host(url)):
                return CheckResult(LinkCode.RESERVED)
            if matches_any(self._options.ignore, url):
                raise NotFetchedError("a redirect leads to a URL in linkcheck_ignore")
            if respect_robots and not (await self._robots_of(url)).can_fetch(url, NAME):
                return CheckResult(LinkCode.ROBOTS)
            response, elapsed = await self._fetch_with_retry(url, seconds, bool(fragments))
            seconds -= elapsed
            target = _redirect_target(response, url)
            if not target:
                break
            permanent = permanent and response.status in _PERMANENT
            url, fragment = urldefrag(strip_credentials(target))
        is_ok = response.status // 100 == 2
        is_lost = _is_home(url) and not fragment and not _is_home(page)
        if is_ok and is_lost and not self._options.allows_redirect(page, url):
            return CheckResult(LinkCode.REDIRECTED_HOME, final=url)
        moved = redact(url) if permanent and url != page and is_checkable(url) else ""
        missing = missing_fragments(response, fragments) if is_ok else frozenset()
        return CheckResult(str(response.status), target=moved, final=url, missing=missing)

    async def _robots_of(self, url: str) -> Protego:
        """Return the rules of a host, fetched once. An error is one for all URLs of the host."""
        origin = urljoin(url, "/")
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._fetch_robots(origin))
        return await asyncio.shield(self._robots[origin])

    async def _fetch_robots(self, origin: str) -> Protego:
        url, seconds = f"{origin}robots.txt", self._options.timeout
        response, _ = await self._fetch_once(url, seconds, read_body=True)
        with suppress(OSError, aiohttp.ClientError, ValueError):  # not this host's fault
            for _ in range(MAX_REDIRECTS):
                url = urldefrag(strip_credentials(_redirect_target(response, url))).url
                if not url or is_reserved_host(_host(url)):
                    break
                response, _ = await self._fetch_once(url, seconds, read_body=True)
        rules = parse_robots(response)
        host = self._limiter.hosts[urlsplit(origin).netloc]
        host.slow_down(rules.crawl_delay(NAME) or 0.0)
        return rules

    def _tls_of(self, url: str) -> ssl.SSLContext:
        netloc = urlsplit(url).netloc
        return self._tls.get(netloc) or self._tls.get(_host(url)) or self._tls["*"]

    async def _fetch_with_retry(
        self, url: str, seconds: float, read_body: bool
    ) -> tuple[Response, float]:
        """Fetch ``url``, and once more if the host is busy and says for how long."""
        host = self._limiter.hosts[urlsplit(url).netloc]
        response, elapsed = await self._fetch_once(url, seconds, read_body=read_body)
        wait = retry_after(response)
        if response.status in _BUSY and wait is not None and wait <= self._options.max_wait:
            host.hold(wait)
            response, more = await self._fetch_once(url, seconds - elapsed, read_body=read_body)
            elapsed += more
        if response.status in _BUSY and (response.status == 429 or wait is not None):
            host.is_given_up = True
        return response, elapsed

    async def _fetch_once(
        self, url: str, seconds: float, *, read_body: bool
    ) -> tuple[Response, float]:
        """Fetch ``url`` when it is its turn; return the response and the seconds it took."""
        clock = asyncio.get_running_loop().time
        host = self._limiter.hosts[urlsplit(url).netloc]
        async with self._limiter.slot(host):
            if host.is_given_up:
                raise NotFetchedError("rate-limited by the host")
            start = clock()
            response = await get_response(
                self._session,
                url,
                headers=self._options.headers_for(url),
                tls=self._tls_of(url),
                seconds=seconds,
                read_body=read_body,
            )
        self._online = True
        return response, clock() - start


def _host(url: str) -> str:
    """Return the host of an http or https URL. Raises ValueError for any other."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[\w.:-]+", host):
        raise ValueError(url)
    return host


def _redirect_target(response: Response, url: str) -> str:
    """Return where ``response`` redirects to, an empty string if it does not."""
    location = response.headers.get("Location", "")
    return urljoin(url, location) if location and response.status in _REDIRECT else ""


def _is_home(url: str) -> bool:
    """Return True if ``url`` is the root of its host, or the index file there."""
    parts = urlsplit(url)
    return not parts.query and re.fullmatch(r"/?(?:index\.\w+)?", parts.path) is not None
