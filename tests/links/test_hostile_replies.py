"""Replies that break a parser or a decoder: each is one URL's result, and ends no run."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from datetime import date

import pytest
from confnotes.linkcheck.ledger import LinkState
from confnotes.linkcheck.options import CheckOptions
from confnotes.linkcheck.report import LinkOccurrence
from confnotes.linkcheck.runner import Checker

from tests.links.server import OPTIONS, Host, Hosts

PATIENT = replace(OPTIONS, timeout=30.0)  # no reply here is one to wait for
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
HTML = OK + b"Connection: close\r\n\r\n"
FOUND = b"HTTP/1.1 302 Found\r\nLocation: "


def packed(encoding: bytes, body: bytes) -> bytes:
    size = b"Content-Length: %d\r\n\r\n" % len(body)
    return OK + b"Content-Encoding: " + encoding + b"\r\n" + size + body


REPLIES = {
    "marked section": HTML + b"<p><![ foo",
    "cdata": HTML + b"<![CDATA[<p id='x'",
    "declaration": HTML + b"<!DOCTYPE [<!ENTITY x",
    "entities": HTML + b"&#99999999999999999999;&#xD800;" + b"<p id='&#99999999999999999999;'>",
    "charset unknown": OK.replace(b"html", b"html; charset=pipes") + b"\r\n<p id='x'>",
    "charset no text": OK.replace(b"html", b"html; charset=base64") + b"\r\n<p id='x'>",
    "charset idna": OK.replace(b"html", b"html; charset=idna") + b"\r\n" + b"a" * 100 + b"..",
    "charset empty": OK.replace(b"html", b'html; charset="') + b"\r\n<p>",
    "chunk huge": OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n<p>",
    "chunk negative": OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n<p>\r\n0\r\n\r\n",
    "chunk junk": OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n<p>",
    "chunk size endless": OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 100_000,
    "length huge": OK + b"Content-Length: 99999999999999999999999\r\n\r\n<p>",
    "length negative": OK + b"Content-Length: -1\r\n\r\n<p>",
    "length junk": OK + b"Content-Length: many\r\n\r\n<p>",
    "lengths": OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\n<p>",
    "gzip junk": packed(b"gzip", b"pipes"),
    "gzip cut": packed(b"gzip", gzip.compress(b"<p id='x'>" * 1000)[:-9]),
    "gzip wrong sum": packed(b"gzip", gzip.compress(b"<p>")[:-8] + b"12345678"),
    "deflate raw": packed(b"deflate", zlib.compress(b"<p id='x'>")[2:-4]),
    "encoding unknown": packed(b"pipes", b"<p>"),
    "encodings": packed(b"gzip, br, zstd", b"<p>"),
    "header huge": OK + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
    "headers many": OK + b"X: x\r\n" * 20_000 + b"\r\n",
    "header without colon": OK + b"pipes\r\n\r\n<p>",
    "header folded": OK + b"X: a\r\n b\r\n\r\n<p>",
    "header bytes": OK + b"X-\xff: \x00\xff\r\n\r\n<p>",
    "header zero": OK + b"X: \0\r\n\r\n<p>",
    "header bare CR": OK + b"X: a\rY: b\r\n\r\n<p>",
    "content type junk": OK.replace(b"text/html", b"html; =; charset*=x''y") + b"\r\n<p>",
    "content type of many parts": OK.replace(b"html", b'html; a="' + b';a="' * 15_000) + b"\r\n<p>",
    "status long": b"HTTP/1.1 200000 OK\r\n\r\n",
    "status zero": b"HTTP/1.1 000 OK\r\n\r\n",
    "status junk": b"HTTP/1.1 \xff\xff OK\r\n\r\n",
    "version": b"HTTP/9.9 200 OK\r\n\r\n",
    "HTTP/0.9": b"<p>",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "continue": b"HTTP/1.1 100 Continue\r\n\r\n" * 100,
    "nothing": b"",
    "zero": b"\0" * 1000,
    "to nothing": FOUND + b"\r\n\r\n",
    "to a bracket": FOUND + b"http://[\r\n\r\n",
    "to a port": FOUND + b"http://127.0.0.1:99999999999/\r\n\r\n",
    "to a port in words": FOUND + b"http://127.0.0.1:pipes/\r\n\r\n",
    "to a long label": FOUND + b"http://" + b"a" * 70 + b".invalid/\r\n\r\n",
    "to empty labels": FOUND + b"http://a..invalid/\r\n\r\n",
    "to bad IDNA": FOUND + "http://\u2260.xn--a.invalid/".encode() + b"\r\n\r\n",
    "to bad punycode": FOUND + b"http://xn--\xc3\xbc-99999999.invalid/\r\n\r\n",
    "to a name that folds": FOUND + "http://a\u2100b.invalid/".encode() + b"\r\n\r\n",
    "to bytes": FOUND + b"/\xff\xfe\r\n\r\n",
    "to controls": FOUND + b"/\x01\x1b[31m\r\n\r\n",
    "to a script": FOUND + b"javascript:alert(1)\r\n\r\n",
    "to a file": FOUND + b"file:///etc/hostname\r\n\r\n",
    "to an IPv6 zone": FOUND + b"http://[fe80::1%25eth0]/\r\n\r\n",
    "to an odd IP": FOUND + b"http://0x7f.1:1/\r\n\r\n",
    "busy for ever": b"HTTP/1.1 429 X\r\nRetry-After: " + b"9" * 5000 + b"\r\n\r\n",
    "busy for less": b"HTTP/1.1 429 X\r\nRetry-After: -1\r\n\r\n",
    "busy in digits": b"HTTP/1.1 429 X\r\nRetry-After: \xc2\xb2\r\n\r\n",
    "busy until": b"HTTP/1.1 503 X\r\nRetry-After: Mon, 99 Jan 99999 99:99:99 +99999\r\n\r\n",
}


def check(*urls: str) -> Checker:
    plan = CheckOptions(today=date(2031, 3, 1), fetch=PATIENT, archive="http://127.0.0.1:9/web/")
    places = [LinkOccurrence("a.txt", line, url) for line, url in enumerate(urls, 1)]
    checker = Checker({}, places, plan, lambda record, answered, total: None)
    checker.run()
    return checker


def test_a_page_ends_no_run(hosts: Hosts) -> None:
    bad, good = hosts(), hosts("127.0.0.2")
    names = [name for name in REPLIES if not name.startswith("busy")]  # lest all others wait
    bad.raw = {f"/{number}": REPLIES[name] for number, name in enumerate(names)}
    urls = {f"{bad.url}{path}#x": name for path, name in zip(bad.raw, names, strict=True)}
    checker = check(*urls, f"{good.url}/page")
    assert checker.ledger[f"{good.url}/page"].state is LinkState.ALIVE
    assert not [name for url, name in urls.items() if not checker.ledger[url].code]


@pytest.mark.parametrize("name", REPLIES)
def test_a_page_has_a_result(host: Host, name: str) -> None:
    host.raw["/bad"] = REPLIES[name]
    url = f"{host.url}/bad#x"
    record = check(url).ledger[url]
    assert record.state in {LinkState.ALIVE, LinkState.BLOCKED}
    assert record.code


@pytest.mark.parametrize("name", REPLIES)
def test_a_robots_txt_ends_no_run(hosts: Hosts, name: str) -> None:
    bad, good = hosts(), hosts("127.0.0.2")
    bad.raw["/robots.txt"] = REPLIES[name]
    checker = check(f"{bad.url}/page", f"{bad.url}/other", f"{good.url}/page")
    assert checker.answered + checker.skipped.total() == 3
    assert checker.ledger[f"{good.url}/page"].state is LinkState.ALIVE
    assert checker.ledger[f"{bad.url}/page"].state in {
        LinkState.ALIVE,
        LinkState.BLOCKED,
        LinkState.UNKNOWN,
    }


@pytest.mark.parametrize(("fragment", "code"), [("bar", "200"), ("foo", "no-anchor")])
def test_a_page_that_no_parser_takes_is_searched_all_the_same(
    host: Host, fragment: str, code: str
) -> None:
    host.raw["/bad"] = REPLIES["marked section"] + b"<p id=bar>"
    url = f"{host.url}/bad#{fragment}"
    assert check(url).ledger[url].code == code


def test_an_id_with_a_number_of_many_digits_is_none_of_these(host: Host) -> None:
    host.raw["/bad"] = HTML + b"<p id='&#%s;'><p id=good>" % (b"9" * 9000)
    url = f"{host.url}/bad"
    ledger = check(f"{url}#good", f"{url}#pipes").ledger
    assert [ledger[f"{url}#{name}"].code for name in ("good", "pipes")] == ["200", "no-anchor"]


def test_what_is_recorded_as_target_is_a_url(host: Host) -> None:
    host.raw["/old"] = b"HTTP/1.1 301 X\r\nLocation: /a|b\r\n\r\n"
    url = f"{host.url}/old"
    record = check(url).ledger[url]
    assert (record.code, record.target) == ("200", "")
