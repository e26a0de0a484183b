"""Connections to the public internet, and to nothing else."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

    from confnotes.linkcheck.endpoint import Endpoint


class PrivateAddressError(OSError):
    """The host is in a private network."""


async def connect(
    endpoint: Endpoint, tls: ssl.SSLContext | None, *, limit: int, allow_private: bool
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a connection to ``endpoint``; its reader buffers ``limit`` bytes.

    The name is looked up once and the connection goes to the address that was
    judged, so a name server cannot change its mind in between. Raises
    :class:`PrivateError`, :class:`socket.gaierror` and other OSErrors.
    """
    found = await _resolve(endpoint.host, endpoint.port)
    allowed = [ip for ip in found if allow_private or is_public(ip)]
    if not allowed:
        raise PrivateAddressError(endpoint.host)
    return await asyncio.open_connection(
        allowed[0],
        endpoint.port,
        ssl=tls,
        server_hostname=endpoint.host if tls else None,
        limit=limit,
    )


async def resolves(host: str) -> bool:
    """Say whether ``host`` is in the DNS, as seen from here."""
    try:
        return bool(await _resolve(host, 443))
    except OSError:
        return False


def is_reserved(host: str) -> bool:
    """Return True if ``host`` is a name that RFC 2606 or 6761 reserves for examples and tests."""
    return _RESERVED.fullmatch(host) is not None


_RESERVED = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|invalid|localhost|test)\.?", re.IGNORECASE
)


def is_public(ip: str) -> bool:
    """Say whether anybody on the internet could reach ``ip``, whatever it is wrapped in."""
    url = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(url, ipaddress.IPv6Address):
        inner = [url.ipv4_mapped, url.sixtofour, *(url.teredo or ())]
        if url in _NAT64:
            inner.append(ipaddress.IPv4Address(url.packed[-4:]))
        if any(each and not each.is_global for each in inner):
            return False
        if url.ipv4_mapped:
            return not url.ipv4_mapped.is_multicast
    return url.is_global and not url.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


async def _resolve(host: str, port: int) -> list[str]:
    """Return the addresses of ``host``, IPv4 first.

    In a thread of its own that nobody waits for: the event loop's lookups would keep
    the program from ending for as long as a name server says nothing.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def deliver(urls: list[str], error: OSError | None) -> None:
        if answer.done():
            return
        if error:
            answer.set_exception(error)
        else:
            answer.set_result(urls)

    def work() -> None:
        urls: list[str] = []
        error: OSError | None = None
        try:
            entries = sorted(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            urls = [str(entry[4][0]) for entry in entries]
        except OSError as problem:
            error = problem
        except (ValueError, OverflowError):  # no name of a host, in the codec's or C's eyes
            error = socket.gaierror(socket.EAI_NONAME, "no name for a host")
        if not loop.is_closed():
            loop.call_soon_threadsafe(deliver, urls, error)

    threading.Thread(target=work, daemon=True).start()
    return await answer
