"""HTTP client: aiohttp, with limits on time, size and destination."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

MAX_HEADERS = 1000
MAX_HEADER_BYTES = 64 * 1024
MAX_BODY_BYTES = 2 * 1024 * 1024
"""Bytes read of a body, after decompression."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class PrivateAddressError(OSError):
    """The host is in a private network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """``complete`` is False unless the whole ``body`` was asked for and arrived in time."""

    status: int
    headers: Mapping[str, str]
    content_type: str = ""
    charset: str | None = None
    body: bytes = b""
    complete: bool = False


def open_session(*, allow_private: bool) -> aiohttp.ClientSession:
    """Return a session without cookies, proxies, pooled connections and deadlines of its own."""
    connector = aiohttp.TCPConnector(
        limit=0,  # HostLimiter has the limits: waiting for a turn is no part of a deadline
        force_close=True,
        resolver=ThreadResolver(),
        socket_factory=None if allow_private else _open_public_socket,
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        max_line_size=MAX_HEADER_BYTES,
        max_field_size=MAX_HEADER_BYTES,
        max_headers=MAX_HEADERS,
    )


async def get_response(
    session: aiohttp.ClientSession,
    url: str,
    *,
    headers: Mapping[str, str],
    tls: ssl.SSLContext,
    seconds: float,
    read_body: bool = False,
) -> Response:
    """Send a GET request; without ``read_body`` stop after the headers. Redirects are not followed.

    A deadline that passes, or a connection that breaks, within the body is no error: the status
    is known by then. Raises TimeoutError, :class:`aiohttp.ClientError` and ValueError.
    """
    response = None
    body, complete = bytearray(), False
    try:
        async with (
            asyncio.timeout(seconds),
            session.get(url, headers=headers, ssl=tls, allow_redirects=False) as response,
        ):
            while read_body and not complete and len(body) < MAX_BODY_BYTES:
                chunk = await response.content.readany()
                body += chunk
                complete = not chunk
    except (TimeoutError, aiohttp.ClientError):
        if response is None:
            raise
    # not aiohttp's own properties: their time grows with the square of the header
    content_type = response.headers.get("Content-Type", "")
    charset = _CHARSET.search(content_type)
    return Response(
        status=response.status,
        headers=response.headers,
        content_type=content_type.partition(";")[0].strip().lower(),
        charset=charset and charset[1],
        body=bytes(body),
        complete=complete,
    )


def is_public(ip: str) -> bool:
    """Return True if ``ip`` is reachable from the internet, also if it wraps an IPv4 address."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(address.packed[-4:]))
        if any(each and not each.is_global for each in inner):
            return False
        if address.ipv4_mapped:
            return not address.ipv4_mapped.is_multicast
    return address.is_global and not address.is_multicast


def _open_public_socket(address: tuple[Any, ...]) -> socket.socket:
    """Return a socket for an address that is about to be connected to.

    The name of the host has been resolved by then, so a name server cannot change its mind.
    """
    family, kind, protocol, _, (ip, *_) = address
    if not is_public(ip):
        raise PrivateAddressError("the host is in a private network")
    return socket.socket(family, kind, protocol)


class ThreadResolver(AbstractResolver):
    """Resolves host names in threads that nobody waits for.

    aiohttp's own resolvers use the threads of the event loop. These are few, and would keep the
    program from ending for as long as a name server does not answer.
    """

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        future: Future[list[Any]] = Future()
        future.set_running_or_notify_cancel()  # the thread sets its result even if nobody waits

        def look_up() -> None:
            try:
                kind = socket.SOCK_STREAM
                future.set_result(socket.getaddrinfo(host, port, family=family, type=kind))
            except OSError as error:
                future.set_exception(error)
            except (ValueError, OverflowError):  # no codec, or no C string, takes this name
                future.set_exception(socket.gaierror(socket.EAI_NONAME, "not a host name"))

        threading.Thread(target=look_up, daemon=True).start()
        found = await asyncio.wrap_future(future)
        return [
            ResolveResult(
                hostname=host, host=address[0], port=port, family=kind, proto=protocol, flags=0
            )
            for kind, _, protocol, _, address in sorted(found)
        ]

    async def close(self) -> None:
        """Do nothing: there is nothing to close."""
