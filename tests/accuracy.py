"""How much of what people type the reader gets right, shape by shape: ``make accuracy``.

The cases below ``tests/cases/accuracy/<shape>/`` are notes in our own words. After a line
``# output`` each has what a careful person reads in it, ``line | title | speaker (affiliation)``.
With the environment variable CONFNOTES_SHARED naming a folder that has
``data/pyvideo-talks.jsonl.gz``, the titles of real talks are typed as heads, too, in three orders,
one to a post and five to a post; and the labelled notes of ``reader/`` are read, with a table of
how sure the reader says it is and how often it is right. ``-v`` prints what was read wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import NamedTuple

from confnotes.names import name_key
from confnotes.notes.pipeline import read_note

from tests.case_files import read_case
from tests.labelled import report

CASES = Path(__file__).parent / "cases" / "accuracy"
ORDERS = {
    "Title – Speaker": "{title} – {speakers}",
    "Speaker – Title": "{speakers} – {title}",
    "Title by Speaker": "{title} by {speakers}",
}
_KIND = re.compile(r"^(?:keynote|panel|workshop|lightning talk)\s*[:–-]\s*", re.IGNORECASE)
_SPEAKER = re.compile(r"(?P<name>[^,()]+?)\s*(?:\((?P<affiliation>[^()]*)\))?(?:,\s*|$)")
_POST = 5


class Talk(NamedTuple):
    """What is compared: a heading's line, its title, affiliations by names."""

    line: int
    title: str
    speakers: Mapping[str, str]


@dataclass
class Ratio:
    """How many of ``wanted`` were found right, and how many were found that are not there."""

    right: int = 0
    wanted: int = 0
    invented: int = 0

    def __str__(self) -> str:
        said = f"{self.right}/{self.wanted}" if self.wanted else "–"
        return f"{said} +{self.invented}" if self.invented else said

    def add(self, other: Ratio) -> None:
        self.right += other.right
        self.wanted += other.wanted
        self.invented += other.invented


@dataclass
class Score:
    """What was read right in some notes; ``wrong`` says what was not, for people."""

    heads: Ratio = field(default_factory=Ratio)
    titles: Ratio = field(default_factory=Ratio)
    speakers: Ratio = field(default_factory=Ratio)
    affiliations: Ratio = field(default_factory=Ratio)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for column in _columns():
            getattr(self, column).add(getattr(other, column))
        self.wrong += other.wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("shapes", nargs="*", help="folders below tests/cases/accuracy; all without")
    parser.add_argument("-v", "--verbose", action="store_true", help="print what was read wrong")
    parser.add_argument("--every", type=int, default=1, help="take each Nth real title")
    parser.add_argument(
        "--texts", type=Path, nargs="+", default=[], help="folders of more texts of labelled notes"
    )
    arguments = parser.parse_args()
    shapes = {path.name: shape(path) for path in sorted(CASES.iterdir())
              if not arguments.shapes or path.name in arguments.shapes}  # fmt: skip
    if arguments.verbose:
        print("\n".join(line for score in shapes.values() for line in score.wrong), end="\n\n")
    print("\n".join(table(shapes)))
    shared = os.environ.get("CONFNOTES_SHARED")
    if shared and not arguments.shapes:
        reader = Path(shared) / "reader"
        print("\nLabelled notes:")
        print(report(reader / "labelled", [reader / "pages", *arguments.texts]))
        print("\nTitles of real talks, typed as heads and split right:")
        for line in real(Path(shared) / "data" / "pyvideo-talks.jsonl.gz", arguments.every):
            print(line, flush=True)
    elif not shared:
        print("\nFor titles of real talks, name their folder in CONFNOTES_SHARED.")
    return 0


def table(shapes: Mapping[str, Score]) -> Iterator[str]:
    yield f"{'shape':24}" + "".join(f"{name:>15}" for name in _columns())
    total = Score()
    for name, score in shapes.items():
        total.add(score)
        yield _row(name, score)
    yield _row("all", total)
    ratios = (getattr(total, name) for name in _columns())
    percents = (f"{one.right / max(one.wanted, 1):.1%}" for one in ratios)
    yield f"{'':24}" + "".join(f"{one:>15}" for one in percents)
    yield "right/wanted, +invented"


def _row(name: str, score: Score) -> str:
    return f"{name:24}" + "".join(f"{getattr(score, column)!s:>15}" for column in _columns())


def _columns() -> list[str]:
    return [one.name for one in fields(Score) if one.name != "wrong"]


# The cases


def shape(folder: Path) -> Score:
    """Return how well the cases of a folder are read."""
    total = Score()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        source, expected = read_case(path)
        wanted = [_expected(line) for line in expected.splitlines() if line]
        found = understood(source, path.relative_to(folder).as_posix())
        total.add(compare(wanted, found, f"{folder.name}/{path.name}"))
    return total


def understood(source: str, path: str) -> list[Talk]:
    """Return the talks that the reader finds."""
    note = read_note(source.encode(), path)
    return [
        Talk(talk.line, talk.title, {one.name: one.affiliation for one in talk.speakers})
        for talk in note.talks
    ]


def compare(wanted: Sequence[Talk], found: Sequence[Talk], name: str) -> Score:
    """Return the score of one note; a talk is known by the line of its heading."""
    score = Score()
    by_line = {talk.line: talk for talk in found}
    score.heads = Ratio(
        sum(talk.line in by_line for talk in wanted),
        len(wanted),
        len(by_line.keys() - {talk.line for talk in wanted}),
    )
    score.wrong = [
        f"{name}:{line} this is no head: {by_line[line].title}"
        for line in by_line.keys() - {talk.line for talk in wanted}
    ]
    for talk in wanted:
        read = by_line.get(talk.line)
        here = _talk(talk, read)
        score.add(here)
        if read is None:
            score.wrong.append(f"{name}:{talk.line} not found: {talk.title}")
        elif any(one.right != one.wanted or one.invented for one in
                 (here.titles, here.speakers, here.affiliations)):  # fmt: skip
            score.wrong.append(f"{name}:{talk.line} {_said(talk)}  READ AS  {_said(read)}")
    return score


def _talk(wanted: Talk, read: Talk | None) -> Score:
    names = {name_key(name): affiliation for name, affiliation in wanted.speakers.items()}
    found = {name_key(name): firm for name, firm in read.speakers.items()} if read else {}
    firms = {name: firm for name, firm in names.items() if firm}
    return Score(
        titles=Ratio(int(read is not None and is_title(read.title, wanted.title)), 1),
        speakers=Ratio(
            len(names.keys() & found.keys()), len(names), len(found.keys() - names.keys())
        ),
        affiliations=Ratio(
            sum(name_key(found.get(name, "")) == name_key(firm) for name, firm in firms.items()),
            len(firms),
            sum(bool(found[name]) and not names[name] for name in names.keys() & found.keys()),
        ),
    )


def is_title(read: str, wanted: str) -> bool:
    """Compare words and signs; the kind may stand before either of the two."""
    return _bare(read) == _bare(wanted)


def _bare(title: str) -> str:
    return " ".join(_KIND.sub("", title).casefold().split()).strip(" .")


def _said(talk: Talk) -> str:
    people = ", ".join(f"{name} ({firm})" if firm else name for name, firm in talk.speakers.items())
    return f"‘{talk.title}’ | {people}"


def _expected(line: str) -> Talk:
    number, title, people = (line + " ").split(" | ", 2)
    matches = _SPEAKER.finditer(people.strip())
    speakers = {match["name"].strip(): match["affiliation"] or "" for match in matches}
    return Talk(int(number), title.strip(), speakers)


# Titles of real talks


class Typed(NamedTuple):
    """A real talk; the speakers as one types them in a heading."""

    title: str
    speakers: tuple[str, ...]

    def head(self, order: str) -> str:
        *most, last = self.speakers
        joined = f"{', '.join(most)} and {last}" if most else last
        return ORDERS[order].format(title=self.title, speakers=joined)


def real(path: Path, every: int) -> Iterator[str]:
    """Yield a line for each order and each number of talks to a post."""
    talks = list(_typed(path))[::every]
    with ProcessPoolExecutor() as pool:
        for size in (1, _POST):
            posts = [talks[start : start + size] for start in range(0, len(talks), size)]
            for order in ORDERS:
                right = sum(pool.map(split_right, posts, [order] * len(posts), chunksize=200))
                share = right / max(len(talks), 1)
                yield f"  {order:18} {size} to a post  {right:6}/{len(talks)}  {share:.1%}"


def split_right(talks: Sequence[Typed], order: str) -> int:
    """Return how many of ``talks`` are split right when they are one post."""
    lines = ["Kettle Days 2031 – Monday – Session 1", ""]
    wanted: dict[int, Typed] = {}
    for talk in talks:
        wanted[len(lines) + 1] = talk
        lines += [talk.head(order), "", "  • first things first", "  • the rest follows", ""]
    read = {talk.line: talk for talk in understood("\n".join(lines), "monday-session-1.txt")}
    return sum(
        line in read
        and is_title(read[line].title, talk.title)
        and {*map(name_key, read[line].speakers)} == {*map(name_key, talk.speakers)}
        for line, talk in wanted.items()
    )


def _typed(path: Path) -> Iterator[Typed]:
    """Yield the talks that have a title and speakers whose names fit in a heading."""
    seen: set[Typed] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            talk = json.loads(line)
            title = " ".join((talk["title"] or "").split())
            names = (" ".join(name.split()) for name in talk["speakers"] or () if name_key(name))
            typed = Typed(title, tuple(dict.fromkeys(names)))
            if title and typed.speakers and typed not in seen:
                seen.add(typed)
                yield typed


if __name__ == "__main__":
    sys.exit(main())
