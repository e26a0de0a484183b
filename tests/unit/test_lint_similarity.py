"""Which names are one name typed twice."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from confnotes.lint import similarity

NEAR = [
    ("Marietta Kowalczyk", "Marieta Kowalczyk"),
    ("Steven Ellison", "Steven Elison"),
    ("Kowalczyk Marietta", "Marietta Kowalczyk"),
    ("Liting Chenoweth", "Li Ting Chenoweth"),
    ("Benjamin Okafor", "Ben Okafor"),
    ("C. Lindqvist", "Christopher Lindqvist"),
    ("Rosa Ibarra", "Rosa M. Ibarra"),
    ("Jon Holgersen", "John Holgersen"),
    ("Rosalind Ibarra", "Rosalnid Ibarra"),
    ("Marietta Kowalczyk", "Marietta Kowalzcyk"),
]
FAR = [
    ("Daniel Weiss", "Daniela Weiss"),
    ("Simon Weiss", "Simone Weiss"),
    ("Antonio Weiss", "Antonia Weiss"),
    ("Tim Weiss", "Tom Weiss"),
    ("Ann Li", "Ann Lu"),
    ("Rosa Ibarra", "Rosa Ibanez"),
    ("Zoë Ibarra", "zoe ibarra"),
    ("Marietta", "Marieta"),
]


@pytest.mark.parametrize("pair", NEAR, ids=" / ".join)
def test_may_be_one(pair: tuple[str, str]) -> None:
    assert [{one, other} for one, other, _ in similarity.find_similar_names(pair)] == [{*pair}]


@pytest.mark.parametrize("pair", FAR, ids=" / ".join)
def test_are_two(pair: tuple[str, str]) -> None:
    assert similarity.find_similar_names(pair) == []


def test_an_initial_that_fits_two_tells_nothing() -> None:
    people = ["C. Lindqvist", "Christopher Lindqvist", "Cecilia Lindqvist"]
    assert similarity.find_similar_names(people) == []


def test_first_names_alike_in_a_family_of_many() -> None:
    crowd = [f"{first} Weiss" for first in ("Ana", "Bernhard", "Cecilia", "Dorothea", "Emil")]
    people = [*crowd, "Berhnard Weiss", "Dorohtea Weiss", "E. Weiss", "Emil K. Weiss"]
    assert [pair[:2] for pair in similarity.find_similar_names(people)] == [
        ("Berhnard Weiss", "Bernhard Weiss"),
        ("Dorohtea Weiss", "Dorothea Weiss"),
        ("E. Weiss", "Emil K. Weiss"),
        ("E. Weiss", "Emil Weiss"),
        ("Emil K. Weiss", "Emil Weiss"),
    ]


def test_no_slip_is_looked_for_in_a_word_or_title_of_any_length() -> None:
    word = "queue" * 4000
    people = [f"{word} Weiss", f"{word}s Weiss", f"Ana {word}", f"Ana {word}s"]
    assert similarity.find_similar_names(people) == []
    title = " queue" * 4000
    assert list(similarity.similar_titles([f"Containers{title}", f"Cotnainers{title}"])) == []


def test_each_pair_once() -> None:
    assert len(similarity.find_similar_names(["Ben Okafor", "Ben Okafor", "Benjamin Okafor"])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Containers", "container"), ("Micro services", "Microservices"), ("Kuberntes", "Kubernetes")],
)
def test_titles_that_are_one(one: str, other: str) -> None:
    assert len(list(similarity.similar_titles([one, other]))) == 1


@pytest.mark.parametrize(("one", "other"), [("IPv4", "IPv6"), ("Go", "Git"), ("Linux", "Linus")])
def test_titles_that_are_two(one: str, other: str) -> None:
    assert list(similarity.similar_titles([one, other])) == []


def test_nearest_of_several_is_nobody() -> None:
    assert similarity.unambiguous_match("Watre", ["Water", "Steam"]) == "Water"
    assert similarity.unambiguous_match("Waper", ["Water", "Wafer"]) == ""
    assert similarity.unambiguous_match("Smoke", ["Water", "Steam"]) == ""


@pytest.mark.parametrize(("typed", "known"), [("Steam", "Teams"), ("Terms", "Teams")])
def test_another_word_is_no_slip(typed: str, known: str) -> None:
    assert similarity.unambiguous_match(typed, [known]) == ""


@pytest.mark.skipif("CONFNOTES_SHARED" not in os.environ, reason="CONFNOTES_SHARED names no folder")
def test_real_names_have_few_twins() -> None:
    path = Path(os.environ["CONFNOTES_SHARED"]) / "data" / "pyvideo-talks.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        people = {name for line in lines for name in json.loads(line)["speakers"] or ()}
    assert 100 < len(similarity.find_similar_names(people)) < len(people) / 25
