"""How much a phrase looks like the name of a person.

A linear model over the letters and the shape of the words: positive means a
name, each unit being one of log-odds. The weights are in ``name_model.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from confnotes.names import PARTICLES, normalize
from confnotes.notes.entities.unspaced_names import unspaced_name_score
from confnotes.notes.languages.patterns import is_unspaced, phrase_set

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?|\d+")
_PARTICLES = PARTICLES | {"y", "e", "bin", "ibn", "ben"}
_INNER_CAPITAL = re.compile(r"(?!Mc|Mac|De|Di|La|Le|Van|Von|O['’])\w*[^\W\d_A-Z][A-Z]")
_MARKS = re.compile(r"[?!:;%$*=<>\[\]{}+/\\|&#@_]|\.\.|\. [a-z]")
_MAX_LENGTH = 160
_GIVEN = 2.0
"""Log-odds for a phrase of several words that begins with a given name the model has not met."""


def extract_features(text: str) -> list[str]:
    """Return what the model sees of ``text``: ``=word``, letter groups, ``#words``, ``~shape``."""
    words = _WORD.findall(text[:_MAX_LENGTH])
    found = [f"#{min(len(words), 7)}"]
    small = initials = inner = capitals = numbers = 0
    for word in words:
        bare = normalize(word).strip(".")
        if word[0].isdigit():
            numbers += 1
        elif bare in _PARTICLES and len(words) > 2:
            found.append("~particle")
        elif len(bare) == 1:
            initials += 1
        else:
            found.append(f"={bare}")
            found.extend(_letters(bare))
            small += word[0].islower()
            capitals += word.isupper()
            inner += bool(_INNER_CAPITAL.match(word))
    counts = {"small": small, "initial": initials, "inner": inner, "number": numbers}
    counts["capitals"] = capitals
    found.extend(f"~{shape}{min(n, 2)}" for shape, n in counts.items() if n)
    if len(words) > 1 and not small and not numbers:
        found.append("~proper")
    if _MARKS.search(text[:_MAX_LENGTH]):
        found.append("~marks")
    return found


def _letters(word: str) -> list[str]:
    framed = f"^{word}$"
    groups = sorted({framed[i : i + 3] for i in range(len(framed) - 2)})
    return [*groups, framed[-4:]] if len(framed) > 5 else groups


@lru_cache(maxsize=4096)
def name_score(text: str) -> float:
    """Return the log-odds that ``text`` is one person's name and not a piece of a title."""
    if is_unspaced(text):
        return unspaced_name_score(text)
    weights = _weights()
    score = weights["bias"] + sum(weights.get(feature, 0.0) for feature in extract_features(text))
    first = normalize(text.partition(" ")[0])
    is_new = f"={first}" not in weights and first in phrase_set("names.given")
    return score + _GIVEN * (is_new and " " in text)


def has_given_name(text: str) -> bool:
    """Return True if ``text`` begins with a given name of the model or of a table."""
    first = normalize(text.partition(" ")[0])
    return _weights().get(f"={first}", 0.0) > 0 or first in phrase_set("names.given")


def find_given_name(words: Sequence[str], default: int) -> int:
    """Return the place of the first given name among ``words`` but the last, else ``default``."""
    return next((n for n, word in enumerate(words[:-1]) if has_given_name(word)), default)


@cache
def _weights() -> dict[str, float]:
    """Return the weights of the table that ships."""
    return parse_table(Path(__file__).with_suffix(".txt").read_text("utf-8"))


def parse_table(text: str) -> dict[str, float]:
    """Read a table: on each row a weight, then the features that have it."""
    table: dict[str, float] = {}
    for row in text.splitlines():
        if row and not row.startswith("//"):
            weight, *group = row.split(" ")
            table.update(dict.fromkeys(group, float(weight)))
    return table
