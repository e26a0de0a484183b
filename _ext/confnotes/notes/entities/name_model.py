"""How much a phrase looks like the name of a person.

A linear model over the letters and the shape of the words: positive means a
name, each unit being one of log-odds. The weights are in ``name_score.txt``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from confnotes.names import normalize

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?|\d+")
_PARTICLES = frozenset(
    "al af av da das de del della den der di dos du el la las le los ten ter van von zu zum "
    "zur y e bin ibn ben".split()
)
_INNER_CAPITAL = re.compile(r"(?!Mc|Mac|De|Di|La|Le|Van|Von|O['’])\w*[^\W\d_A-Z][A-Z]")
_MARKS = re.compile(r"[?!:;%$*=<>\[\]{}+/\\|&#@_]|\.\.|\. [a-z]")
_SCRIPTS_WITHOUT_BLANKS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MAX_LENGTH = 160


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
        elif _SCRIPTS_WITHOUT_BLANKS.match(word):
            found.append(f"~script{min(len(word), 6)}")
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
    weights = _weights()
    return weights["bias"] + sum(weights.get(feature, 0.0) for feature in extract_features(text))


@cache
def _weights() -> dict[str, float]:
    """Read ``name_score.txt``: a weight, then the features that have it."""
    table: dict[str, float] = {}
    text = files("confnotes.notes.entities").joinpath("name_model.txt").read_text("utf-8")
    for row in text.splitlines():
        if row and not row.startswith("//"):
            weight, *group = row.split(" ")
            table.update(dict.fromkeys(group, float(weight)))
    return table
