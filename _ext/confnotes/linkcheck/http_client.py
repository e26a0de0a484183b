"""One request, one answer: bounded in time, in bytes and in where it goes."""

from __future__ import annotations

import asyncio
import io
import re
import zlib
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, cast

from confnotes.linkcheck import public_network

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping
    from http.client import HTTPMessage
    from socket import socket

    from confnotes.linkcheck.endpoint import Endpoint

MAX_HEADER_BYTES = 64 * 1024
MAX_BODY_BYTES = 2 * 1024 * 1024
"""Bytes read of headers, and of a body before and after it is unpacked."""


class ResponseError(Exception):
    """What came back is not HTTP."""


@dataclass(frozen=True, slots=True)
class Response:
    """``body`` is what arrived in time; ``complete`` is False if some of it is missing."""

    status: int
    headers: HTTPMessage
    body: bytes = b""
    complete: bool = True


async def get(
    endpoint: Endpoint,
    tls: ssl.SSLContext | None,
    *,
    agent: str,
    headers: Mapping[str, str],
    seconds: float,
    body: bool = False,
    allow_private: bool = False,
) -> Response:
    """Ask for ``endpoint``; without ``body`` stop where the headers end.

    Always GET, as hosts answer HEAD with anything. A deadline that passes within the
    body is no error: the status is known by then. Raises TimeoutError, OSError
    (:class:`ssl.SSLError`, :class:`socket.gaierror` and
    :class:`confnotes.linkcheck.public_network.PrivateError` among them) and :class:`ReplyError`.
    """
    head, packed, whole = b"", bytearray(), True
    writer = None
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await public_network.connect(
                endpoint,
                tls if endpoint.scheme == "https" else None,
                limit=MAX_HEADER_BYTES,
                allow_private=allow_private,
            )
            writer.write(_request(endpoint, {"User-Agent": agent, **headers}))
            head = await _read_head(reader)
            if body:
                whole = await _read_body(reader, head, packed)
    except TimeoutError:
        if not head:
            raise
        whole = False
    finally:
        if writer:
            writer.transport.abort()
    if not body:
        response = _response(head)
        return Response(response.status, response.headers)
    response = _response(head, bytes(packed))
    text, complete = _unpack(response)
    return Response(response.status, response.headers, text, whole and complete)


def _request(endpoint: Endpoint, given: Mapping[str, str]) -> bytes:
    headers = {
        "Host": endpoint.authority,
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
        **given,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    lines = [f"GET {endpoint.path} HTTP/1.1", *(f"{name}: {headers[name]}" for name in headers)]
    return "\r\n".join([*lines, "", ""]).encode("ascii", "replace")


async def _read_head(reader: asyncio.StreamReader) -> bytes:
    """Return the status line and headers of the first answer that is not provisional."""
    for _ in range(5):
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as error:
            if error.partial:
                raise ResponseError("the answer ends within its headers") from None
            raise ConnectionResetError("closed without an answer") from None
        except asyncio.LimitOverrunError:
            raise ResponseError("headers without end") from None
        if not re.match(rb"HTTP/1\.[01] 1\d\d", head):
            return head
    raise ResponseError("nothing but provisional answers")


async def _read_body(reader: asyncio.StreamReader, head: bytes, packed: bytearray) -> bool:
    """Fill ``packed``; say whether it ended before the cap."""
    response = _response(head)
    end = b"\r\n0\r\n\r\n" if response.chunked else None
    while response.length is None or len(packed) < response.length:
        piece = await reader.read(MAX_HEADER_BYTES)
        packed += piece
        if not piece or (end and (b"\r\n" + packed[-5:]).endswith(end)):
            return True
        if len(packed) >= MAX_BODY_BYTES:
            return False
    return True


class _Received:
    """Bytes in the place of the socket that :class:`http.client.HTTPResponse` reads from."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def _response(head: bytes, packed: bytes = b"") -> HTTPResponse:
    response = HTTPResponse(cast("socket", _Received(head + packed)), method="GET")
    try:
        response.begin()
    except (HTTPException, ValueError) as error:
        raise ResponseError(str(error)) from None
    return response


def _unpack(response: HTTPResponse) -> tuple[bytes, bool]:
    """Return the body without its encodings, up to the cap, and whether that is all of it."""
    whole = True
    try:
        data = response.read()
    except (HTTPException, ValueError, OverflowError) as error:
        data, whole = getattr(error, "partial", b""), False
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        unzip = zlib.decompressobj(wbits=47)  # gzip or zlib, by its header
        try:
            data = unzip.decompress(data, MAX_BODY_BYTES)
        except zlib.error:
            return b"", False
        whole = whole and unzip.eof
    return data, whole
