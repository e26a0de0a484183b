from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.windows import looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
WINDOWS = {
    "desktop-light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "phone-dark": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
}


@pytest.fixture(scope="module", params=WINDOWS.values(), ids=WINDOWS)
def window(request: pytest.FixtureRequest) -> dict[str, object]:
    return request.param


@pytest.fixture(scope="module", params=PAGES.values(), ids=PAGES)
def page(
    browser: Browser, address: str, window: dict[str, object], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Return each kind of page, in both colour schemes and sizes, opened once for all checks."""
    with looking(browser, address + request.param, **window) as opened:
        yield opened


def test_everybody_can_read_it(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    faults = [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in Axe().run(page).response["violations"]
        for node in fault["nodes"]
    ]
    assert faults == []


def test_nothing_moves_or_sticks_out(page: Page) -> None:
    assert page.evaluate("window.moved") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_picture_says_in_words_what_it_shows(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["topic"])
    assert page.get_by_role("img", name="Talks by year: 2015: 1 talk, 2016: 4 talks").is_visible()


def test_the_note_as_typed(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"])
    page.get_by_role("link", name="View the note as typed").click()
    assert "NoOps with Ansible and Puppet" in page.inner_text("body")
    assert page.url.endswith(".txt")


def test_the_address_of_a_talk_can_be_copied(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"], permissions=["clipboard-read", "clipboard-write"])
    page.locator("section.conf-talk > h2 > .headerlink").first.click()
    page.locator(".conf-copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.url.endswith("#noops-with-ansible-and-puppet")


def test_what_is_missing_leads_to_the_file(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["coverage"])
    page.locator(".conf-file").first.click()
    assert page.url.endswith(".txt")


def test_on_paper_there_is_only_the_note(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"])
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="NoOps with Ansible and Puppet").is_visible()
    for hidden in (".sidebar-drawer", ".conf-source-link", ".conf-steps"):
        assert not page.locator(hidden).first.is_visible()
