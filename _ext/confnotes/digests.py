"""Digests of values."""

from __future__ import annotations

import hashlib


def digest(*parts: str | bytes) -> str:
    """Return a digest of ``parts`` and of their lengths."""
    made = hashlib.blake2b(digest_size=12)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "little") + data)
    return made.hexdigest()
