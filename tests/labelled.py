"""Labels of real notes against what the reader finds: talks, speakers, and how sure it says it is.

A label is a JSON file of ``talks``: each with ``title`` or ``accept_titles``, ``speakers``, and
``sure: low`` where people may disagree, which counts neither way.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from confnotes.notes.pipeline import read_posts

if TYPE_CHECKING:
    from confnotes.model import Talk

_MIN_TALKS = 5
"""Fewer talks of a shape say nothing about it."""
Label: TypeAlias = Mapping[str, Any]


@dataclass
class Found:
    """What is read of a note: labels with their talks, and talks that no label has."""

    pairs: list[tuple[Label, Talk | None]]
    extra: list[Talk]

    @property
    def right(self) -> list[Talk]:
        """The talks whose title and speakers are right."""
        return [talk for label, talk in self.pairs if talk and _said(label) == _read(talk)]

    @property
    def judged(self) -> list[tuple[Talk, bool]]:
        """The talks that count, and which of them are right."""
        right = {id(talk) for talk in self.right}
        found = [*filter(None, (talk for _, talk in self.pairs)), *self.extra]
        return [(talk, id(talk) in right) for talk in found]

    @property
    def faults(self) -> list[str]:
        """What is wrong, for people."""
        wrong = [
            f"{label.get('title')}: {'not found' if talk is None else ', '.join(_read(talk))}"
            for label, talk in self.pairs
            if talk is None or _said(label) != _read(talk)
        ]
        return wrong + [f"line {talk.line} is no talk: {talk.title}" for talk in self.extra]


@dataclass
class Totals:
    """Sums over notes."""

    wanted: int = 0
    found: int = 0
    extra: int = 0
    right: int = 0

    def add(self, found: Found) -> None:
        self.wanted += len(found.pairs)
        self.found += sum(talk is not None for _, talk in found.pairs)
        self.extra += len(found.extra)
        self.right += len(found.right)

    def __str__(self) -> str:
        wanted, read = max(self.wanted, 1), max(self.found + self.extra, 1)
        return (
            f"{self.wanted:5} talks: recall {self.found / wanted:6.1%}, precision "
            f"{self.found / read:6.1%}, right speakers {self.right / wanted:6.1%}"
        )


@dataclass
class Report:
    """Totals by tier, language and shape, and how often a claimed confidence is right."""

    groups: defaultdict[str, Totals] = field(default_factory=lambda: defaultdict(Totals))
    claims: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, label: Label, found: Found) -> None:
        for key in ("tier", "lang", "shape", "form"):
            if value := label.get(key):
                self.groups[f"{key} {value}"].add(found)
        self.groups["all"].add(found)
        for talk, is_right in found.judged:
            sure = min((guess.confidence for guess in talk.guesses), default=1.0)
            self.claims.append((sure, is_right))

    def __str__(self) -> str:
        rows = [
            f"  {name:24} {totals}"
            for name, totals in sorted(self.groups.items())
            if totals.wanted >= _MIN_TALKS
        ]
        rows += ["", "How sure the reader says it is, and how often it is right:"]
        rows += claims_table(self.claims)
        return "\n".join(rows)


def claims_table(claims: Iterable[tuple[float, bool]]) -> Iterator[str]:
    """Yield a line for each tenth of confidence: what is claimed, and how often it is right."""
    tenths: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, is_right in claims:
        tenths[int(sure * 10)].append((sure, is_right))
    for _, group in sorted(tenths.items()):
        claimed = sum(sure for sure, _ in group) / len(group)
        real = sum(is_right for _, is_right in group) / len(group)
        yield f"  claimed {claimed:4.0%}   real {real:4.0%}   of {len(group)} talks"


def compare(label: Label, talks: Sequence[Talk]) -> Found:
    """Pair labelled talks with those that are read."""
    left, pairs = list(talks), []
    for want in sorted(label["talks"], key=lambda talk: bool(talk.get("sure") == "low")):
        titles = {_fold(t) for t in want.get("accept_titles") or [want.get("title")] if t}
        hit = next((talk for talk in left if _fold(talk.title) in titles), None)
        if hit is None and not titles:
            hit = next((talk for talk in left if _said(want) and _said(want) == _read(talk)), None)
        unsure = want.get("sure") == "low"
        if hit is None and unsure:
            left = [talk for talk in left if talk.line != want.get("line")]
        left = [talk for talk in left if talk is not hit]
        if not unsure:
            pairs.append((want, hit))
    return Found(pairs, left)


def read_labelled(label: Label, text: Path) -> Found:
    """Read the note at ``text`` and compare it with its label."""
    notes = read_posts(text.read_bytes(), label.get("path") or label.get("file") or text.name)
    return compare(label, [talk for note in notes for talk in note.talks])


def labels(folder: Path) -> Iterator[Label]:
    """Yield the labels of a folder."""
    for path in sorted(folder.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(label, dict) and "talks" in label and not label.get("skip"):
            yield label


def report(folder: Path, texts: Iterable[Path]) -> Report:
    """Return how the labelled notes are read whose texts are in one of ``texts``."""
    made = Report()
    for label in labels(folder):
        text = next((path for place in texts if (path := place / label["file"]).is_file()), None)
        if text is not None:
            made.add(label, read_labelled(label, text))
    return made


def _said(label: Label) -> set[str]:
    return {_fold(one if isinstance(one, str) else one["name"]) for one in label["speakers"]}


def _read(talk: Talk) -> set[str]:
    return {_fold(speaker.name) for speaker in talk.speakers}


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text or "")
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^\w]+|_", " ", plain).strip()
