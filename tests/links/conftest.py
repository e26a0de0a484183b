"""Hosts on the loopback."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.links.server import UNTRUSTED, Host, Hosts, serve


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    """Return a function that starts one more host."""
    with ExitStack() as stack:

        def start(ip: str = "127.0.0.1", *, hangs: bool = False, robots: str = "") -> Host:
            return stack.enter_context(serve(Host(ip, hangs=hangs, robots=robots)))

        yield start


@pytest.fixture
def host(hosts: Hosts) -> Host:
    return hosts()


@pytest.fixture
def secure_host() -> Iterator[Host]:
    """A host whose certificate is for another name, and signed by nobody."""
    with serve(Host(), UNTRUSTED) as host:
        yield host


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """Undo what a shell does to all that it runs in the background, and to what that runs."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
