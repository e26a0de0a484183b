"""The index of names: what a reader loads for the word that was typed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from confnotes.search.name_index import MAX_BYTES, IndexEntry, name_index_files
from confnotes.search.words import segment, split_words


def answer(files: dict[str, str], word: str) -> dict[str, Any]:
    """Return the file that a browser loads for ``word``."""
    prefixes = json.loads(files["_search/index.json"])["prefixes"]
    prefix = max((one for one in prefixes if word.startswith(one)), key=len)
    name = "-".join(f"{ord(sign):x}" for sign in prefix) or "all"
    loaded: dict[str, Any] = json.loads(files[f"_search/{name}.json"])
    return loaded


def titles(files: dict[str, str], word: str) -> list[str]:
    return [row[1] for row in answer(files, word)["entries"]]


def people(number: int) -> list[IndexEntry]:
    return [
        IndexEntry("people", f"{'ABCDEFGHIJ'[n % 10]}na M{n:05}", f"speakers/{n}.html", weight=n)
        for n in range(number)
    ]


def test_a_small_site_is_one_file() -> None:
    files = dict(name_index_files(people(20), {"search": "search.html"}))
    assert sorted(files) == ["_search/all.json", "_search/index.json"]
    assert json.loads(files["_search/index.json"])["search"] == "search.html"


def test_no_file_is_large_and_every_name_is_found() -> None:
    everybody = people(13_000)
    files = dict(name_index_files(everybody, {}))
    assert max(len(content.encode()) for content in files.values()) <= MAX_BYTES
    for person in everybody[::997]:
        assert person.title in titles(files, split_words(person.title)[1])


def test_of_too_many_names_the_most_important_are_there() -> None:
    files = dict(name_index_files(people(13_000), {}))
    assert "Jna M12999" in titles(files, "m")


def test_one_word_of_too_many_names_stays_one_file() -> None:
    many = [IndexEntry("people", "Ana", f"speakers/{n}.html", weight=n) for n in range(3000)]
    files = dict(name_index_files(many, {}))
    assert max(len(content.encode()) for content in files.values()) <= MAX_BYTES
    assert "speakers/2999.html" in [row[2] for row in answer(files, "ana")["entries"]]


def test_a_name_comes_before_texts_that_have_it() -> None:
    texts = [IndexEntry("pages", "P", f"{n}.html", weight=1, text="Ana") for n in range(3000)]
    files = dict(name_index_files([*texts, IndexEntry("people", "Ana", "ana.html")], {}))
    assert "ana.html" in [row[2] for row in answer(files, "ana")["entries"]]


def test_a_name_is_found_by_other_names_and_a_page_by_its_text() -> None:
    entries = [
        IndexEntry("topics", "Kubernetes", "topics/kubernetes.html", names=("k8s",)),
        IndexEntry("pages", "Links", "guide/links.html", text="A waiver says why."),
        IndexEntry("people", "Ana Ruiz", "speakers/ana-ruiz.html"),
    ]
    files = dict(name_index_files([*entries, *people(2000)], {}))
    assert titles(files, "k8s") == ["Kubernetes"]
    found = answer(files, "waiver")
    assert [row[1] for row in found["entries"]] == ["Links"]
    assert found["texts"]["waiver"] == [0]


def test_a_word_of_the_title_that_the_text_repeats_stays_one_of_the_title() -> None:
    files = dict(name_index_files([IndexEntry("pages", "Waivers", "w.html", text="Waivers")], {}))
    assert answer(files, "waivers")["texts"] == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoë O’Brien", ["zoe", "obrien"]),
        ("linux.conf.au 2015", ["linux", "conf", "au", "2015"]),
        ("日本語のDocker入門", ["日", "本", "語", "の", "docker", "入", "門"]),
        ("कर्म की किताब।", ["कर्म", "की", "किताब"]),
        ("— …", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert split_words(text) == expected


def test_text_of_a_script_with_blanks_stays_as_it_is() -> None:
    assert segment("Queues: that never fill") == "Queues: that never fill"
