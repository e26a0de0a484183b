"""A loopback server that plays every host a link can lead to."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from confnotes.linkcheck.options import FetchOptions

PAGE = b"<!doctype html><title>Pipes</title><h1 id='good'>Pipes</h1><a name='old'></a>"
UNTRUSTED = Path(__file__).parent / "untrusted.pem"
OPTIONS = FetchOptions(timeout=1.0, min_delay=0.0, allow_private=True)
"""How a test asks: no pauses, short deadlines."""
HASTY = replace(OPTIONS, timeout=0.3)
ENOUGH = 8.0
"""Seconds after which a hang ends, so that no thread outlives the tests for long."""


class Host(ThreadingHTTPServer):
    """Counts what it is asked; ``/<status>`` answers with that status."""

    daemon_threads = True
    request_queue_size = 200

    def __init__(self, ip: str = "127.0.0.1", *, hangs: bool = False, robots: str = "") -> None:
        super().__init__((ip, 0), _Handler)
        self.asked: Counter[str] = Counter()
        self.times: list[float] = []
        self.headers: list[dict[str, str]] = []
        self.hangs = hangs
        self.robots = robots
        self.copies: set[str] | None = None
        """Pages that this archive has; None stands for all there are."""
        self.raw: dict[str, bytes] = {}
        """Whole replies by path, as they go over the wire."""
        self.open = self.most_open = 0
        self.lock = threading.Lock()
        self.stop = threading.Event()
        self.scheme = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.server_address[0]!s}:{self.server_port}"

    def pages(self) -> Counter[str]:
        """Return what was asked for, without robots.txt."""
        return Counter({path: n for path, n in self.asked.items() if path != "/robots.txt"})

    def has_copy(self, path: str) -> bool:
        """Return True if ``/web/<day>/<page>`` leads to a copy."""
        return self.copies is None or path.split("/", 3)[-1] in self.copies

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients hang up on purpose."""


class Hosts(Protocol):
    """Starts one more host."""

    def __call__(self, ip: str = ..., *, hangs: bool = ..., robots: str = ...) -> Host: ...


class _Handler(BaseHTTPRequestHandler):
    server: Host
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    is_open = False

    def leave(self) -> None:
        """Count the request as open no longer: who asks may go on as soon as he is answered."""
        with self.server.lock:
            self.server.open -= self.is_open
            self.is_open = False

    def do_HEAD(self) -> None:
        self.server.asked["HEAD"] += 1
        self.answer(405)

    def do_GET(self) -> None:
        server = self.server
        path = self.path
        with server.lock:
            server.asked[path] += 1
            server.times.append(time.monotonic())
            server.headers.append(dict(self.headers.items()))
            server.open += 1
            self.is_open = True
            server.most_open = max(server.most_open, server.open)
        try:
            if server.hangs:
                server.stop.wait(ENOUGH)
            elif path in server.raw:
                self.wfile.write(server.raw[path])
            elif path == "/robots.txt":
                self.robots()
            else:
                self.play(path)
        finally:
            self.leave()
            self.close_connection = True

    def robots(self) -> None:
        if self.server.robots:
            self.answer(200, self.server.robots.encode(), **{"Content-Type": "text/plain"})
        else:
            self.answer(404)

    def play(self, path: str) -> None:
        word = urlsplit(path).path.strip("/").split("/")
        match word:
            case [status, *_] if status.isdecimal():
                self.answer(int(status), b"" if status == "204" else PAGE)
            case ["to", status, *rest]:
                query = unquote(urlsplit(path).query)
                self.answer(int(status), Location=query or "/" + "/".join(rest))
            case ["slow", *rest]:
                self.server.stop.wait(0.2)
                self.answer(302, Location="/" + "/".join(rest))
            case ["loop"]:
                self.answer(302, Location="/loop")
            case ["chain", number]:
                self.answer(302, Location=f"/chain/{int(number) + 1}")
            case ["nowhere"]:
                self.answer(302, Location="gopher://[")
            case ["busy", after]:
                self.answer(429, **{"Retry-After": after})
            case ["busy-once"]:
                again = self.server.asked[path] > 1
                self.answer(200 if again else 503, **{"Retry-After": "0"})
            case ["drip"]:
                self.start(200, **{"Content-Length": "100000"})
                self.trickle(b"a")
            case ["drip-headers"]:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                self.trickle(b"a")
            case ["endless"]:
                self.start(200)
                self.flood(PAGE + b"x" * 65536)
            case ["endless-headers"]:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                self.flood(b"X-More: x\r\n" * 100)
            case ["chunked"]:
                self.start(200, **{"Transfer-Encoding": "chunked"})
                for piece in (PAGE, b""):
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.server.stop.wait(ENOUGH)
            case ["bomb"]:
                self.answer(200, BOMB, **{"Content-Encoding": "gzip"})
            case ["zipped"]:
                self.answer(200, gzip.compress(PAGE), **{"Content-Encoding": "gzip"})
            case ["hang", *_]:
                self.server.stop.wait(ENOUGH)
            case ["junk"]:
                self.wfile.write(b"SSH-2.0-Pipes\r\n\r\n")
            case ["silent"]:
                pass
            case ["save", *_] if self.server.copies is not None:
                self.server.copies.add(path.removeprefix("/save/"))
                self.answer(200)
            case ["web", *_] if not self.server.has_copy(path):
                self.answer(404)
            case ["web", day, *_] if day.isdecimal() and len(day) == 8:
                self.answer(302, Location=path.replace(day, "20310118123456", 1))
            case _:
                self.answer(200)

    def answer(self, status: int, body: bytes = PAGE, **headers: str) -> None:
        self.leave()
        self.start(status, **{"Content-Length": str(len(body)), **headers})
        self.wfile.write(body)

    def start(self, status: int, **headers: str) -> None:
        self.send_response(status, "As asked")
        for name, value in {"Content-Type": "text/html", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def trickle(self, piece: bytes) -> None:
        end = time.monotonic() + ENOUGH
        while time.monotonic() < end and not self.server.stop.wait(0.05):
            self.wfile.write(piece)

    def flood(self, piece: bytes) -> None:
        end = time.monotonic() + ENOUGH
        while time.monotonic() < end and not self.server.stop.is_set():
            self.wfile.write(piece)


BOMB = gzip.compress(b"<p>" + b"\0" * 50_000_000 + b"<p id='good'>", compresslevel=9)


@contextmanager
def serve(host: Host, certificate: Path | None = None) -> Iterator[Host]:
    """Let ``host`` answer, over TLS if it has a certificate, for as long as the block lasts."""
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        host.socket = context.wrap_socket(host.socket, server_side=True)
        host.scheme = "https"
    thread = threading.Thread(target=host.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.stop.set()
        host.shutdown()
        thread.join()
        host.server_close()
