"""What a person's page says of the person: pronouns, website, ORCID iD, picture."""

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

from tests.page_text import render_myst

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]

PATH = "speakers/ana-ruiz.md"
FRONT = (
    "---\nname: Ana Ruiz\npronouns: they/them\nwebsite: https://ana.example.org\n"
    "orcid: https://orcid.org/0000-0002-1694-233X\npicture: pictures/ana.jpg\n---\n"
)
SITE = Site("Notes", "https://notes.example/", "{}.html".format, picture_path="_images/{}".format)
PICTURE = "https://notes.example/_images/speakers/pictures/ana.jpg"


def test_page_and_data_have_them(catalogue_of: Make) -> None:
    catalogue = catalogue_of({PATH: FRONT})
    assert catalogue.problems == ()
    made = build_page(catalogue, "speakers/ana-ruiz")
    assert made.picture == "speakers/pictures/ana.jpg"
    shown = render_myst(made)
    assert r"they\/them" in shown
    assert r"[Website](<https\:\/\/ana\.example\.org>)" in shown
    assert r"[ORCID](<https\:\/\/orcid\.org\/0000\-0002\-1694\-233X>)" in shown
    [record] = json.loads(dict(api_files(catalogue, SITE))["api/speakers.json"])
    fields = ("pronouns", "website", "orcid", "picture")
    assert [record[field] for field in fields] == [
        "they/them", "https://ana.example.org", "0000-0002-1694-233X", PICTURE,
    ]  # fmt: skip
    person = json_ld_graph(catalogue, "speakers/ana-ruiz", "Ana Ruiz", SITE)["@graph"][0]
    assert person["pronouns"] == "they/them"
    assert person["image"] == PICTURE
    assert person["identifier"] == "https://orcid.org/0000-0002-1694-233X"
    assert person["sameAs"] == [
        "https://ana.example.org", "https://orcid.org/0000-0002-1694-233X",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("orcid: 0000-0002-1694-2330", "is no ORCID iD: its last digit does not fit the others"),
        ("orcid: 0000-0002-1694-233x", "is no ORCID iD"),
        ("orcid: ana", "is no ORCID iD"),
        ("website: ana", "is no URL"),
        ("picture: https://ana.example.org/a.jpg", "is no picture"),
        ("picture: ana.pdf", "is no picture"),
    ],
)
def test_what_cannot_be_is_an_error_and_not_shown(
    line: str, message: str, catalogue_of: Make
) -> None:
    catalogue = catalogue_of({PATH: f"---\nname: Ana Ruiz\n{line}\n---\n"})
    [problem] = catalogue.problems
    assert (problem.line, problem.message) == (3, f"‘{line.partition(' ')[2]}’ {message}")
    ana = catalogue.people["ana-ruiz"]
    assert (ana.orcid, ana.website, ana.picture) == ("", "", "")


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700"])
def test_known_ids_fit(orcid: str, catalogue_of: Make) -> None:
    catalogue = catalogue_of({PATH: f"---\norcid: {orcid}\n---\n"})
    assert catalogue.people["ana-ruiz"].orcid == orcid


def test_front_matter_with_deep_lists_is_not_read(catalogue_of: Make) -> None:
    deep = f"---\nname: {'[' * 3000}{']' * 3000}\n---\n"
    [problem] = catalogue_of({PATH: deep}).problems
    assert (problem.path, problem.code) == (PATH, "invalid-front-matter")
    assert "more than 50 lists in one another" in problem.message
