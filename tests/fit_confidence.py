"""Fit how sure the reader is of its guesses: ``make confidence NOTES='FOLDER …'``.

Each folder has ``labels`` and ``texts`` as :mod:`tests.labelled` reads them, of notes that the
weights of the reader were not set with. A guess counts as right if title and speakers of its talk
are. The weights of a logistic regression are fitted to the features of
:func:`confnotes.notes.openings.confidence.features`; an author of many talks weighs less than
many authors. Copy the table that is printed into ``CONFIDENCE`` of ``notes/weights.py``. Below it
stands how sure guesses are, and how often they are right, where each author's are judged by
weights fitted to those of all others.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from confnotes.notes.codes import NoteCode
from confnotes.notes.openings import talk_builder
from confnotes.notes.openings.confidence import features, logistic, strength

from tests.labelled import claims_table, labels, read_labelled

FOLDS = 10
L2 = 0.5
"""The penalty on each weight, in examples."""
MIN_EXAMPLES = 5
"""A feature of fewer guesses says nothing."""
SWEEPS = 100


class Example(NamedTuple):
    """A guess: who wrote the note, what is known of it, and whether its talk is right."""

    author: str
    features: Mapping[str, float]
    strength: float
    is_right: bool


class _Recorded(float):
    """The strength of a guess, with its features."""

    features: Mapping[str, float]


def examples(folders: Iterable[Path]) -> Iterator[Example]:
    """Yield every guess about a talk of the labelled notes."""

    def record(
        code: NoteCode, score: float, agreement: float, evidence: Mapping[str, float]
    ) -> float:
        recorded = _Recorded(strength(score))
        recorded.features = features(code, agreement, evidence)
        return recorded

    with patch.object(talk_builder, "confidence", record):
        for folder in folders:
            for label in labels(folder / "labels"):
                text = folder / "texts" / label["file"]
                for talk, is_right in read_labelled(label, text).judged if text.is_file() else ():
                    for guess in talk.guesses:
                        if isinstance(sure := guess.confidence, _Recorded):
                            yield Example(label["author"], sure.features, sure, is_right)


def fit(training: Sequence[Example]) -> dict[str, float]:
    """Return the weights of a logistic regression: Newton's method, one weight at a time."""
    authors = Counter(one.author for one in training)
    rows: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, one in enumerate(training):
        for name, value in one.features.items():
            rows[name].append((place, value))
    weights = {name: 0.0 for name in sorted(rows) if len(rows[name]) >= MIN_EXAMPLES}
    odds = [0.0] * len(training)
    for name in [*weights] * SWEEPS:
        slope, curvature = -L2 * weights[name], L2
        for place, value in rows[name]:
            one, sure = training[place], logistic(odds[place])
            share = authors[one.author] ** -0.5
            slope += share * value * (one.is_right - sure)
            curvature += share * value * value * sure * (1 - sure)
        weights[name] += slope / curvature
        for place, value in rows[name]:
            odds[place] += slope / curvature * value
    return {name: round(weight, 2) for name, weight in weights.items()}


def cross_validate(found: Sequence[Example]) -> Iterator[tuple[Example, float]]:
    """Yield each example with its confidence, by weights fitted to other authors."""
    folds = {name: place % FOLDS for place, name in enumerate(sorted({e.author for e in found}))}
    for fold in range(FOLDS):
        weights = fit([one for one in found if folds[one.author] != fold])
        for one in found:
            if folds[one.author] == fold:
                odds = sum(weights.get(name, 0.0) * v for name, v in one.features.items())
                yield one, one.strength * logistic(odds)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Fit how sure the reader is of its guesses.")
    parser.add_argument("folders", nargs="+", type=Path, help="each has labels and texts")
    found = [*examples(parser.parse_args(argv).folders)]
    if not found:
        print("no guess about a labelled note in these folders", file=sys.stderr)
        return 2
    for name, weight in fit(found).items():
        print(f'    "{name}": {weight},')
    judged = [*cross_validate(found)]
    print("\nBy weights fitted to other authors:")
    print("\n".join(claims_table((sure, one.is_right) for one, sure in judged)))
    for code in NoteCode:
        if claims := [(sure, e.is_right) for e, sure in judged if code.value in e.features]:
            print(f"\n{code}:", *claims_table(claims), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
