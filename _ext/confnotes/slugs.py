"""Slugs: permanent parts of URLs, from titles and names."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from confnotes.grouping import group
from confnotes.names import normalize

RESERVED = frozenset({"index", "search", "genindex", "modindex", "api", "feed", "404"})
_MAX_LENGTH = 80
_GAP = re.compile("[^a-z0-9]+")


def slugify(text: str) -> str:
    """Return ``text`` as ``[a-z0-9-]+``.

    If letters of other scripts are lost, a hash of the text keeps the slug unique. The same text
    has the same slug on every machine.
    """
    folded = normalize(text).replace("c++", "cpp").replace("c#", "csharp")
    words = _GAP.sub("-", folded.replace("'", "").replace("’", "")).strip("-")
    short = words if len(words) <= _MAX_LENGTH else words[:_MAX_LENGTH].rsplit("-", 1)[0]
    lost = not folded.isascii() and any(c.isalpha() and not c.isascii() for c in folded)
    if lost or not short or short in RESERVED:
        return f"{short}-{slug_suffix(text)}".lstrip("-")
    return short


def slug_suffix(text: str) -> str:
    """Return what tells one slug from another: six hexadecimal digits of a hash of ``text``."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def unique_slugs(titles: Mapping[str, str]) -> dict[str, str]:
    """Return a slug for each identity of ``titles`` (identity → title), all different.

    On a clash each gets a hash of its identity, so no slug depends on the order.
    """
    slugs = {identity: slugify(title) for identity, title in titles.items()}
    counts = Counter(slugs.values())
    return {
        identity: slug if counts[slug] == 1 else f"{slug}-{slug_suffix(identity)}"
        for identity, slug in slugs.items()
    }


def case_collisions(paths: Iterable[str]) -> list[list[str]]:
    """Return the groups of ``paths`` that differ only in case."""
    groups = group((path.casefold(), path) for path in paths).values()
    return [sorted(same) for same in groups if len(same) > 1]
