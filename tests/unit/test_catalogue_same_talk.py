"""A talk that was given at several events, as its field says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest
from confnotes.catalogue import Catalogue
from confnotes.exports.api import api_files
from confnotes.exports.site import Site
from confnotes.pages import build_page
from confnotes.search.documents import search_documents

from tests.page_text import render_myst

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]

HOPS, KETTLES, PIPES = (
    "years/2029/hop-fest/day-1", "years/2030/kettle-days/day-1", "years/2031/pipe-days/day-1",
)  # fmt: skip
FILES = {
    f"{HOPS}.txt": "Hop Fest 2029 – Day 1\n\nPumps – Ana Ruiz\n\n• barley\n",
    f"{KETTLES}.txt": (
        "Kettle Days 2030 – Day 1\n\nLids – Ana Ruiz\n\n• lid\n\n"
        "More about pumps – Ana Ruiz and Bo Li\nAlso at: hop fest 2029\n\n• kettle\n"
    ),
    f"{PIPES}.txt": (
        "Pipe Days 2031 – Day 1\n\nAll about pumps – Ana Ruiz\n"
        "Also at: Kettle Days 2030, PyCon 2014\n\n• pipe\n"
    ),
}
FIRST, SECOND, THIRD = f"{HOPS}#pumps", f"{KETTLES}#more-about-pumps", f"{PIPES}#all-about-pumps"


@pytest.fixture
def catalogue(catalogue_of: Make) -> Catalogue:
    return catalogue_of(FILES)


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        (HOPS, f"`Kettle Days 2030 <{SECOND}>` · {{conf:talk}}`Pipe Days 2031 <{THIRD}>`"),
        (KETTLES, f"`Hop Fest 2029 <{FIRST}>` · {{conf:talk}}`Pipe Days 2031 <{THIRD}>`"),
        (PIPES, f"`Kettle Days 2030 <{SECOND}>` · PyCon 2014"),
    ],
)  # fmt: skip
def test_each_leads_to_all_others(note: str, shown: str, catalogue: Catalogue) -> None:
    text = render_myst(build_page(catalogue, note)).replace("\\", "")
    assert text.count("Also at:") == 1
    line = text.partition("Also at:")[2].partition("\n")[0]
    assert line.endswith(f"{{conf:talk}}{shown}")
    assert line.count("conf:talk") == 2


def test_an_event_without_the_talk_is_named(catalogue_of: Make) -> None:
    first = f"{HOPS}.txt"
    lone = {first: FILES[first].replace("Ruiz\n", "Ruiz\nAlso at: Pipe Days 2031\n")}
    other = {f"{PIPES}.txt": FILES[f"{PIPES}.txt"].replace("Ana Ruiz\nAlso", "Bo Li\nAlso")}
    shown = render_myst(build_page(catalogue_of({**lone, **other}), HOPS))
    assert "{conf:event}`Pipe Days 2031 <2031/pipe-days>`" in shown.partition("Also at")[2]


def test_data_refers_to_it(catalogue: Catalogue) -> None:
    files = dict(api_files(catalogue, Site("Notes", "", "{}.html".format)))
    also = {talk["id"]: talk["also"] for talk in json.loads(files["api/talks.json"])}
    assert also == {
        FIRST: [SECOND, THIRD],
        SECOND: [FIRST, THIRD],
        f"{KETTLES}#lids": [],
        THIRD: [FIRST, SECOND],
    }


def test_search_finds_it_once_by_all_that_was_noted(catalogue: Catalogue) -> None:
    documents = {one.meta["url"]: one for one in search_documents(catalogue, str, "en")}
    assert [*documents] == [f"{KETTLES}#lids", f"{PIPES}#all-about-pumps"]
    pumps = documents[f"{PIPES}#all-about-pumps"]
    texts = " ".join(text for _weight, text in pumps.texts)
    for word in ("barley", "kettle", "pipe"):
        assert word in texts
    for event in ("Hop Fest 2029", "Kettle Days 2030", "Pipe Days 2031"):
        assert ("event", event) in pumps.facets
    for year in ("2029", "2030", "2031"):
        assert ("year", year) in pumps.facets
