"""URLs without the credentials that somebody typed into them."""

from __future__ import annotations

import re

_USER = re.compile(r"^(\w+://)[^/?#]*@")
_SECRET = re.compile(
    r"([?&;#](?:[\w.-]*(?:token|secret|passw(?:or)?d|signature|credential|api_?key)[\w.-]*"
    r"|auth|key|sig|sid|session(?:id)?)=)[^&;#]+",
    re.IGNORECASE,
)


def without_user(url: str) -> str:
    """Return ``url`` without user and password."""
    return _USER.sub(r"\1", url)


def redact(url: str) -> str:
    """Return ``url`` without user and password, and with ``…`` for secrets in its query."""
    return _SECRET.sub(r"\1…", without_user(url))
