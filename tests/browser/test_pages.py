from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = {
    "front": "index.html",
    "note": "years/2015/linux-conf-au/day-5-session-3.html",
    "speaker": "speakers/monty-taylor.html",
    "topic": "topics/containers.html",
    "event": "years/2015/linux-conf-au/index.html",
    "year": "years/2015/index.html",
    "years": "years/index.html",
    "speakers": "speakers/index.html",
    "topics": "topics/index.html",
    "coverage": "coverage.html",
    "search": "search.html?q=containers",
    "guide": "guide/index.html",
    "guide-page": "guide/note-takers.html",
    "lost": "404.html",
}
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_everybody_can_read_it(visit: Callable[..., Page], path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(visit(path, color_scheme=scheme))
    faults = [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
    assert faults == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_moves_or_sticks_out(
    visit: Callable[..., Page], path: str, size: tuple[int, int]
) -> None:
    width, height = size
    page = visit(path, viewport={"width": width, "height": height})
    assert page.evaluate("window.moved") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_picture_says_in_words_what_it_shows(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["topic"])
    assert page.get_by_role("img", name="Talks by year: 2015: 1 talk, 2016: 4 talks").is_visible()


def test_the_note_as_typed(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"])
    page.get_by_role("link", name="View the note as typed").click()
    assert "NoOps with Ansible and Puppet" in page.inner_text("body")
    assert page.url.endswith(".txt")


def test_on_paper_there_is_only_the_note(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"])
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="NoOps with Ansible and Puppet").is_visible()
    for hidden in (".sidebar-drawer", ".conf-typed", ".conf-steps"):
        assert not page.locator(hidden).first.is_visible()
