"""The index of names in a build: what is in it, and that it is as new as the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

GUIDE = """\
# How to note

Type while they speak.

## Pauses

A {doc}`pause <index>` is for tea.

### Long pauses

Cake.
"""


@pytest.fixture
def site_with_guide(site: Site) -> Site:
    site.write("guide.md", f"---\norphan: true\n---\n\n{GUIDE}")
    return site


def rows(site: Site, builder: str = "html") -> dict[str, list[object]]:
    """Return the entries of the index by their address."""
    return {row[2]: row for row in json.loads(site.text("_search/all.json", builder))["entries"]}


def found_by(site: Site, word: str) -> list[str]:
    index = json.loads(site.text("_search/all.json"))
    return [index["entries"][row][2] for row in index["texts"].get(word, ())]


def test_people_topics_events_and_sections_are_in_it(site_with_guide: Site) -> None:
    assert site_with_guide.build().warnings == []
    found = rows(site_with_guide)
    assert found["speakers/ana-ruiz.html"][:2] == ["people", "Ana Ruiz"]
    assert found["topics/valves.html"][:2] == ["topics", "Valves"]
    assert found["years/2031/pipeline-days/index.html"][:2] == ["events", "Pipeline Days 2031"]
    assert found["guide.html"][:4] == ["pages", "How to note", "guide.html", ""]
    assert found["guide.html#pauses"][1:4] == ["Pauses", "guide.html#pauses", "How to note"]
    assert found_by(site_with_guide, "tea") == ["guide.html#pauses"]
    assert found_by(site_with_guide, "pause") == ["guide.html#pauses"]
    assert found_by(site_with_guide, "cake") == ["guide.html#long-pauses"]


def test_addresses_are_those_of_the_builder(site_with_guide: Site) -> None:
    site_with_guide.build("dirhtml")
    assert "guide/#pauses" in rows(site_with_guide, "dirhtml")
    assert json.loads(site_with_guide.text("_search/index.json", "dirhtml"))["search"] == "search/"


def test_stop_words_are_those_of_the_language(built: Site) -> None:
    assert "the" in json.loads(built.text("_search/index.json"))["stop_words"]
    built.build(language="de")
    assert {"und", "für"} < {*json.loads(built.text("_search/index.json"))["stop_words"]}


def test_it_follows_an_edit_and_stays_while_nothing_changes(site_with_guide: Site) -> None:
    site = site_with_guide
    site.build()
    assert not [name for name in site.build().written if name.startswith("_search")]
    site.edit("guide.md", "Cake", "Scones")
    site.build()
    assert found_by(site, "cake") == []
    assert found_by(site, "scones") == ["guide.html#long-pauses"]
    (site.output / "html/_search/all.json").unlink()
    site.build()
    assert found_by(site, "scones") == ["guide.html#long-pauses"]


def test_a_page_can_stay_out(site_with_guide: Site) -> None:
    site_with_guide.edit("guide.md", "orphan: true", "orphan: true\nnosearch: true")
    site_with_guide.build()
    assert "guide.html" not in rows(site_with_guide)


def test_it_goes_where_it_is_not_wanted(site_with_guide: Site) -> None:
    site_with_guide.build()
    site_with_guide.build(confnotes_search=False)
    assert not [name for name in site_with_guide.bytes() if name.startswith("_search")]
    site_with_guide.build()
    assert "guide.html" in rows(site_with_guide)
