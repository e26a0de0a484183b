"""Result codes of the link check that are not an HTTP status."""

from __future__ import annotations

from http import HTTPStatus

from confnotes.documented_enum import DocumentedStrEnum


class LinkCode(DocumentedStrEnum):
    """Results without an HTTP status, or in spite of it."""

    NO_HOST = "no-such-host", "the host name is not in the DNS"
    REDIRECTED_HOME = "redirects-home", "a page below the root of the host redirects to a home page"
    NO_ANCHOR = "no-anchor", "the page exists, but has no element with the fragment of the URL"
    TIMEOUT = "timeout", "no answer before the deadline"
    TLS = "tls", "the certificate is not valid, or the TLS handshake failed"
    CONNECTION = "no-connection", "the connection was refused, reset or lost"
    DNS_FAILURE = "dns-failure", "the name server failed"
    INVALID_RESPONSE = "invalid-response", "the response is not HTTP, or redirects to no URL"
    REDIRECTS = "too-many-redirects", "a redirect loop, or more than eight redirects"
    PRIVATE = "private", "the host, or a redirect, is in a private network"
    ROBOTS = "robots", "robots.txt disallows the page, or is not available (5xx)"
    RESERVED = "reserved", "the host name is reserved for examples and tests; it is never checked"


def explain_code(code: str) -> str:
    """Return what ``code`` (a :class:`LinkCode` or an HTTP status) means."""
    if code in set(LinkCode):
        return LinkCode(code).description  # type: ignore[call-arg]
    if code == "999":
        return "the host answers programs with 999, and browsers with the page"
    try:
        return f"the host answers “{HTTPStatus(int(code)).phrase}”"
    except ValueError:
        return f"the host answers with status {code}" if code else "not checked yet"
