"""How sure a guess is: a logistic regression, fitted on labelled notes (``make confidence``)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from confnotes.notes import weights
from confnotes.notes.codes import GuessCode

NO_EVIDENCE: Mapping[str, float] = {}
_MAX_SCORE = 4.0
"""More log-odds than this make no guess surer."""


def confidence(
    code: GuessCode,
    score: float,
    agreement: float = -1.0,
    evidence: Mapping[str, float] = NO_EVIDENCE,
) -> float:
    """Return the probability that a guess is right, to two digits.

    ``score`` is in log-odds that names are those of people. ``agreement`` is the share of the
    sibling headings that are read in the same way, negative where there are none to tell.
    """
    found = features(code, agreement, evidence)
    log_odds = sum(weights.CONFIDENCE.get(name, 0.0) * value for name, value in found.items())
    return round(strength(score) * logistic(log_odds), 2)


def features(code: GuessCode, agreement: float, evidence: Mapping[str, float]) -> dict[str, float]:
    """Return the features of a guess for the regression, about a heading or about a speaker."""
    subject = "heading" if code is GuessCode.INFERRED_HEADING else "speaker"
    found = {subject: 1.0, **{name: _clamp(value) for name, value in evidence.items()}}
    if subject == "speaker":
        found[code.value] = 1.0
    if agreement >= weights.AGREE:
        found[f"{subject} alike"] = 1.0
    elif 0 <= agreement <= weights.DISAGREE:
        found[f"{subject} unlike"] = 1.0
    return found


def strength(score: float) -> float:
    """Return by what a score lowers confidence; too few labelled names are weak to fit it."""
    return logistic(_clamp(score)) / logistic(_MAX_SCORE)


def _clamp(log_odds: float) -> float:
    return max(-_MAX_SCORE, min(_MAX_SCORE, log_odds))


def logistic(log_odds: float) -> float:
    """Return log-odds as a probability."""
    return 1 / (1 + math.exp(-log_odds))
