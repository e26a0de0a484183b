"""A programme beside the notes, through builds."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

FOLDER = "years/2031/pipeline-days"
NOTE = f"{FOLDER}/monday-session-1.html"


@pytest.fixture
def site(site: Site) -> Site:
    return site.without_search()


def announce(site: Site, room: str) -> None:
    talks = [
        {"id": "p-1", "title": "Queues that never fill up", "speakers": ["Ana Ruiz"], "room": room},
        {"id": "p-2", "title": "Taps", "start": "2031-03-04T10:00", "url": "https://pd.example/2"},
    ]
    text = json.dumps({"event": "Pipeline Days 2031", "talks": talks})
    site.write(f"{FOLDER}/programme.json", text)


def test_pages_follow_the_programme(built: Site, make_site: Callable[..., Site]) -> None:
    announce(built, "Hall")
    assert built.build().warnings == []
    assert "Hall" in built.text(NOTE)
    announce(built, "Cellar")
    build = built.build()
    assert "Cellar" in built.text(NOTE)
    assert "https://pd.example/2" in built.text(f"{FOLDER}/index.html")
    assert f"{FOLDER}/monday-session-2.html" not in build.written
    clean = make_site("conference", "clean")
    announce(clean, "Cellar")
    clean.build()
    for name in (NOTE, f"{FOLDER}/index.html"):
        assert built.text(name) == clean.text(name)


def test_other_outputs_have_it_too(site: Site) -> None:
    announce(site, "Hall")
    assert site.build("text").warnings == []
    assert "10:00 Taps" in site.text(f"{FOLDER}/index.txt", "text")
    assert "Hall" in site.text(NOTE.replace(".html", ".txt"), "text")
