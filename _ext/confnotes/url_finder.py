"""Find URLs in running text.

A URL with a scheme counts wherever it stands. A bare host counts only if it can hardly be anything
else: in lower case, with a known top-level domain, and unlike the name of a file, of a product or
a missing blank after a sentence. ``guide/links.md`` has the rule with examples. The time is linear
in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkify_it.tlds import TLDS  # type: ignore[import-untyped]

_GENERIC = frozenset({"biz", "com", "dev", "edu", "gov", "mil", "net", "org"})
_KNOWN = _GENERIC.union(domain.lower() for domain in TLDS if len(domain) == 2)
FILES = frozenset("ac am as cc gz la md mk ml pl pm ps py rs sc sh so st tf vi".split())
"""Country codes that are file suffixes, too: ``conf.py``."""
WORDS = frozenset("at be by do es id in is it me my no to us".split())
"""Country codes that are words, or attributes in code: ``that.is``, ``user.id``."""
PRODUCTS = frozenset({"ado.net", "asp.net", "socket.io", "vb.net"})
_CONFERENCES = ".conf.au"
"""Host names in this domain are names of conferences."""

_CONTROLS = r"\x00-\x1f\x7f-\x9f\ud800-\udfff"
_STOP = rf"{_CONTROLS}\s<>\"`|\\^“”„‟«»‹›‘’‚‛「」『』【】《》〈〉（）。、，；：？！…—"
_BODY = rf"(?:(?![,;()\[\]{{}}'*](?:https?|ftp)://)[^{_STOP}])"
_URL = re.compile(
    rf"(?P<schemed>(?<![^\W_])(?i:https?|ftp)://(?=[\w\[]){_BODY}+)"
    r"|(?P<mailto>(?<![^\W_])(?i:mailto):[\w.+-]+@\w[\w.-]*)"
    r"|(?<![\w.+-])[\w.+-]++@[\w.-]+"  # somebody's address, or a remote: no link
    r"|(?<![\w.@/\\=$%&~+-])"
    r"(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,18})(?![\w@-]|\.[\w-])"
    rf"(?P<rest>(?::\d{{1,5}})?(?:[/?#]{_BODY}*)?)"
)
_TRAILING = ".,:;!?'*_~–"
_CLOSERS = {")": "(", "]": "[", "}": "{"}


def find_urls(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, url) of each address in ``text``, in order, none overlapping."""
    return list(_iter_urls(text)) if "." in text or ":" in text else []


def _iter_urls(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _URL.finditer(text):
        if match.lastgroup is None:
            continue
        start, end = match.start(), match.start() + _trim(match.group())
        typed = text[start:end]
        if match["host"]:
            if _is_host(match["host"], typed.removeprefix(match["host"])):
                yield start, end, f"http://{typed}"
        elif typed[-1] not in ":/" or typed.count("/") > 2:
            yield start, end, typed


def _trim(url: str) -> int:
    """Return how much of ``url`` is left without stray brackets and closing punctuation."""
    opened: list[int] = []
    end = len(url)
    for at, char in enumerate(url):
        if char in "([{":
            opened.append(at)
        elif char in _CLOSERS:
            if not opened or url[opened[-1]] != _CLOSERS[char]:
                end = at
                break
            opened.pop()
    return len(url[: min([end, *opened[:1]])].rstrip(_TRAILING))


def _is_host(host: str, rest: str) -> bool:
    """Return True if ``host``, followed by ``rest`` (port, path), is an address and not prose."""
    *labels, domain = host.split(".")
    if host in PRODUCTS or domain not in _KNOWN:
        return False
    if labels[0] == "www" and len(labels) > 1:
        return True
    if domain in FILES:
        return False
    if "/" in rest:
        return True
    return domain not in WORDS and len(labels[-1]) > 1 and not host.endswith(_CONFERENCES)
