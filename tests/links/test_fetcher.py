"""Every answer a host can give, over real sockets, and the one word it comes to."""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import replace

import pytest
from confnotes.linkcheck import http_client
from confnotes.linkcheck.codes import LinkCode
from confnotes.linkcheck.fetcher import CheckResult, Fetcher, FetchOptions, NotFetchedError
from confnotes.urls import is_reserved_host

from tests.links.server import HASTY, OPTIONS, Host, Hosts


def ask(
    url: str, *fragments: str, options: FetchOptions = OPTIONS, probe_host: str = "127.0.0.1"
) -> CheckResult:
    async def run() -> CheckResult:
        async with Fetcher(options, probe_host) as fetcher:
            return await fetcher.fetch(url, fragments)

    return asyncio.run(run())


@pytest.mark.parametrize(
    "status", [200, 204, 401, 403, 404, 405, 410, 429, 451, 500, 502, 503, 504, 999]
)
def test_a_status_is_its_own_code(host: Host, status: int) -> None:
    assert ask(f"{host.url}/{status}").code == str(status)


def test_head_is_never_tried(host: Host) -> None:
    assert ask(f"{host.url}/page").code == "200"
    assert host.asked == {"/robots.txt": 1, "/page": 1}


@pytest.mark.parametrize(
    ("status", "is_permanent"), [(301, True), (308, True), (302, False), (303, False), (307, False)]
)
def test_a_redirect_is_followed_and_remembered_if_it_is_for_good(
    host: Host, status: int, is_permanent: bool
) -> None:
    outcome = ask(f"{host.url}/to/{status}/here")
    assert outcome.code == "200"
    assert outcome.target == (f"{host.url}/here" if is_permanent else "")


def test_one_hop_that_is_not_for_good_spoils_the_target(host: Host) -> None:
    assert ask(f"{host.url}/to/301/to/302/here").target == ""


def test_what_a_redirect_leads_to_counts(host: Host) -> None:
    assert ask(f"{host.url}/to/301/404").code == "404"


@pytest.mark.parametrize("path", ["loop", "chain/1"])
def test_redirects_without_end(host: Host, path: str) -> None:
    assert ask(f"{host.url}/{path}").code == LinkCode.REDIRECTS
    assert host.pages().total() <= 10


def test_a_redirect_to_no_address(host: Host) -> None:
    assert ask(f"{host.url}/nowhere").code == LinkCode.INVALID_RESPONSE


@pytest.mark.parametrize("home", ["/", "/index.html", "/index.php"])
def test_a_deep_page_that_redirects_to_the_home_page(host: Host, home: str) -> None:
    assert ask(f"{host.url}/to/301/x?{home}").code == LinkCode.REDIRECTED_HOME


@pytest.mark.parametrize(
    "other", ["/?page=2", "/%23/talks/1", "/login", "/english/", "/ok", "/en/", "/home"]
)
def test_a_redirect_to_another_page(host: Host, other: str) -> None:
    assert ask(f"{host.url}/to/301/x?{other}").code == "200"


def test_a_home_page_that_redirects_to_another(host: Host) -> None:
    host.raw["/"] = b"HTTP/1.1 302 Found\r\nLocation: /index.html\r\n\r\n"
    assert ask(f"{host.url}/").code == "200"


def test_a_short_wait_is_waited_once(host: Host) -> None:
    assert ask(f"{host.url}/busy-once").code == "200"
    assert host.pages() == {"/busy-once": 2}


def test_a_host_that_is_busy_for_ever_is_asked_twice_then_left_alone(host: Host) -> None:
    async def run() -> str:
        async with Fetcher(OPTIONS, "127.0.0.1") as fetcher:
            busy = await fetcher.fetch(f"{host.url}/busy/1")
            with pytest.raises(NotFetchedError):
                await fetcher.fetch(f"{host.url}/other")
            return busy.code

    start = time.monotonic()
    assert asyncio.run(run()) == "429"
    assert time.monotonic() - start >= 1
    assert host.pages() == {"/busy/1": 2}


@pytest.mark.parametrize("after", ["86400", "Wed, 01 Jan 2200 00:00:00 GMT"])
def test_a_wait_of_a_day_is_not_waited(host: Host, after: str) -> None:
    assert ask(f"{host.url}/busy/{after.replace(' ', '%20')}").code == "429"
    assert host.pages().total() == 1


@pytest.mark.parametrize("path", ["hang", "drip-headers"])
def test_no_answer_before_the_deadline(host: Host, path: str) -> None:
    assert ask(f"{host.url}/{path}", options=HASTY).code == LinkCode.TIMEOUT


def test_the_deadline_is_for_all_redirects_together(host: Host) -> None:
    slow = f"{host.url}/slow/slow/slow/slow/page"
    assert ask(slow, options=replace(OPTIONS, timeout=0.5)).code == LinkCode.TIMEOUT


@pytest.mark.parametrize("path", ["drip", "endless", "bomb", "chunked"])
def test_a_body_that_nobody_needs_does_no_harm(host: Host, path: str) -> None:
    assert ask(f"{host.url}/{path}").code == "200"


@pytest.mark.parametrize("path", ["drip", "bomb"])
def test_of_a_body_that_did_not_come_whole_nothing_is_said(host: Host, path: str) -> None:
    # The headers have to come before the deadline, on a busy machine, too.
    outcome = ask(f"{host.url}/{path}", "good", options=replace(OPTIONS, timeout=3))
    assert outcome.code == "200"
    assert outcome.missing == frozenset()


def test_an_endless_body_is_read_up_to_the_cap(host: Host) -> None:
    outcome = ask(f"{host.url}/endless", "bad", options=replace(OPTIONS, timeout=20))
    assert outcome.code == "200"
    assert outcome.missing == frozenset()


def test_headers_without_end(host: Host) -> None:
    assert ask(f"{host.url}/endless-headers").code == LinkCode.INVALID_RESPONSE


@pytest.mark.parametrize(
    "headers",
    [b"X: " + b"x" * 20_000, b"\r\n".join([b"X: x"] * 300), b"X: M\xfcller", b"X: a\r\n b"],
    ids=["long", "many", "Latin-1", "folded"],
)
def test_headers_that_hosts_send(host: Host, headers: bytes) -> None:
    host.raw["/page"] = b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n"
    assert ask(f"{host.url}/page").code == "200"


@pytest.mark.parametrize("path", ["page", "zipped", "chunked"])
def test_anchors(host: Host, path: str) -> None:
    outcome = ask(f"{host.url}/{path}", "good", "old", "bad", "", "top", "!/x", "L10", "t=30")
    assert outcome.missing == {"bad"}
    assert host.pages() == {f"/{path}": 1}


@pytest.mark.parametrize(
    ("path", "code"), [("junk", LinkCode.INVALID_RESPONSE), ("silent", LinkCode.CONNECTION)]
)
def test_what_is_no_http(host: Host, path: str, code: str) -> None:
    assert ask(f"{host.url}/{path}").code == code


def test_nobody_listens() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/").code == LinkCode.CONNECTION


def test_a_wrong_certificate(secure_host: Host) -> None:
    assert ask(f"{secure_host.url}/page").code == LinkCode.TLS


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://www.example.com:8080/x",
        "http://pipes.example.NET./",
        "http://ana.invalid/",
        "http://pipes.test/",
        "http://a.b.example/",
        "http://pipes.localhost:8000/",
        "http://localhost/",
        "http://ｅxample.org/",
        "http://pipes.ＴＥＳＴ/",
    ],
)
def test_a_reserved_name_is_never_asked(
    url: str, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(name: str, *args: object, **kwargs: object) -> list[object]:
        raise AssertionError(name)

    host.raw["/x"] = f"HTTP/1.1 302 Found\r\nLocation: {url}\r\n\r\n".encode()
    assert ask(f"{host.url}/x").code == LinkCode.RESERVED
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert ask(url).code == LinkCode.RESERVED


@pytest.mark.parametrize("host", ["example.de", "myexample.org", "example.org.au", "latest.dev"])
def test_a_name_that_only_looks_reserved(host: str) -> None:
    assert not is_reserved_host(host)


@pytest.mark.parametrize("url", ["http://a b/", "http://[::1", "http://a:99999/", "http:///x"])
def test_addresses_that_are_none(url: str) -> None:
    assert ask(url).code == LinkCode.INVALID_RESPONSE


class TestNames:
    """What the name server says; nothing here asks a real one."""

    @pytest.fixture
    def dns(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, str | int]:
        """Return the names that resolve (to an IP) or fail (with an error number)."""
        known: dict[str, str | int] = {}
        real = socket.getaddrinfo

        def look_up(host: str, port: int, **kwargs: int) -> list[tuple[object, ...]]:
            answer = known.get(host, host)
            if isinstance(answer, int):
                raise socket.gaierror(answer, "no")
            return list(real(answer, port, type=socket.SOCK_STREAM))

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return known

    def test_no_such_host(self, dns: dict[str, str | int]) -> None:
        dns["gone.pipes"] = socket.EAI_NONAME
        assert ask("http://gone.pipes/").code == LinkCode.NO_HOST

    def test_a_name_server_in_trouble(self, dns: dict[str, str | int]) -> None:
        dns["slow.pipes"] = socket.EAI_AGAIN
        assert ask("http://slow.pipes/").code == LinkCode.DNS_FAILURE

    def test_without_a_network_nothing_is_said(self, dns: dict[str, str | int]) -> None:
        dns["gone.pipes"] = dns["probe.pipes"] = socket.EAI_NONAME
        with pytest.raises(NotFetchedError):
            ask("http://gone.pipes/", probe_host="probe.pipes")

    def test_a_public_name_of_a_private_address(
        self, dns: dict[str, str | int], host: Host
    ) -> None:
        dns["inside.pipes"] = "127.0.0.1"
        public = replace(OPTIONS, allow_private=False)
        url = f"http://inside.pipes:{host.server_port}/page"
        assert ask(url, options=public).code == LinkCode.PRIVATE
        assert not host.asked

    def test_a_redirect_into_a_private_network(
        self, dns: dict[str, str | int], hosts: Hosts, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        outside, inside = hosts("127.0.0.1"), hosts("127.0.0.2")
        monkeypatch.setattr(http_client, "is_public", lambda ip: ip == "127.0.0.1")
        url = f"{outside.url}/to/302/x?{inside.url}/secret"
        assert ask(url, options=replace(OPTIONS, allow_private=False)).code == LinkCode.PRIVATE
        assert not inside.asked


@pytest.mark.parametrize(
    "ip",
    "127.0.0.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1"
    " 255.255.255.255 ::1 :: fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1"
    " 64:ff9b::10.0.0.1 2002:7f00:1:: 2001:db8::1".split(),
)
def test_private_addresses(ip: str) -> None:
    assert not http_client.is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_addresses(ip: str) -> None:
    assert http_client.is_public(ip)


def test_credentials_are_not_sent_nor_kept(host: Host) -> None:
    url = host.url.replace("//", "//ana:secret@")
    outcome = ask(f"{url}/to/301/x?{url}/page%3Ftoken%3Dsecret")
    assert outcome.code == "200"
    assert "secret" not in outcome.target
    assert all("Authorization" not in headers for headers in host.headers)


class TestRobots:
    def test_a_page_that_robots_must_not_see(self, hosts: Hosts) -> None:
        host = hosts(robots="User-agent: *\nDisallow: /private/\n")
        assert ask(f"{host.url}/private/x").code == LinkCode.ROBOTS
        assert ask(f"{host.url}/page").code == "200"
        assert host.pages() == {"/page": 1}

    def test_rules_are_read_once(self, host: Host) -> None:
        async def run() -> None:
            async with Fetcher(OPTIONS, "127.0.0.1") as fetcher:
                await asyncio.gather(*(fetcher.fetch(f"{host.url}/{n}") for n in range(200, 205)))

        asyncio.run(run())
        assert host.asked["/robots.txt"] == 1

    def test_the_delay_is_kept(self, hosts: Hosts) -> None:
        host = hosts(robots="User-agent: *\nCrawl-delay: 1\n")
        ask(f"{host.url}/to/302/page")
        assert host.times[2] - host.times[1] >= 0.95

    def test_junk_forbids_nothing(self, hosts: Hosts) -> None:
        host = hosts(robots="\x00<html>Disallow\n: :\nCrawl-delay: never\n")
        assert ask(f"{host.url}/page").code == "200"

    def test_wildcards(self, hosts: Hosts) -> None:
        host = hosts(robots="User-agent: *\nDisallow: /*/draft$\nAllow: /a\n")
        assert ask(f"{host.url}/b/draft").code == LinkCode.ROBOTS
        assert ask(f"{host.url}/b/draft/2").code == "200"

    def test_a_group_for_this_client_comes_before_one_for_all(self, hosts: Hosts) -> None:
        host = hosts(robots="User-agent: *\nDisallow: /\n\nUser-agent: confnotes\nAllow: /\n")
        assert ask(f"{host.url}/page").code == "200"

    @pytest.mark.parametrize(
        "agents",
        ["conf", "pipes\nUser-Agent : CONFNOTES # us", "*c*o*n*f*notes*"],
    )
    def test_an_agent_is_known_however_it_is_typed(self, hosts: Hosts, agents: str) -> None:
        host = hosts(robots=f"User-agent: {agents}\nDisallow: /\n\nUser-agent: x\nAllow: /\n")
        assert ask(f"{host.url}/page").code == LinkCode.ROBOTS

    def test_rules_for_others_do_not_count(self, hosts: Hosts) -> None:
        others = "".join(f"User-agent: pipes{number}\n" for number in range(20_000))
        rules = "".join(f"Disallow: /{number}\n" for number in range(10_000))
        host = hosts(robots=others + rules)
        assert ask(f"{host.url}/200").code == "200"

    def test_a_server_error_allows_nothing(self, host: Host) -> None:
        host.raw["/robots.txt"] = b"HTTP/1.1 500 X\r\n\r\n"
        assert ask(f"{host.url}/page").code == LinkCode.ROBOTS
        assert not host.pages()

    def test_redirects_are_followed(self, hosts: Hosts) -> None:
        host, other = hosts(), hosts("127.0.0.2", robots="User-agent: *\nDisallow: /page\n")
        to = f"Location: {other.url}/robots.txt"
        host.raw["/robots.txt"] = f"HTTP/1.1 301 X\r\n{to}\r\n\r\n".encode()
        assert ask(f"{host.url}/page").code == LinkCode.ROBOTS
        assert ask(f"{host.url}/200").code == "200"
