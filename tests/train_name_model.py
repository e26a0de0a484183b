"""Train the table of the name model: ``make name-model``.

The data have one talk a line, as JSON with ``title``, ``speakers`` and ``tags``. Names of speakers
are examples of the class *name*, with names made of the given names in the tables of languages and
the family names of the data. Titles, runs of words out of them and tags are examples of the other.
A logistic regression is fitted to the features of
:func:`confnotes.notes.entities.name_model.extract_features`. A tenth of the phrases, chosen by
hash, is held back, and tells how good the table is, beside the one that ships. The same data give
the same table.

The weights of the reader were set with the table that ships, ``name_model.txt`` in
``notes/entities``: copy a new one there only if ``make accuracy`` does not fall.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from confnotes.names import name_key
from confnotes.notes.entities import name_model
from confnotes.notes.languages.patterns import is_unspaced
from confnotes.notes.languages.phrase_tables import phrases

SHIPPED = Path(name_model.__file__).with_suffix(".txt")
TABLE = Path("_build", "name_model.txt")
DATA = Path(os.environ.get("CONFNOTES_SHARED", ""), "data", "pyvideo-talks.jsonl.gz")

HELD_BACK = 0.1
MIN_EXAMPLES = 8
"""A word or group of letters counts if so many examples have it."""
NAMES_OF_TABLES = 4
"""Names made of each given name in the tables of languages."""
EPOCHS = 6
RATE = 0.3
L2 = 5e-5
PRIOR = 2.0
"""Log-odds to add: the reader asks about names as often as about titles, the data have fewer."""
STEP = 0.5
"""Weights are rounded to multiples of this, so that a small table holds them."""

_NAME = re.compile(r"[^\W\d_][^\d_,;:/&|()\[\]+@#!?]*(?<!\W)\.?")
_NO_NAME = re.compile(r"\b(?:and|with|team|group|panel|speakers?|unknown|various)\b", re.IGNORECASE)
_PARTS = re.compile(r"\s+[-–—|]+\s+|:\s+|\s*[()\[\]]\s*|,\s+")
_HEADER = """\
// Weights for name_model.py: log-odds that a phrase is a person's name; a weight, then its
// features. ^ and $ stand for the ends of a word. Written by tests/train_name_model.py, which
// describes the data: the talks of pyvideo (CC0).
"""


class Example(NamedTuple):
    """A phrase of the data, and whether it is a name."""

    text: str
    is_name: bool


def read(path: Path) -> Iterator[Mapping[str, object]]:
    """Yield the talks of the data."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def examples(talks: Iterable[Mapping[str, object]]) -> list[Example]:
    """Return every example of ``talks`` once, in an order without meaning.

    Names in scripts without blanks have rules of their own.
    """
    names: dict[str, str] = {}
    texts: set[str] = set()
    for talk in talks:
        texts.update(_phrases(" ".join(str(talk["title"]).split())))
        texts.update(tag for tag in _strings(talk.get("tags")) for tag in (tag, tag.title()))
        for name in _strings(talk["speakers"]):
            if len(name) > 1 and _NAME.fullmatch(name) and not _NO_NAME.search(name):
                names.setdefault(name_key(name), name)
    found = {Example(name, is_name=True) for name in names.values()}
    found |= {Example(text, is_name=False) for text in texts if not _has_name(text, names)}
    return sorted(
        (one for one in found if not is_unspaced(one.text)), key=lambda one: (_hash(one.text), one)
    )


def _strings(values: object) -> list[str]:
    found = values if isinstance(values, list) else []
    return [" ".join(str(value).split()) for value in found]


def _phrases(title: str) -> Iterator[str]:
    """Yield a title, its parts, and runs of one to four words of it."""
    yield title
    yield from filter(None, _PARTS.split(title))
    words = title.split()
    for size in range(1, 5):
        if len(words) > size:
            start = int(_hash(f"{size} {title}") * (len(words) - size + 1))
            yield " ".join(words[start : start + size]).strip(" ,;:.")


def _has_name(text: str, names: Mapping[str, str]) -> bool:
    """Return True if a known name of several words is in ``text``, or all of it."""
    words = name_key(text).split()
    runs = (words[i : i + n] for n in (2, 3) for i in range(len(words) - n + 1))
    return not words or name_key(text) in names or any(" ".join(run) in names for run in runs)


def _hash(text: str) -> float:
    """Return a number from 0 to 1 that is the same on every machine."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return int.from_bytes(digest) / 256**6


def split(found: Iterable[Example]) -> tuple[list[Example], list[Example]]:
    """Return what to train on and what to hold back; all spellings of a phrase go together."""
    sets: tuple[list[Example], list[Example]] = ([], [])
    for example in found:
        sets[_hash(f"split {name_key(example.text)}") < HELD_BACK].append(example)
    return sets


def names_of_tables(training: Iterable[Example]) -> list[Example]:
    """Return names made of given names of the tables and family names of the data."""
    full = (example.text.split() for example in training if example.is_name)
    family = sorted({words[1] for words in full if len(words) == 2})
    return [
        Example(f"{given} {family[int(_hash(f'{number} {given}') * len(family))]}", is_name=True)
        for given in phrases("names.given")
        for number in range(NAMES_OF_TABLES if family else 0)
    ]


def train(training: Iterable[Example]) -> dict[str, float]:
    """Fit a logistic regression: stochastic gradient descent, a rate for each feature (AdaGrad)."""
    ordered = sorted(set(training), key=lambda one: (_hash(one.text), one))
    rows = [(name_model.extract_features(text), is_name) for text, is_name in ordered]
    counts = Counter(feature for row, _ in rows for feature in set(row))
    kept = [
        (["bias", *(f for f in row if f[0] in "#~" or counts[f] >= MIN_EXAMPLES)], float(is_name))
        for row, is_name in rows
    ]
    weights: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(lambda: 1e-3)
    for _ in range(EPOCHS):
        for row, wanted in kept:
            score = sum(weights[feature] for feature in row)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - wanted
            for feature in row:
                slope = error + L2 * weights[feature]
                squares[feature] += slope * slope
                weights[feature] -= RATE * slope / math.sqrt(squares[feature])
    weights["bias"] += PRIOR
    steps = {feature: round(weight / STEP) * STEP for feature, weight in weights.items()}
    return {feature: weight for feature, weight in steps.items() if weight or feature == "bias"}


def table(weights: Mapping[str, float]) -> str:
    """Return the text of the file that ships."""
    groups: defaultdict[float, list[str]] = defaultdict(list)
    for feature, weight in weights.items():
        groups[weight].append(feature)
    rows = (f"{weight:g} {' '.join(sorted(groups[weight]))}\n" for weight in sorted(groups))
    return _HEADER + "".join(rows)


def report(weights: Mapping[str, float], held_back: Iterable[Example]) -> Iterator[str]:
    """Yield how good ``weights`` are on examples that they were not fitted to."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for text, is_name in held_back:
        features = name_model.extract_features(text)
        score = weights["bias"] + sum(weights.get(feature, 0.0) for feature in features)
        counts[score > 0, is_name] += 1
    right = counts[True, True] + counts[False, False]
    names = counts[True, True] + counts[False, True]
    yield f"held back {counts.total()} phrases, {names} of them names"
    yield f"accuracy  {right / max(counts.total(), 1):.4f}"
    yield f"precision {counts[True, True] / max(counts[True, True] + counts[True, False], 1):.4f}"
    yield f"recall    {counts[True, True] / max(names, 1):.4f}"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Train the table of the name model.")
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="talks, one JSON a line")
    parser.add_argument("--output", type=Path, default=TABLE, help="the table to write")
    arguments = parser.parse_args(argv)
    if not arguments.data.is_file():
        print(f"{arguments.data}: no such file; pass the data as argument", file=sys.stderr)
        return 2
    training, held_back = split(examples(read(arguments.data)))
    weights = train([*training, *names_of_tables(training)])
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(table(weights), encoding="utf-8")
    shipped = name_model.parse_table(SHIPPED.read_text("utf-8"))
    for path, found in ((arguments.output, weights), (SHIPPED, shipped)):
        print(f"{len(found)} weights in {path}", *report(found, held_back), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
