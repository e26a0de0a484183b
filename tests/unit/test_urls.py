from __future__ import annotations

import pytest
from confnotes.urls import is_safe_url, redact


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "HTTPS://example.org/a?b=c#d",
        "https://[::1]:8080/",
        "https://münchen.example/straße",
        "https://en.example.org/wiki/Queue_(data)",
        "mailto:ana@example.org",
    ],
)
def test_web_and_mail_urls_are_safe(url: str) -> None:
    assert is_safe_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "/slides.pdf",
        "//example.org/",
        "https://",
        "https:///path",
        "https://example.org:port/",
        "https://[::1/",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java script:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "https://example.org/\u202egpj.exe",
        "https://exam\u200bple.org/",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "https://example.org/a b",
        "https://example.org/\x00",
        "https://example.org/\u2028",
        'https://example.org/"onclick="x',
        "https://example.org/<b>",
        "mailto:nobody",
    ],
)
def test_any_other_text_is_not(url: str) -> None:
    assert not is_safe_url(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "https://ana:x@pipes.dev/?a=b?my.api_key-2=x&c=d",
            "https://pipes.dev/?a=b?my.api_key-2=…&c=d",
        ),
        (
            "https://pipes.dev/?SID=x;Access_Token=y#sessionid=z",
            "https://pipes.dev/?SID=…;Access_Token=…#sessionid=…",
        ),
        ("https://pipes.dev/?side=x&monkey=y&token", "https://pipes.dev/?side=x&monkey=y&token"),
        (f"https://pipes.dev/?{'token' * 20_000}", f"https://pipes.dev/?{'token' * 20_000}"),
    ],
    ids=["in its name", "whole names", "none", "many words and no value"],
)
def test_a_url_is_shown_without_secrets(url: str, shown: str) -> None:
    assert redact(url) == shown
