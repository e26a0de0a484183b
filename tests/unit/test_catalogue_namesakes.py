"""Two people of one name: an id after the name says whose talk it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest
from confnotes.catalogue import Catalogue
from confnotes.exports.api import api_files
from confnotes.exports.json_ld import json_ld_graph
from confnotes.exports.site import Site
from confnotes.pages import build_page
from confnotes.pages.cross_references import face
from confnotes.search.documents import search_documents
from confnotes.search.named_entries import named_entries

from tests.page_text import render_myst

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]

BREWER = {"speakers/ana-ruiz-brewer.md": "# Ana Ruiz\n\nBrews.\n"}
CHEMIST = {"speakers/ana-ruiz-chemist.md": "---\nname: Ana Ruíz\n---\n"}
NOTE = "years/2031/pipe-days/session-1"
FILES = {
    **BREWER,
    **CHEMIST,
    f"{NOTE}.txt": (
        "Pipe Days 2031 – Day 1 – Session 1\n\n"
        "Hops – Ana Ruiz [ana-ruiz-brewer]\n\n• on hops\n\n"
        "Acids\nSpeakers: Ana Ruiz [ana-ruiz-chemist]\n\n• on acids, and Ana Ruiz of old\n\n"
        "Glue – Ana Ruiz\n\n• on glue\n"
    ),
}
SITE = Site("Notes", "https://example.org/", lambda docname: f"{docname}.html")


@pytest.fixture
def catalogue(catalogue_of: Make) -> Catalogue:
    return catalogue_of(FILES)


def test_each_has_the_talks_of_their_id(catalogue: Catalogue) -> None:
    titles = {
        slug: [talk.title for talk in talks] for slug, talks in catalogue.talks_by_person.items()
    }
    assert titles == {
        "ana-ruiz-brewer": ["Hops"],
        "ana-ruiz-chemist": ["Acids"],
        "ana-ruiz": ["Glue"],
    }
    assert catalogue.problems == ()


def test_a_bare_name_belongs_to_the_page_of_that_address(catalogue_of: Make) -> None:
    catalogue = catalogue_of({**FILES, "speakers/ana-ruiz.md": "# Ana Ruiz\n"})
    assert [talk.title for talk in catalogue.talks_by_person["ana-ruiz"]] == ["Glue"]
    assert catalogue.people["ana-ruiz"].label == "Ana Ruiz"


def test_the_only_page_of_a_name_has_its_bare_talks(catalogue_of: Make) -> None:
    catalogue = catalogue_of({**BREWER, f"{NOTE}.txt": FILES[f"{NOTE}.txt"]})
    assert {*catalogue.talks_by_person} == {"ana-ruiz-brewer"}
    assert catalogue.people["ana-ruiz-brewer"].label == "Ana Ruiz"


def test_pages_lists_and_notes_tell_them_apart(catalogue: Catalogue) -> None:
    index, brewer, note = (
        render_myst(build_page(catalogue, docname))
        for docname in ("speakers/index", "speakers/ana-ruiz-brewer", NOTE)
    )
    assert "{conf:speaker}`Ana Ruiz <ana-ruiz>`" in index
    assert "{conf:speaker}`Ana Ruiz (brewer) <ana-ruiz-brewer>`" in index
    assert "{conf:speaker}`Ana Ruíz (chemist) <ana-ruiz-chemist>`" in index
    assert r"Others of this name\: {conf:speaker}`Ana Ruíz (chemist) <ana-ruiz-chemist>`" in brewer
    assert "{conf:speaker}`Ana Ruiz <ana-ruiz-brewer>`" in note
    assert r"\(brewer\)" in note


def test_initials_are_those_of_the_name(catalogue: Catalogue) -> None:
    faces = [face(catalogue, slug).text for slug in catalogue.people]
    assert faces == ["AR", "AR", "AR"]


def test_a_text_that_names_both_mentions_neither(catalogue: Catalogue) -> None:
    assert "Mentions" not in render_myst(build_page(catalogue, NOTE))


def test_search_and_data_tell_them_apart(catalogue: Catalogue) -> None:
    hops, *_ = search_documents(catalogue, str, "en")
    assert ("speaker", "Ana Ruiz (brewer)") in hops.facets
    titles = [one.title for one in named_entries(catalogue, str) if one.kind == "people"]
    assert titles == ["Ana Ruiz", "Ana Ruiz (brewer)", "Ana Ruíz (chemist)"]
    speakers = json.loads(dict(api_files(catalogue, SITE))["api/speakers.json"])
    assert [(one["id"], one["name"], one["distinction"]) for one in speakers] == [
        ("ana-ruiz", "Ana Ruiz", ""),
        ("ana-ruiz-brewer", "Ana Ruiz", "brewer"),
        ("ana-ruiz-chemist", "Ana Ruíz", "chemist"),
    ]
    person = json_ld_graph(catalogue, "speakers/ana-ruiz-brewer", "Ana Ruiz", SITE)["@graph"][0]
    assert (person["name"], person["disambiguatingDescription"]) == ("Ana Ruiz", "brewer")


def test_an_id_without_a_page_is_shown_as_typed(catalogue_of: Make) -> None:
    text = "Pipe Days 2031 – Day 1\n\nHops – Bo Li [red-hat]\n\n• on hops\n"
    catalogue = catalogue_of({f"{NOTE}.txt": text})
    assert list(catalogue.people) == ["bo-li"]
    assert r"\(red\-hat\)" in render_myst(build_page(catalogue, NOTE))
