"""Why an address is in its state: one word each, or the number of an HTTP status."""

from __future__ import annotations

from http import HTTPStatus

from confnotes.explained import Explained


class LinkCode(Explained):
    """Findings that are not an HTTP status; ``explanation`` is for people."""

    NO_HOST = "no-such-host", "the host's name is not in the DNS any more"
    REDIRECTED_HOME = "redirects-home", "a deep page that now redirects to a home page"
    NO_ANCHOR = "no-anchor", "the page is there, but nothing on it has the address's fragment"
    TIMEOUT = "timeout", "no answer before the deadline"
    TLS = "tls", "the certificate is wrong, or no secure connection could be agreed on"
    CONNECTION = "no-connection", "the connection was refused, reset or lost"
    DNS_FAILURE = "dns-failure", "the name could not be looked up just now"
    INVALID_RESPONSE = (
        "invalid-response",
        "the answer is not HTTP, or a redirect that leads nowhere",
    )
    REDIRECTS = "too-many-redirects", "redirects in a circle, or more of them than is sane"
    PRIVATE = "private", "the address, or a redirect, leads into a private network"
    ROBOTS = "robots", "the host's robots.txt asks robots to stay away from this page"
    RESERVED = "reserved", "the host name is reserved for examples and tests; it is never asked"


_UNOFFICIAL = {"999": "the host answers robots with 999, and people with the page"}


def explain(code: str) -> str:
    """Return what ``code`` (a :class:`Code` or an HTTP status) means, in words."""
    if code in set(LinkCode):
        return LinkCode(code).explanation  # type: ignore[call-arg]
    if code in _UNOFFICIAL:
        return _UNOFFICIAL[code]
    try:
        return f"the host answers “{HTTPStatus(int(code)).phrase}”"
    except ValueError:
        return f"the host answers with status {code}" if code else "not asked yet"
