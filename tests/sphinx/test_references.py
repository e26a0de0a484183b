"""A reference that leads nowhere: one message, at the line typed, with the right suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site


PAGE = "guide.md"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
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
        ("![a](pictures/pipes.png)", "did you mean ‘pictures/pipe.png’?"),
    ],
)
def test_says_what_to_type_instead(site: Site, typed: str, wanted: str) -> None:
    heading = "# Guide\n\n## Querying notes\n\nText.\n\n"
    site.write(PAGE, f"---\norphan: true\n---\n{heading}{typed}\n")
    site.write("guide2.md", f"---\norphan: true\n---\n{heading}")
    site.write("pictures/pipe.png", "")
    [warning] = site.build(myst_heading_anchors=3).warnings
    assert f"{site.source / PAGE}:10: WARNING: " in warning
    assert wanted in warning


@pytest.mark.parametrize(
    "typed",
    [
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
    ],
)
def test_any_name_will_do(site: Site, typed: str) -> None:
    site.write(PAGE, f"---\norphan: true\n---\n# Guide\n\n{typed}\n")
    assert site.build().warnings == []


def test_a_bare_slug_shows_the_name(site: Site) -> None:
    site.write(PAGE, "---\norphan: true\n---\n# Guide\n\nAsk {speaker}`bo-li`.\n")
    site.build()
    assert ">Bo Li<" in site.text("guide.html")


def test_a_renamed_target_is_missed_on_the_next_build(built: Site) -> None:
    built.edit("years/2031/pipeline-days/monday-session-1.txt", "never fill", "overflow")
    warnings = built.build().warnings
    for place in ("index.md:4", "speakers/ana-ruiz.md:6"):
        found = [warning for warning in warnings if f"{built.source / place}: " in warning]
        assert len(found) == 1
        assert "unknown talk ‘Queues that never fill’; did you mean ‘Queues that" in found[0]
