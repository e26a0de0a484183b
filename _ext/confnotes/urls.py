"""URLs: which may become links, and how they are shown without credentials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

from confnotes.invisible_characters import strip_invisible

_SCHEMES = frozenset({"http", "https", "mailto"})
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f-\x9f\ud800-\udfff\"<>\\^`{|}]")
_REDIRECT = re.compile(r"https?://(?:www\.)?google\.com/url\?[^\s()<>\[\]\"']+")
_USER = re.compile(r"^(\w+://)[^/?#]*@")
_SECRET = re.compile(
    r"([?&;#](?=[\w.-]*(?:token|secret|passw(?:or)?d|signature|credential|api_?key)"
    r"|(?:auth|key|sig|sid|session(?:id)?)=)[\w.-]++=)[^&;#]+",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|invalid|localhost|test)\.?", re.IGNORECASE
)


def unwrap_redirects(text: str) -> str:
    """Return ``text`` with the redirects of Google Docs in it replaced by their targets."""
    return _REDIRECT.sub(_unwrapped, text) if "/url?" in text else text


def iter_redirects(text: str) -> Iterator[str]:
    """Yield the redirects in ``text`` that :func:`unwrap_redirects` replaces."""
    return (found[0] for found in _REDIRECT.finditer(text) if _unwrapped(found) != found[0])


def _unwrapped(redirect: re.Match[str]) -> str:
    query = parse_qs(urlsplit(redirect[0]).query)
    target = next(iter(query.get("q", []) or query.get("url", [])), "")
    return target if is_safe_url(target) else redirect[0]


def absolute_url(base: str, href: str) -> str:
    """Return ``href`` on the page ``base`` as an absolute URL, empty if it leads out of the web."""
    try:
        url = urljoin(base, href)
        return url if urlsplit(url).scheme in {"http", "https", "ftp"} else ""
    except ValueError:
        return ""


def is_safe_url(text: str) -> bool:
    """Return True if ``text`` is one absolute http, https or mailto URL without blanks or controls.

    Everything else (``javascript:``, ``data:``, ``file:``, a relative path) is no link.
    """
    if _UNSAFE.search(text) or strip_invisible(text) != text:
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        return False
    if parts.scheme not in _SCHEMES:
        return False
    return bool(host) if parts.scheme != "mailto" else "@" in parts.path


def strip_credentials(url: str) -> str:
    """Return ``url`` without user and password."""
    return _USER.sub(r"\1", url)


def redact(url: str) -> str:
    """Return ``url`` without user and password, and with ``…`` for secrets in its query."""
    return _SECRET.sub(r"\1…", strip_credentials(url))


def is_reserved_host(host: str) -> bool:
    """Return True if ``host`` is a name that RFC 2606 or 6761 reserves for examples and tests.

    In any letters that a resolver takes for it, such as ``ｅxample.org``.
    """
    return _RESERVED.fullmatch(unicodedata.normalize("NFKC", host)) is not None
