"""Lists of people with the family name first: ``Ruiz, Ana; Li, Bo``."""

from __future__ import annotations

import re

from confnotes.names import DEGREES, name_key
from confnotes.notes.entities.name_model import name_score
from confnotes.notes.entities.name_shape import is_possible_name
from confnotes.notes.entities.roles_and_employers import has_role, is_affiliation

_BETWEEN = re.compile(r"\s*;\s*|,?\s+(?:and|&|und|et|y)\s+")
_PAIR = re.compile(
    r"(?P<family>[^\W\d_][^,()\d]*),\s*(?P<given>[^\W\d_][^,()\d]*?)(?P<more>\s*\([^()]*\))?"
)
_MIN_SCORE = 0.0
_MAX_LENGTH = 700


def given_names_first(value: str, *, is_one: bool) -> str:
    """Return ``Ana Ruiz; Bo Li`` for ``Ruiz, Ana; Li, Bo``, any other value as it is.

    A single pair of words is a person only if ``is_one``, as in a field called ``Speaker``.
    """
    if "," not in value or len(value) > _MAX_LENGTH:
        return value
    pairs = [pair for part in _BETWEEN.split(value) if (pair := _PAIR.fullmatch(part.strip()))]
    if len(pairs) < len(_BETWEEN.split(value)):
        return value
    if len(pairs) == 1 and not (is_one and " " not in pairs[0]["family"].strip()):
        return value
    names = [f"{pair['given']} {pair['family']}" for pair in pairs]
    if any(name_key(pair["given"]) in DEGREES for pair in pairs) or not all(map(_is_name, names)):
        return value
    return "; ".join(f"{name}{pair['more'] or ''}" for name, pair in zip(names, pairs, strict=True))


def _is_name(name: str) -> bool:
    is_other = has_role(name) or is_affiliation(name)
    return not is_other and is_possible_name(name) and name_score(name) > _MIN_SCORE
