"""The measure of ``make accuracy`` holds what it once reached."""

from __future__ import annotations

import pytest

from tests.accuracy import CASES, Score, Talk, compare, shape, understood
from tests.case_files import read_case


def test_reading_is_as_good_as_it_was() -> None:
    total = Score()
    for folder in CASES.iterdir():
        total.add(shape(folder))
    assert total.heads.right / total.heads.wanted >= 0.98
    assert total.heads.invented / total.heads.wanted <= 0.02
    assert total.speakers.right / total.speakers.wanted >= 0.97
    assert total.speakers.invented / total.speakers.wanted <= 0.01


def test_every_case_says_what_is_right() -> None:
    cases = [path for path in CASES.rglob("*") if path.is_file()]
    assert len(cases) >= 60
    for path in cases:
        source, expected = read_case(path)
        lines = source.splitlines()
        for row in filter(None, expected.splitlines()):
            assert lines[int(row.partition(" | ")[0]) - 1].strip(), path


@pytest.mark.parametrize(
    ("read", "ratios"),
    [
        (Talk(3, "Tea", {"Bo Li": "Acme"}), "1/1 1/1 1/1 1/1"),
        (Talk(3, "Keynote: tea", {"bo li": ""}), "1/1 1/1 1/1 0/1"),
        (Talk(3, "Bo Li", {"Tea": ""}), "1/1 0/1 0/1 +1 0/1"),
        (Talk(4, "Tea", {"Bo Li": "Acme"}), "0/1 +1 0/1 0/1 0/1"),
    ],
)
def test_what_is_counted(read: Talk, ratios: str) -> None:
    score = compare([Talk(3, "Tea", {"Bo Li": "Acme"})], [read], "case")
    said = (score.heads, score.titles, score.speakers, score.affiliations)
    assert " ".join(map(str, said)) == ratios


def test_a_case_is_read_as_a_note() -> None:
    assert understood(
        "Kettle Days 2031 – Monday – Session 1\n\nTea – Bo Larsson\n\n• x\n", "a.txt"
    ) == [Talk(3, "Tea", {"Bo Larsson": ""})]
