"""Digests of values, which are compared in their place."""

from __future__ import annotations

import hashlib


def digest(*parts: str | bytes) -> str:
    """Return what changes with any of ``parts``, or with where one ends."""
    made = hashlib.blake2b(digest_size=12)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "little") + data)
    return made.hexdigest()
