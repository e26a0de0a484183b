"""The tags in a page's heading: what a search engine, a preview and a feed reader find."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from confnotes.catalogue import Catalogue, load_catalogue
from confnotes.exports import Site
from confnotes.exports.meta_tags import meta_tags

ROOT = Path(__file__).parents[1] / "roots/test-conference"
PUBLIC = Site("Pipeline notes", "https://notes.example/", "{}.html".format)
NOTE = "years/2031/pipeline-days/monday-session-1"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def head(
    catalogue: Catalogue, docname: str, title: str = "A page", description: str = ""
) -> BeautifulSoup:
    text = "".join(meta_tags(catalogue, docname, title, description, PUBLIC))
    return BeautifulSoup(text, "html.parser")


def graph(catalogue: Catalogue, docname: str, title: str = "A page") -> list[dict[str, Any]]:
    (script,) = head(catalogue, docname, title).find_all("script")
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def test_without_an_address_there_is_a_description_only(catalogue: Catalogue) -> None:
    made = meta_tags(catalogue, NOTE, "A page", "Pipes & <joints>", Site("N", "", str))
    assert list(made) == ['<meta name="description" content="Pipes &amp; &lt;joints&gt;">']


def test_a_preview(catalogue: Catalogue) -> None:
    found = head(catalogue, NOTE, 'Pipes "&" joints', "How to")
    preview = {tag["property"]: tag["content"] for tag in found.select("meta[property]")}
    assert preview == {
        "og:type": "article",
        "og:title": 'Pipes "&" joints',
        "og:url": f"https://notes.example/{NOTE}.html",
        "og:site_name": "Pipeline notes",
        "og:description": "How to",
        "og:image": "https://notes.example/card.png",
        "og:image:alt": "Pipeline notes",
    }


def test_feeds_can_be_found(catalogue: Catalogue) -> None:
    def feeds(docname: str) -> list[str]:
        return [str(tag["href"]) for tag in head(catalogue, docname).select("link[rel=alternate]")]

    everything = "https://notes.example/feed.xml"
    assert feeds("guide/index") == feeds(NOTE) == [everything]
    assert feeds("topics/water") == [everything, "https://notes.example/topics/water.xml"]


def test_a_note_is_its_talks(catalogue: Catalogue) -> None:
    event, _trail = graph(catalogue, NOTE)
    assert (event["name"], event["location"]["name"]) == ("Pipeline Days 2031", "Lyon")
    talks = event["subEvent"]
    assert [talk["name"] for talk in talks] == ["Queues that never fill", "Valves for beginners"]
    assert talks[0]["url"] == "#queues-that-never-fill"
    assert talks[0]["startDate"] == "2031-03-03"
    assert [person["name"] for person in talks[0]["performer"]] == ["Ana Ruiz"]
    assert talks[0]["description"].startswith("A queue")


def test_each_of_many_talks_is_described(
    catalogue_of: Callable[[dict[str, str]], Catalogue],
) -> None:
    talks = "".join(f"Pipe number {one} leaks – Ana Ruiz\n\n* pour\n\n" for one in range(20))
    event, _trail = graph(catalogue_of({f"{NOTE}.txt": f"Monday\n\n{talks}"}), NOTE)
    assert [talk["description"] for talk in event["subEvent"]] == ["pour"] * 20


def test_a_family_name_is_said_where_it_is_not_the_last_word(
    catalogue_of: Callable[[dict[str, str]], Catalogue],
) -> None:
    talk = "Pipes\nSpeakers: Guido van Tee, Ana Ruiz\n* pour\n"
    made = catalogue_of({f"{NOTE}.txt": f"Monday\n\n{talk}"})
    event, _trail = graph(made, NOTE)
    assert event["subEvent"][0]["performer"] == [
        {"@type": "Person", "name": "Guido van Tee", "familyName": "van Tee"},
        {"@type": "Person", "name": "Ana Ruiz"},
    ]
    assert event["startDate"] == "2031"


def test_what_a_page_is(catalogue: Catalogue) -> None:
    kinds = {
        "index": "WebSite",
        "speakers/ana-ruiz": "Person",
        "speakers/index": "CollectionPage",
        "topics/water": "CollectionPage",
        "years/2031/index": "CollectionPage",
        "years/2031/pipeline-days/index": "Event",
    }
    assert {page: graph(catalogue, page)[0]["@type"] for page in kinds} == kinds


def test_the_way_to_a_page(catalogue: Catalogue) -> None:
    trail = graph(catalogue, "topics/valves", "Valves")[-1]
    assert trail["@type"] == "BreadcrumbList"
    assert [(item["position"], item["name"]) for item in trail["itemListElement"]] == [
        (1, "Pipeline notes"),
        (2, "Topics"),
        (3, "Water"),
        (4, "Valves"),
    ]


def test_a_page_outside_the_catalogue_has_no_structured_data(catalogue: Catalogue) -> None:
    assert head(catalogue, "guide/index").find_all("script") == []


def test_a_title_cannot_end_the_script(catalogue: Catalogue) -> None:
    title = "</script><script>alert(1)</script><!--"
    assert title in json.dumps(graph(catalogue, "topics/water", title))
