"""A reference that leads nowhere: one message, at the line typed, with the right suggestion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from conftest import Site


WRONG = [
    ("{speaker}`Ana Ruis`", "did you mean ‘Ana Ruiz’?"),
    ("{speaker}`her <ana-ruis>`", "did you mean ‘ana-ruiz’?"),
    ("{topic}`Watter`", "did you mean ‘Water’?"),
    ("{topic}`Ana Ruiz`", "type {speaker}`Ana Ruiz`"),
    ("{event}`Piepline Days 2031`", "did you mean ‘Pipeline Days 2031’?"),
    ("{talk}`Queues that never fills`", "did you mean ‘Queues that never fill’?"),
    ("{any}`Queues that never fills`", "did you mean ‘Queues that never fill’?"),
    ("{doc}`topics/watter`", "did you mean ‘topics/water’?"),
    ("[a](#querying)", "did you mean ‘querying-notes’?"),
    ("[a](#ana-ruis)", "did you mean ‘ana-ruiz’?"),
    ("[a](speakers/bo-lee.md)", "did you mean ‘speakers/bo-li.md’?"),
    ("[a](guide2.md#querying)", "did you mean ‘querying-notes’?"),
    ("[a](!)", "unknown reference ‘!’"),
    ("![a](pictures/pipes.png)", "did you mean ‘pictures/pipe.png’?"),
]
RIGHT = [
    "{speaker}`Ana Ruiz`",
    "{speaker}`ana ruiz`",
    "{speaker}`Ana Ruíz Campo`",
    "{speaker}`ana-ruiz`",
    "{speaker}`she <ana-ruiz>`",
    "{any}`Bo Li`",
    "{event}`2031/pipeline-days`",
    "{talk}`Queues that never fill`",
    "{talk}`queues-that-never-fill`",
    "{talk}`years/2031/pipeline-days/monday-session-1#queues-that-never-fill`",
    "[a](speakers/bo-li.md)",
    "[a](years/2031/pipeline-days/monday-session-1.txt)",
    "[](speakers/bo-li.md)",
    "[her](<Ana Ruiz>)",
    "[her](#ana-ruiz)",
    "Ask {speaker}`bo-li`.",
]
HEADING = "---\norphan: true\n---\n# Guide\n\n## Querying notes\n\nText.\n\n"


@pytest.fixture(scope="module")
def pages(make_shared_site: Callable[[str], Site]) -> tuple[Site, list[str]]:
    """Return a site with a page for each reference, and its warnings."""
    site = make_shared_site("conference")
    for number, (typed, _) in enumerate(WRONG):
        site.write(f"wrong{number}.md", f"{HEADING}{typed}\n")
    for number, typed in enumerate(RIGHT):
        site.write(f"right{number}.md", f"---\norphan: true\n---\n# Guide\n\n{typed}\n")
    site.write("guide2.md", HEADING)
    site.write("speakers/bo-li.md", "# Bo Li\n\n[her](#ana-ruiz) [him](#bo-li)\n")
    site.write("pictures/pipe.png", "")
    return site, site.build(myst_heading_anchors=3).warnings


@pytest.mark.parametrize(("number", "wanted"), [*enumerate(wanted for _, wanted in WRONG)])
def test_says_what_to_type_instead(pages: tuple[Site, list[str]], number: int, wanted: str) -> None:
    site, warnings = pages
    [warning] = [line for line in warnings if f"/wrong{number}.md" in line]
    assert warning.startswith(f"{site.source}/wrong{number}.md:10: WARNING: ")
    assert wanted in warning


def test_any_name_will_do(pages: tuple[Site, list[str]]) -> None:
    site, warnings = pages
    assert [line for line in warnings if "/wrong" not in line] == []
    for number in range(len(RIGHT)):
        article = site.text(f"right{number}.html").partition("<article")[2]
        assert 'class="reference internal"' in article


def test_a_bare_slug_shows_the_name(pages: tuple[Site, list[str]]) -> None:
    assert ">Bo Li<" in pages[0].text(f"right{len(RIGHT) - 1}.html")


def test_a_renamed_target_is_missed_on_the_next_build(built: Site) -> None:
    built.edit("years/2031/pipeline-days/monday-session-1.txt", "never fill", "overflow")
    warnings = built.build().warnings
    for place in ("index.md:4", "speakers/ana-ruiz.md:6"):
        found = [warning for warning in warnings if f"{built.source / place}: " in warning]
        assert len(found) == 1
        assert "unknown talk ‘Queues that never fill’; did you mean ‘Queues that" in found[0]


def test_every_page_lists_the_pages_of_prose_that_link_to_it(built: Site) -> None:
    built.write("guide.md", "---\norphan: true\n---\n# Guide\n\n(own)=\nText\n\n[Own](#own)\n")
    text = "See [it](guide.md), {speaker}`Ana Ruiz`, {talk}`Queues that never fill`."
    built.write("a.md", f"---\norphan: true\n---\n# A & B\n\n{text}\n")
    built.write("topics/b.md", "# B\n\n{doc}`the guide </guide>` {speaker}`Ana Ruiz`\n")
    assert built.build().warnings == []
    assert _mentioned(built, "guide") == {"A & B": "a.html", "B": "topics/b.html"}
    wanted = {"A & B": "../a.html", "B": "../topics/b.html"}
    assert _mentioned(built, "speakers/ana-ruiz").items() >= wanted.items()
    assert "A & B" in _mentioned(built, "years/2031/pipeline-days/monday-session-1")
    built.write("a.md", "---\norphan: true\n---\n# A\n")
    built.edit("topics/b.md", "# B", "# Bees")
    assert built.build().warnings == []
    assert _mentioned(built, "guide") == {"Bees": "topics/b.html"}
    assert _mentioned(built, "speakers/ana-ruiz").keys() & {"A", "A & B", "Bees"} == {"Bees"}
    built.edit("topics/b.md", "{doc}", "no ")
    built.build()
    assert "mentioned" not in built.text("guide.html")


def _mentioned(site: Site, docname: str) -> dict[str, str]:
    page = BeautifulSoup(site.text(f"{docname}.html"), "html.parser")
    assert len(page.select("#mentioned")) <= 1
    return {link.text: str(link["href"]) for link in page.select("#mentioned > p a")}
