"""Addresses in running text: what becomes a link, and what stays prose."""

from __future__ import annotations

import re

import pytest
from confnotes.url_finder import find_urls
from hypothesis import given
from hypothesis import strategies as st

AROUND = [
    "{}",
    "<{}>",
    "({})",
    "[{}]",
    "“{}”",
    "‘{}’",
    "'{}'",
    '"{}"',
    "«{}»",
    "「{}」。",
    "`{}`",
    "**{}**",
    "_{}_",
    "~{}~",
    "|{}|",
    "see {}.",
    "{}, and more",
    "{}; {}",
    "{}…",
    "{}—so",
    "really? {}?!",
    "[words]({})",
    "slides:{}",
    "slides={}",
    "({}),",
    "({}",
    "{})",
]


def urls(text: str) -> list[str]:
    return [url for _, _, url in find_urls(text)]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(
    "address",
    [
        "http://pipes.example.org",
        "https://pipes.example.org/a_(b)",
        "HTTPS://Pipes.Example.org/A?b=[c]&d={e}#f-g",
        "ftp://pipes.example.org/a.tar.gz",
        "http://[2001:db8::1]:8080/",
        "https://web.archive.org/web/2015/http://pipes.example.org/",
        "http://pipes.example.org/Ünï–cödé/",
        "mailto:ana@example.org",
    ],
)
def test_punctuation_stays_outside(around: str, address: str) -> None:
    text = around.format(*[address] * 2)
    assert urls(text) == [address] * around.count("{}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://a.example/(http://b.example/", ["http://a.example/", "http://b.example/"]),
        ("http://a.example,http://b.example", ["http://a.example", "http://b.example"]),
        ("http://a.example/x(y", ["http://a.example/x"]),
        ("http://a.example/x(y]z", ["http://a.example/x"]),
        ("http://a.example/what's-new", ["http://a.example/what's-new"]),
        ("http://a.example/b\N{NO-BREAK SPACE}c", ["http://a.example/b"]),
        ("http:// https://… http://<host>/ http://$HOST/ http://[ http://...", []),
        ("xhttp://a.example", []),
        ("gopher://a.example ssh://git.example.org/x", []),
    ],
)
def test_schemes(text: str, expected: list[str]) -> None:
    assert urls(text) == expected


@pytest.mark.parametrize(
    "host",
    [
        "code.example.org",
        "example.com/anything",
        "pipesbythebay.org.au",
        "media.pipes.de:8080/2031/?talk=1#top",
        "lobste.io",
        "t.co/abc",
        "youtu.be/abc_(d)",
        "about.me/ana",
        "www.pipes.rs",
        "linux.conf.au/schedule/",
        "go.dev",
    ],
)
@pytest.mark.parametrize("around", ["{}", "see {}.", "({})", "“{}”", "{}, {}", "slides: {}?"])
def test_bare_hosts(host: str, around: str) -> None:
    assert urls(around.format(host, host)) == [f"http://{host}"] * around.count("{}")


@pytest.mark.parametrize(
    "prose",
    [
        "Linux.conf.au",
        "linux.conf.au",
        "linux.conf.au?",
        "Node.js",
        "node.js",
        "README.md",
        "readme.md",
        "e.g.foo",
        "i.e.it",
        "conf.py",
        "conf.py/setup.cfg",
        "src/main.rs",
        "docs/example.org/x",
        "ASP.NET",
        "asp.net",
        "GitHub.com",
        "it works.so we kept it",
        "leaks.Then the pump",
        "example.org.Then",
        "user.id",
        "that.is",
        "os.path.join",
        "archive.tar.gz",
        "2.6.32",
        "10.0.0.1",
        "ana@example.org",
        "git@code.example.org:pipes/valves.git",
        "@code.example.org",
        "--server=code.example.org",
        "my_host.example.org",
        "-code.example.org",
        "code-.example.org",
        "code..example.org",
        "pipe.valve",
        "...",
    ],
)
def test_prose(prose: str) -> None:
    assert urls(prose) == []


PIECES = st.sampled_from(
    [
        "http://",
        "a.org",
        "/",
        "(",
        ")",
        "[",
        "]",
        ".",
        ",",
        "www.",
        " ",
        "x",
        "@",
        ":",
        "'",
        "ü",
        "-",
    ]
)


@given(st.lists(PIECES).map("".join) | st.text())
def test_spans_are_in_order_and_clean(text: str) -> None:
    last = 0
    for start, end, url in find_urls(text):
        assert last <= start < end
        assert url in (text[start:end], f"http://{text[start:end]}")
        assert url[-1] not in ".,:;!?'*_~"
        assert all(url.count(a) == url.count(b) for a, b in ("()", "[]", "{}"))
        last = end


@given(st.lists(PIECES, max_size=9).map("".join))
def test_what_is_found_is_found_again_alone(text: str) -> None:
    for start, end, url in find_urls(text):
        assert find_urls(text[start:end]) == [(0, end - start, url)]


@pytest.mark.parametrize(
    "piece",
    [
        "http://",
        "http://a.org/(",
        "[http://a.org/",
        "a.org,",
        "a.",
        "a@",
        "a-",
        "mailto:",
        "x",
        "a.a-",
    ],
)
def test_a_megabyte_on_one_line(piece: str) -> None:
    """No assertion on time: a quadratic finder would never come back."""
    text = piece * (1_000_000 // len(piece))
    assert all(end <= len(text) for _, end, _ in find_urls(text))


PIECES = (
    *("http://", "ftp://", "mailto:", "javascript:", "data:", "a@b.org", "a.org/x"),
    *" \t\x00\x85\x9b\u202e\"'<>`|^\\()[]{}#?",
)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_link_is_live(text: str) -> None:
    for url in urls(text):
        assert url.lower().startswith(("http://", "https://", "ftp://", "mailto:"))
        assert not re.search(r"[\s\x00-\x20\x7f-\x9f\"<>\\^`|]", url)
