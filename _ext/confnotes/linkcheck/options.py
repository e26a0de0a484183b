"""Options of a run of the link check, and of its requests."""

from __future__ import annotations

import base64
import re
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias
from urllib.parse import urlsplit

from confnotes.linkcheck.archive import WAYBACK

NAME = "confnotes"
"""The product token of this client in a ``User-agent:`` line of robots.txt."""
Patterns: TypeAlias = tuple[re.Pattern[str], ...]


def matches_any(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    """Return True if one of ``patterns`` matches the beginning of ``text``."""
    return any(pattern.match(text) for pattern in patterns)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """Options of all requests of a run; times are in seconds."""

    timeout: float = 30.0
    """For one URL with all its redirects."""
    min_delay: float = 1.0
    """Between two requests to one host."""
    max_wait: float = 30.0
    """A host whose ``Retry-After`` is longer gets no more requests in this run."""
    connections: int = 40
    allow_private: bool = False
    agent: str = f"Mozilla/5.0 (compatible; {NAME}; link check)"
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By origin, by URL, or for ``*``; a request has the first that apply."""
    auth: tuple[tuple[re.Pattern[str], str, str], ...] = ()
    """User and password for URLs that match a pattern."""
    tls: Mapping[str, ssl.SSLContext] = field(default_factory=dict)
    """By host; ``*`` is for all others."""
    ignore: Patterns = ()
    """URLs that get no request."""
    allowed_redirects: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = ()
    """Redirects, from and to, that are right even if they lead to a home page."""

    def headers_for(self, url: str) -> dict[str, str]:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        headers = {
            "User-Agent": self.agent,
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
        }
        for key in (origin, f"{origin}/", url, "*"):
            if key in self.headers:
                headers |= self.headers[key]
                break
        for pattern, user, password in self.auth:
            if pattern.match(url):
                pair = base64.b64encode(f"{user}:{password}".encode()).decode()
                return {**headers, "Authorization": f"Basic {pair}"}
        return headers

    def allows_redirect(self, url: str, target: str) -> bool:
        return any(old.match(url) and new.match(target) for old, new in self.allowed_redirects)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """Options of a run."""

    today: date
    fetch: FetchOptions = field(default_factory=FetchOptions)
    budget: float = 600
    """Seconds for the whole run."""
    archive: str = WAYBACK
    save_copies: bool = False
    """Ask the archive for a copy of each live URL that has none."""
    check_anchors: bool = True
    ignored_anchors: Patterns = ()
    ignored_anchor_pages: Patterns = ()
    refresh: bool = False
    """Also fetch URLs that are not due."""
    offline: bool = False
    only: str = ""
    """A regular expression; other URLs are not fetched and stay in the ledger."""
    prune: bool = True
    """Remove URLs without an occurrence from the ledger."""

    def wants_anchor(self, page: str, fragment: str) -> bool:
        return (
            self.check_anchors
            and not matches_any(self.ignored_anchors, fragment)
            and not matches_any(self.ignored_anchor_pages, page)
        )
